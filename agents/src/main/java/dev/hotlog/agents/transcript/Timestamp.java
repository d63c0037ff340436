// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.OptionalLong;

/// Times as agents write them: ISO 8601 with a zone.
public final class Timestamp {
    private Timestamp() {}

    /// Milliseconds since 1970 UTC; empty when it is no such time, or one before 1970.
    public static OptionalLong millis(JsonSlice text) {
        if (!text.isText() || text.lengthBytes() > 64) {
            return OptionalLong.empty();
        }
        try {
            long millis = Instant.parse(text.text()).toEpochMilli();
            return millis < 0 ? OptionalLong.empty() : OptionalLong.of(millis);
        } catch (DateTimeException | ArithmeticException _) {
            return OptionalLong.empty();
        }
    }
}
