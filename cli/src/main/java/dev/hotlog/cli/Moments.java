// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Times as tables and timelines show them; a dash where a time is not known.
///
/// @param form of those that are known
/// @param columns how wide each is
record Moments(DateTimeFormatter form, int columns, ZoneId zone) {
    static Moments minutes(ZoneId zone) {
        return of("yyyy-MM-dd HH:mm", zone);
    }

    static Moments of(String pattern, ZoneId zone) {
        return new Moments(DateTimeFormatter.ofPattern(pattern, Locale.ROOT), pattern.length(), zone);
    }

    String text(long millis) {
        return EventTime.isKnown(millis)
                ? form.format(Instant.ofEpochMilli(millis).atZone(zone))
                : Figures.ABSENT;
    }

    /// As wide as every other.
    String padded(long millis) {
        String text = text(millis);
        return text + " ".repeat(Math.max(0, columns - text.length()));
    }

    /// The time, and how long ago that was.
    String textAndAge(long millis, long nowMillis) {
        return EventTime.isKnown(millis) ? text(millis) + " (" + Figures.age(nowMillis, millis) + ")" : Figures.ABSENT;
    }

    Optional<LocalDate> day(long millis) {
        return EventTime.isKnown(millis)
                ? Optional.of(Instant.ofEpochMilli(millis).atZone(zone).toLocalDate())
                : Optional.empty();
    }
}
