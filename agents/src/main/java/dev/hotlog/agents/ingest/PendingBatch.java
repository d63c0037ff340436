// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Piece;
import dev.hotlog.event.Event;
import dev.hotlog.event.SessionFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What has been read and is not yet in the log.
final class PendingBatch {
    private static final int ENOUGH_EVENTS = 1000;
    private static final long ENOUGH_BYTES = 1 << 20;

    /// An event that waits.
    ///
    /// @param counted whether it is the Cost event of a usage, which is known to be new
    record Waiting(Event event, boolean counted) {}

    private final List<Waiting> events = new ArrayList<>();
    private final Map<String, String> facts = new HashMap<>();
    private long bytes;

    void add(Event event, boolean counted) {
        events.add(new Waiting(event, counted));
        bytes += event.payload().lengthBytes();
    }

    void addFacts(Piece piece) {
        for (Map.Entry<String, String> fact : piece.facts().entrySet()) {
            // A session belongs where it began, also when it changes into another folder later.
            if (fact.getKey().equals(SessionFacts.WORKSPACE)) {
                facts.putIfAbsent(fact.getKey(), fact.getValue());
            } else {
                facts.put(fact.getKey(), fact.getValue());
            }
        }
    }

    List<Waiting> events() {
        return events;
    }

    Map<String, String> facts() {
        return facts;
    }

    boolean isEnough() {
        return events.size() >= ENOUGH_EVENTS || bytes >= ENOUGH_BYTES;
    }

    void clear() {
        events.clear();
        facts.clear();
        bytes = 0;
    }
}
