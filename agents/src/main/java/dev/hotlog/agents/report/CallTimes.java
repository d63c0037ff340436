// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.agents.history.EventTime;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import java.util.Optional;
import java.util.OptionalLong;

/// Tells how long calls of tools took, from events in log order.
///
/// A call took what its agent says; else what passed between the call's line and its result's, waiting for a permission
/// included. Where the agent wrote both at one moment, or told no times, nobody knows.
public final class CallTimes {
    private final OpenCalls<Moment> open = new OpenCalls<>();

    /// @param told whether the agent told it
    private record Moment(long millis, boolean told) {
        static Moment of(EventView event) {
            long millis = event.cappedMillis();
            return new Moment(millis, event.tsExact() && EventTime.isKnown(millis));
        }

        OptionalLong until(Moment later) {
            boolean known = told && later.told && later.millis > millis;
            return known ? OptionalLong.of(later.millis - millis) : OptionalLong.empty();
        }
    }

    /// Whether that is the result of a call that was taken, and the first one of it.
    boolean isAwaited(EventView event) {
        return event.kind().equals(Kind.TOOL_RESULT) && open.isOpen(event);
    }

    /// Takes the next event.
    ///
    /// @return of the result of a call, how many milliseconds that took; empty when it is none, or nobody knows
    public OptionalLong next(EventView event) {
        if (event.kind().equals(Kind.TOOL_CALL)) {
            open.called(event, Moment.of(event));
        }
        if (!event.kind().equals(Kind.TOOL_RESULT)) {
            return OptionalLong.empty();
        }
        Optional<Moment> call = open.answered(event);
        return event.has(Measure.LATENCY_MS)
                ? OptionalLong.of(event.measure(Measure.LATENCY_MS))
                : call.map(began -> began.until(Moment.of(event))).orElseGet(OptionalLong::empty);
    }
}
