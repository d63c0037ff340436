// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

/// A session at a glance, from the index alone.
///
/// @param facts what is known of it; empty facts when nothing was told
/// @param firstOffset of its events, the lowest
/// @param lastOffset of its events, the highest
/// @param lastSeq the highest, unsigned
/// @param firstTsMillis of its events, the earliest, in milliseconds since 1970 UTC; 0 when no event's time is known
/// @param lastTsMillis of its events, the latest
/// @param totals over all its events
public record SessionSummary(
        SessionFacts facts,
        long firstOffset,
        long lastOffset,
        long lastSeq,
        long firstTsMillis,
        long lastTsMillis,
        Totals totals) {
    public String sessionId() {
        return facts.sessionId();
    }
}
