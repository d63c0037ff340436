// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.OptionalLong;

/// The form of a time that nearly all agents write, `2026-03-02T08:00:00.123Z`, read where it lies: an import reads as
/// many times as lines, and the JDK's formatter for all forms was a twelfth of its work.
final class UtcText {
    private static final String FORM = "0000-00-00T00:00:00";
    private static final int MAX_FRACTION_DIGITS = 9;
    private static final int MILLIS_DIGITS = 3;
    private static final int MILLIS_A_SECOND = 1_000;
    private static final int FIRST_YEAR = 1970;

    private UtcText() {}

    /// Milliseconds since 1970 UTC; empty when the bytes are of another form, or no time of these years.
    static OptionalLong millis(byte[] ascii, int from, int to) {
        if (!isOfForm(ascii, from, to)) {
            return OptionalLong.empty();
        }
        int year = number(ascii, from, 4);
        int hour = number(ascii, from + 11, 2);
        int minute = number(ascii, from + 14, 2);
        int second = number(ascii, from + 17, 2);
        if (year < FIRST_YEAR || hour > 23 || minute > 59 || second > 59) {
            return OptionalLong.empty();
        }
        try {
            long days = LocalDate.of(year, number(ascii, from + 5, 2), number(ascii, from + 8, 2))
                    .toEpochDay();
            long seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
            return OptionalLong.of(seconds * MILLIS_A_SECOND + fraction(ascii, from + FORM.length(), to - 1));
        } catch (DateTimeException _) {
            return OptionalLong.empty();
        }
    }

    private static boolean isOfForm(byte[] ascii, int from, int to) {
        int afterForm = from + FORM.length();
        if (to <= afterForm || ascii[to - 1] != 'Z') {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            byte found = ascii[from + i];
            char expected = FORM.charAt(i);
            if (expected == '0' ? !isDigit(found) : found != expected) {
                return false;
            }
        }
        int digits = to - 1 - afterForm - 1;
        boolean whole = digits < 0;
        return whole
                || (ascii[afterForm] == '.'
                        && digits > 0
                        && digits <= MAX_FRACTION_DIGITS
                        && areDigits(ascii, afterForm + 1, to - 1));
    }

    private static boolean areDigits(byte[] ascii, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(ascii[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte one) {
        return one >= '0' && one <= '9';
    }

    private static int number(byte[] ascii, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = 10 * number + ascii[i] - '0';
        }
        return number;
    }

    /// The milliseconds of a fraction that begins with its point, if there is one.
    private static int fraction(byte[] ascii, int from, int to) {
        int millis = 0;
        for (int i = 1; i <= MILLIS_DIGITS; i++) {
            millis = 10 * millis + (from + i < to ? ascii[from + i] - '0' : 0);
        }
        return millis;
    }
}
