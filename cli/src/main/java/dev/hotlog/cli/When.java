// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/// A time as it may be said on a command line: `2026-01-31`, `2026-01-31T12:00`, an ISO instant, `today`,
/// `yesterday`, or so long ago (`7d`, `24h`, `30m`, `2w`).
///
/// @param start the first millisecond that it means
/// @param end the first one after it: a date means the whole day, a time a moment alone
record When(long start, long end) {
    static final String FORMS = "2026-01-31, 2026-01-31T12:00, 7d, 24h, today";

    /// @param zone whose dates and hours are meant
    /// @throws Refusal when it says no time
    static When of(String said, Instant now, ZoneId zone) throws Refusal {
        String word = said.trim().toLowerCase(Locale.ROOT);
        LocalDate today = now.atZone(zone).toLocalDate();
        if (word.equals("now")) {
            return moment(now);
        }
        if (word.equals("today")) {
            return day(today, zone);
        }
        if (word.equals("yesterday")) {
            return day(today.minusDays(1), zone);
        }
        try {
            if (!word.isEmpty() && isAgo(word)) {
                return moment(now.minus(ago(word)));
            }
            return iso(said.trim(), zone);
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException _) {
            throw Refusal.usage("'" + said + "' is not a time; times look like " + FORMS);
        }
    }

    private static boolean isAgo(String word) {
        return "mhdw".indexOf(word.charAt(word.length() - 1)) >= 0
                && word.chars().limit(word.length() - 1L).allMatch(c -> c >= '0' && c <= '9');
    }

    private static Duration ago(String word) {
        long number = Long.parseLong(word.substring(0, word.length() - 1));
        return switch (word.charAt(word.length() - 1)) {
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            case 'd' -> Duration.ofDays(number);
            default -> Duration.ofDays(Math.multiplyExact(7, number));
        };
    }

    private static When iso(String text, ZoneId zone) {
        int time = text.indexOf('T');
        if (time < 0) {
            return day(LocalDate.parse(text), zone);
        }
        String afterDate = text.substring(time);
        boolean hasOffset = afterDate.endsWith("Z") || afterDate.contains("+") || afterDate.contains("-");
        return moment(
                hasOffset
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDateTime.parse(text).atZone(zone).toInstant());
    }

    private static When day(LocalDate date, ZoneId zone) {
        return new When(
                millis(date.atStartOfDay(zone).toInstant()),
                millis(date.plusDays(1).atStartOfDay(zone).toInstant()));
    }

    private static When moment(Instant instant) {
        return new When(millis(instant), millis(instant));
    }

    /// Events have no times before 1970.
    private static long millis(Instant instant) {
        return Math.max(0, instant.toEpochMilli());
    }
}
