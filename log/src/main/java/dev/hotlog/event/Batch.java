// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.List;

/// What is appended together: all of it comes back after a crash, or none.
///
/// @param events in the order in which they take their offsets
/// @param facts about any sessions, these events' or others
/// @param cursors how far the sources of these events have been read with them
public record Batch(List<Event> events, List<SessionFacts> facts, List<Cursor> cursors) {
    public Batch {
        events = List.copyOf(events);
        facts = List.copyOf(facts);
        cursors = List.copyOf(cursors);
    }

    public static Batch of(List<Event> events) {
        return new Batch(events, List.of(), List.of());
    }

    public static Batch of(Event... events) {
        return of(List.of(events));
    }

    public boolean isEmpty() {
        return events.isEmpty() && facts.isEmpty() && cursors.isEmpty();
    }
}
