// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Counts what calls used once, however many lines and files tell it.
///
/// What has been counted of a message is a cursor of the log, `usage:<agent>:<message>`, and is committed with the
/// Cost event that counts it. A telling that adds to it gives a Cost event of the difference, so that sums of Cost
/// events are the totals, whatever the order in which the tellings came.
final class UsageLedger {
    /// Where the log's cursors are looked up.
    @FunctionalInterface
    interface Committed {
        Optional<String> cursor(String source) throws LogException;
    }

    private static final int MAX_KNOWN = 8192;
    private static final String ONCE = "once";

    private final Committed committed;
    private final Map<String, String> changed = new LinkedHashMap<>();
    /// The latest of what the log knows, to ask it less often.
    private final LinkedHashMap<String, String> known = new LinkedHashMap<>();

    UsageLedger(Committed committed) {
        this.committed = committed;
    }

    /// The Cost event of what this telling adds to what was counted, if it adds anything.
    Optional<Event> count(String agent, Usage usage) throws LogException {
        return switch (usage) {
            case Usage.Growing growing -> growing("usage:" + agent + ":" + growing.message(), growing);
            case Usage.Once once -> once("usage:" + agent + ":" + once.key(), once);
        };
    }

    private Optional<Event> growing(String source, Usage.Growing telling) throws LogException {
        CountedFigures figures = CountedFigures.parse(state(source).orElse(""));
        Optional<Event> added = figures.count(telling.request(), telling.sidechain(), telling.cost());
        if (added.isPresent()) {
            changed.put(source, figures.asText());
        }
        return added;
    }

    private Optional<Event> once(String source, Usage.Once telling) throws LogException {
        if (telling.cost().presentMeasures() == 0 || state(source).isPresent()) {
            return Optional.empty();
        }
        changed.put(source, ONCE);
        return Optional.of(telling.cost());
    }

    private Optional<String> state(String source) throws LogException {
        String state = changed.getOrDefault(source, known.get(source));
        if (state != null) {
            return Optional.of(state);
        }
        Optional<String> found = committed.cursor(source);
        found.ifPresent(text -> remember(source, text));
        return found;
    }

    /// What changed since the last commit, to be committed now.
    List<Cursor> changes() {
        return changed.entrySet().stream()
                .map(change -> new Cursor(change.getKey(), change.getValue()))
                .toList();
    }

    /// The changes are in the log.
    void committed() {
        changed.forEach(this::remember);
        changed.clear();
    }

    /// What changed since the last commit did not get into the log.
    void discard() {
        changed.clear();
    }

    private void remember(String source, String state) {
        known.putLast(source, state);
        if (known.size() > MAX_KNOWN) {
            known.pollFirstEntry();
        }
    }
}
