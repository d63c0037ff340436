// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

/// A session had events in a quarter of an hour.
///
/// @param quarterMillis the start of the quarter of an hour, in milliseconds since 1970 UTC
public record Activity(String sessionId, long quarterMillis) {
    /// Where the stretches of time begin that sessions are to be counted in, such as days.
    @FunctionalInterface
    public interface Boundaries {
        /// How many lie between the starts of two quarters, the later one included: 0, 1, or more, which may all be
        /// told as 2.
        int between(long firstQuarterMillis, long lastQuarterMillis);
    }
}
