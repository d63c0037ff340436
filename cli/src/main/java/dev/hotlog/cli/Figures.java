// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.Measure;
import java.util.Locale;

/// Numbers as people read them.
final class Figures {
    /// In place of a number that nobody told.
    static final String ABSENT = "-";

    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /// Digits between two commas.
    private static final int TOGETHER = 3;

    private Figures() {}

    /// With a comma between thousands: by hand, since a report has some thousand numbers, for which the JDK's
    /// formatter takes long.
    static String count(long number) {
        StringBuilder digits = new StringBuilder(Long.toString(number));
        int first = number < 0 ? 1 : 0;
        for (int at = digits.length() - TOGETHER; at > first; at -= TOGETHER) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }

    /// A measure or a sum, which may be absent.
    static String measure(long value) {
        return value == Measure.ABSENT ? ABSENT : count(value);
    }

    /// The number and what it counts, such as `1 event` or `1,200 events`.
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /// In three digits or so, such as `84.4M`.
    static String about(long number) {
        String[] units = {"", "k", "M", "G", "T", "P", "E"};
        double left = number;
        int unit = 0;
        while (Math.abs(left) >= 999.5) {
            left /= 1000;
            unit++;
        }
        String form = unit == 0 || Math.abs(left) >= 99.95 ? "%.0f%s" : Math.abs(left) >= 9.995 ? "%.1f%s" : "%.2f%s";
        return String.format(Locale.ROOT, form, left, units[unit]);
    }

    static String bytes(long bytes) {
        String[] units = {"bytes", "KB", "MB", "GB", "TB", "PB", "EB"};
        double left = bytes;
        int unit = 0;
        while (left >= 999.5) {
            left /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || left >= 99.95 ? "%.0f %s" : "%.1f %s", left, units[unit]);
    }

    /// How long something took, in the two largest units that say it.
    static String span(long millis) {
        if (millis < 1000) {
            return millis <= 0 ? "0 s" : "<1 s";
        }
        if (millis < MINUTE) {
            return millis / 1000 + " s";
        }
        if (millis < HOUR) {
            return millis / MINUTE + " min";
        }
        if (millis < DAY) {
            return two(millis / HOUR, "h", millis % HOUR / MINUTE, "min");
        }
        return two(millis / DAY, "d", millis % DAY / HOUR, "h");
    }

    /// How long something took that a computer did.
    static String took(long millis) {
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < MINUTE) {
            return String.format(Locale.ROOT, millis < 9_950 ? "%.1f s" : "%.0f s", millis / 1000.0);
        }
        return millis < HOUR ? two(millis / MINUTE, "min", millis % MINUTE / 1000, "s") : span(millis);
    }

    /// How long ago that was, in one unit.
    static String age(long nowMillis, long thenMillis) {
        long millis = nowMillis - thenMillis;
        if (millis < -MINUTE) {
            return "in the future";
        }
        if (millis < MINUTE) {
            return "just now";
        }
        if (millis < HOUR) {
            return millis / MINUTE + " min ago";
        }
        if (millis < DAY) {
            return millis / HOUR + " h ago";
        }
        long days = millis / DAY;
        if (days < 60) {
            return count(days, "day") + " ago";
        }
        return days < 730 ? days / 30 + " months ago" : days / 365 + " years ago";
    }

    private static String two(long many, String unit, long few, String smaller) {
        return few == 0 ? many + " " + unit : many + " " + unit + " " + few + " " + smaller;
    }
}
