// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

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

    private boolean isEndless() {
        return untilMillis == Long.MAX_VALUE;
    }

    /// Whether a whole [Rollup] cell is in it.
    boolean coversQuarter(long quarterMillis) {
        return quarterMillis >= sinceMillis && (isEndless() || quarterMillis <= untilMillis - Rollup.QUARTER_MILLIS);
    }

    /// How many of its two ends lie between two quarters of an hour, as [Activity.Boundaries] count.
    int endsBetween(long firstQuarterMillis, long lastQuarterMillis) {
        boolean first = coversQuarter(firstQuarterMillis);
        boolean last = coversQuarter(lastQuarterMillis);
        if (first || last) {
            return first && last ? 0 : 1;
        }
        return touches(firstQuarterMillis, lastQuarterMillis) ? 2 : 0;
    }

    /// The parts of it that are no whole quarters of an hour: at its beginning, at its end, or all of it.
    List<Span> ragged() {
        long first = Math.ceilDiv(sinceMillis, Rollup.QUARTER_MILLIS) * Rollup.QUARTER_MILLIS;
        long last = isEndless()
                ? Long.MAX_VALUE
                : Math.floorDiv(untilMillis, Rollup.QUARTER_MILLIS) * Rollup.QUARTER_MILLIS;
        if (first > last) {
            return List.of(this);
        }
        return Stream.of(new Span(sinceMillis, first), new Span(last, untilMillis))
                .filter(part -> part.sinceMillis < part.untilMillis)
                .toList();
    }
}
