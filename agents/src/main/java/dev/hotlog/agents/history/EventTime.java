// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import dev.hotlog.event.Boundaries;
import dev.hotlog.event.Rollup;

/// Which of the times that events carry are times: those of calendars that people use.
public final class EventTime {
    /// The beginning of the year 10000, UTC.
    private static final long END_MILLIS = 253_402_300_800_000L;

    /// Where times begin to be known, and cease to be.
    public static final Boundaries BOUNDARIES = millis ->
            millis < Rollup.QUARTER_MILLIS ? Rollup.QUARTER_MILLIS : millis < END_MILLIS ? END_MILLIS : Long.MAX_VALUE;

    private EventTime() {}

    /// Whether a time is one: no agent was at work in the first quarter of an hour of 1970, which stands for a time
    /// that nobody told, and none will be after the year 9999.
    public static boolean isKnown(long millis) {
        return millis >= Rollup.QUARTER_MILLIS && millis < END_MILLIS;
    }
}
