// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The batches that a test sent to a log, in order, and what the log holds after each. No two events of one key.
final class Sent {
    static final String ACKNOWLEDGED_IS_GONE = "what was acknowledged is gone";
    static final String PART_OF_A_BATCH = "part of a batch is there";
    static final String NOBODY_SENT = "what nobody sent is there";

    private final List<Contents> after = new ArrayList<>();
    private final Set<String> sources = new HashSet<>();
    private final Set<String> sessions = new HashSet<>();

    Sent() {
        after.add(Contents.NOTHING);
    }

    /// What was sent up to there, to go on from.
    Sent first(int batches) {
        Sent first = new Sent();
        first.after.clear();
        first.after.addAll(after.subList(0, batches + 1));
        first.sources.addAll(sources);
        first.sessions.addAll(sessions);
        return first;
    }

    void add(Batch batch) {
        after.add(after.getLast().plus(batch));
        batch.cursors().stream().map(Cursor::source).forEach(sources::add);
        batch.facts().stream().map(SessionFacts::sessionId).forEach(sessions::add);
    }

    int batches() {
        return after.size() - 1;
    }

    Contents after(int batches) {
        return after.get(batches);
    }

    Contents read(HotLogReader reader) throws LogException {
        return Contents.read(reader, sources, sessions);
    }

    /// Whether these are the events of the first so many whole batches, `atLeast` or more.
    boolean isPrefix(List<Event> events, int atLeast) {
        return after.subList(atLeast, after.size()).stream()
                .anyMatch(some -> some.events().equals(events));
    }

    private String problemOf(Contents found, int atLeast, int atMost) {
        List<Event> all = after(atMost).events();
        int events = found.events().size();
        if (events > all.size() || !found.events().equals(all.subList(0, events))) {
            return NOBODY_SENT;
        }
        return events < after(atLeast).events().size() ? ACKNOWLEDGED_IS_GONE : PART_OF_A_BATCH;
    }

    /// How many whole batches, from the first on, that is.
    ///
    /// @throws AssertionError when it is not exactly the first so many batches, from `atLeast` to `atMost`
    int batchesIn(Contents found, int atLeast, int atMost) {
        for (int batches = atMost; batches >= atLeast; batches--) {
            if (after(batches).equals(found)) {
                return batches;
            }
        }
        throw new AssertionError(problemOf(found, atLeast, atMost) + ": the log holds "
                + found.events().size() + " events, cursors " + found.cursors() + "; acknowledged were " + atLeast
                + " batches of " + atMost + " sent, with "
                + after(atLeast).events().size() + " to "
                + after(atMost).events().size() + " events");
    }
}
