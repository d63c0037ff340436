// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import dev.hotlog.event.Boundaries;
import dev.hotlog.event.Rollup;
import java.util.List;
import java.util.stream.Stream;

/// A stretch of time.
///
/// @param sinceMillis the first moment in it, in milliseconds since 1970 UTC
/// @param untilMillis the first moment after it; [Long#MAX_VALUE] when it has no end
public record Span(long sinceMillis, long untilMillis) {
    public static final Span ALWAYS = new Span(0, Long.MAX_VALUE);

    public boolean contains(long millis) {
        return millis >= sinceMillis && (isEndless() || millis < untilMillis);
    }

    /// Whether some of `fromMillis .. toMillis`, both inclusive, is in it.
    public boolean touches(long fromMillis, long toMillis) {
        return toMillis >= sinceMillis && (isEndless() || fromMillis < untilMillis);
    }

    /// Whether every time is in it.
    public boolean isAlways() {
        return sinceMillis == ALWAYS.sinceMillis && isEndless();
    }

    private boolean isEndless() {
        return untilMillis == Long.MAX_VALUE;
    }

    /// Whether a whole [Rollup] cell is in it.
    boolean coversQuarter(long quarterMillis) {
        return quarterMillis >= sinceMillis && (isEndless() || quarterMillis <= untilMillis - Rollup.QUARTER_MILLIS);
    }

    /// The stretches that its whole quarters of an hour part all time into.
    Boundaries ends() {
        long first = firstQuarter();
        long last = endOfQuarters();
        return millis -> millis < first ? first : millis < last ? last : Long.MAX_VALUE;
    }

    private long firstQuarter() {
        return Math.ceilDiv(sinceMillis, Rollup.QUARTER_MILLIS) * Rollup.QUARTER_MILLIS;
    }

    private long endOfQuarters() {
        return isEndless() ? Long.MAX_VALUE : Rollup.quarterOf(untilMillis);
    }

    /// The parts of it that are no whole quarters of an hour: at its beginning, at its end, or all of it.
    List<Span> ragged() {
        long first = firstQuarter();
        long last = endOfQuarters();
        if (first > last) {
            return List.of(this);
        }
        return Stream.of(new Span(sinceMillis, first), new Span(last, untilMillis))
                .filter(part -> part.sinceMillis < part.untilMillis)
                .toList();
    }
}
