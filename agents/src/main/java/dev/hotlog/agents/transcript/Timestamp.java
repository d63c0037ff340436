// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;

/// Times as agents write them: ISO 8601 with a zone, or a number since 1970 UTC.
public final class Timestamp {
    private Timestamp() {}

    private static final long MICROS_IN_MILLI = 1000;

    /// Milliseconds since 1970 UTC, told as a text or as that very number.
    public static OptionalLong textOrMillis(JsonSlice time) {
        OptionalLong number = time.number();
        return number.isPresent() && number.getAsLong() >= 0 ? number : millis(time);
    }

    /// Milliseconds since 1970 UTC, told as seconds, with or without a fraction.
    public static OptionalLong seconds(JsonSlice time) {
        OptionalLong micros = time.millionths();
        return micros.isPresent() && micros.getAsLong() >= 0
                ? OptionalLong.of(micros.getAsLong() / MICROS_IN_MILLI)
                : OptionalLong.empty();
    }

    /// Milliseconds since 1970 UTC; empty when it is no such time, or one before 1970.
    public static OptionalLong millis(JsonSlice text) {
        if (!text.isText() || text.lengthBytes() > 64) {
            return OptionalLong.empty();
        }
        OptionalLong usual = UtcText.millis(text.bytes(), text.start() + 1, text.end() - 1);
        if (usual.isPresent()) {
            return usual;
        }
        try {
            long millis = Instant.parse(text.text()).toEpochMilli();
            return millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis);
        } catch (DateTimeException | ArithmeticException _) {
            return OptionalLong.empty();
        }
    }
}
