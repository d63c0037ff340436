// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// All that a log holds: its events by offset, the last state of each source, the last of each fact.
record Contents(List<Event> events, Map<String, String> cursors, Map<String, Map<String, String>> facts) {
    static final Contents NOTHING = new Contents(List.of(), Map.of(), Map.of());

    /// What a log that held this holds once a batch is appended, none of whose events it had.
    Contents plus(Batch batch) {
        List<Event> moreEvents = new ArrayList<>(events);
        moreEvents.addAll(batch.events());
        Map<String, String> newerCursors = new TreeMap<>(cursors);
        for (Cursor cursor : batch.cursors()) {
            newerCursors.put(cursor.source(), cursor.state());
        }
        Map<String, Map<String, String>> newerFacts = new TreeMap<>(facts);
        for (SessionFacts told : batch.facts()) {
            Map<String, String> all = new TreeMap<>(newerFacts.getOrDefault(told.sessionId(), Map.of()));
            all.putAll(told.facts());
            newerFacts.put(told.sessionId(), all);
        }
        return new Contents(moreEvents, newerCursors, newerFacts);
    }

    /// Everything there is, by replay, and the cursors and facts that are asked for. Damage is thrown.
    static Contents read(HotLogReader reader, Set<String> sources, Set<String> sessions) throws LogException {
        List<Event> events = new ArrayList<>();
        try (Replay replay = reader.replay()) {
            for (EventView view : replay) {
                assertThat(view.offset()).as("offset").isEqualTo(events.size());
                events.add(view.toEvent());
            }
        }
        Map<String, String> cursors = new TreeMap<>();
        for (String source : sources) {
            reader.cursor(source).ifPresent(state -> cursors.put(source, state));
        }
        Map<String, Map<String, String>> facts = new TreeMap<>();
        for (String session : sessions) {
            reader.facts(session).ifPresent(told -> facts.put(session, new TreeMap<>(told.facts())));
        }
        return new Contents(events, cursors, facts);
    }

    /// Every event is found by its key, and at its offset.
    void areAllFoundBy(HotLogReader reader) throws LogException {
        for (int offset = 0; offset < events.size(); offset++) {
            Event event = events.get(offset);
            assertThat(reader.get(event.sessionId(), event.seq()))
                    .as("get %s", event)
                    .contains(event);
            assertThat(reader.offsetOf(event.sessionId(), event.seq()))
                    .as("%s", event)
                    .hasValue(offset);
            assertThat(reader.at(offset)).as("at %s", offset).contains(event);
        }
    }
}
