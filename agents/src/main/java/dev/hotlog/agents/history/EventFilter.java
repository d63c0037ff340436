// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import dev.hotlog.event.EventView;
import dev.hotlog.event.Kind;
import java.util.Set;

/// Which events are meant. An empty set asks for nothing in particular.
///
/// @param fromOffset the first offset that is
/// @param errorsOnly whether only those are meant that [History#isError] says are errors
public record EventFilter(
        long fromOffset, SessionFilter sessions, Span span, Set<Kind> kinds, Set<String> tools, boolean errorsOnly) {
    public static final EventFilter ALL = new EventFilter(0, SessionFilter.ALL, Span.ALWAYS, Set.of(), Set.of(), false);

    public EventFilter {
        kinds = Set.copyOf(kinds);
        tools = Set.copyOf(tools);
    }

    public EventFilter from(long offset) {
        return new EventFilter(offset, sessions, span, kinds, tools, errorsOnly);
    }

    public EventFilter during(Span time) {
        return new EventFilter(fromOffset, sessions, time, kinds, tools, errorsOnly);
    }

    public EventFilter of(SessionFilter which) {
        return new EventFilter(fromOffset, which, span, kinds, tools, errorsOnly);
    }

    /// Whether every event is meant.
    boolean isAll() {
        return fromOffset == 0
                && sessions.isAll()
                && span.isAlways()
                && kinds.isEmpty()
                && tools.isEmpty()
                && !errorsOnly;
    }

    /// What the event itself tells; its session is another question.
    boolean acceptsAlone(EventView event) {
        return event.offset() >= fromOffset
                && span.contains(event.cappedMillis())
                && (kinds.isEmpty() || kinds.contains(event.kind()))
                && (tools.isEmpty() || event.tool().filter(tools::contains).isPresent())
                && (!errorsOnly || History.isError(event));
    }
}
