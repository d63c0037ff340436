// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.goose;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Timestamp;
import java.util.OptionalLong;

/// Times as Goose has them.
final class GooseTime {
    /// As seconds it would be millennia ahead: it is milliseconds.
    private static final long LEAST_MILLIS = 100_000_000_000L;

    private GooseTime() {}

    /// When a message was made: seconds, in milliseconds since 1970 UTC.
    static OptionalLong ofMessage(JsonSlice created) {
        OptionalLong number = created.number();
        return number.isPresent() && number.getAsLong() >= LEAST_MILLIS ? number : Timestamp.seconds(created);
    }

    /// When a session was made or written: `2026-04-02 09:15:00`, which is UTC though it does not say so.
    static OptionalLong ofSession(JsonSlice text) {
        String utc = text.word().orElse("").replace(' ', 'T') + "Z";
        return Timestamp.millis(JsonSlice.text(utc));
    }
}
