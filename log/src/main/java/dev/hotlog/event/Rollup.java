// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.Optional;

/// The sums of all events of one session, quarter of an hour, kind, model, tool and prompt size: the smallest cell that
/// reports are made of. Events that tell a cost of their own are in other cells than those that do not. All time zones
/// in use are whole quarters of an hour from UTC, so cells add up to anyone's days.
///
/// @param quarterMillis the start of the quarter of an hour, in milliseconds since 1970 UTC
/// @param totals not to be changed
public record Rollup(
        String sessionId,
        long quarterMillis,
        Kind kind,
        Optional<String> model,
        Optional<String> tool,
        PromptSize promptSize,
        Totals totals) {
    /// The width of a cell in time.
    public static final long QUARTER_MILLIS = 15 * 60 * 1000L;

    /// Each quarter of an hour is a stretch of its own.
    public static final Boundaries QUARTERS = millis -> {
        long quarter = quarterOf(millis);
        return quarter <= Long.MAX_VALUE - QUARTER_MILLIS ? quarter + QUARTER_MILLIS : Long.MAX_VALUE;
    };

    /// The start of the quarter of an hour that a time lies in.
    public static long quarterOf(long millis) {
        return Math.floorDiv(millis, QUARTER_MILLIS) * QUARTER_MILLIS;
    }
}
