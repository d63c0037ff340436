// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Measure;

/// What a measurement has read, so that nothing can be left out of it unnoticed.
///
/// @param events how many
/// @param sum of their digests: key, time, one optional number and the payload's length
record Tally(long events, long sum) {
    static long digest(EventView event) {
        return digest(event.seq(), event.tsMillis(), event.measure(Measure.TOKENS_OUT), event.payloadLengthBytes());
    }

    static long digest(Event event) {
        return digest(
                event.seq(),
                event.tsMillis(),
                event.measure(Measure.TOKENS_OUT),
                event.payload().lengthBytes());
    }

    static long digest(long seq, long tsMillis, long tokensOut, int payloadLengthBytes) {
        return seq + tsMillis + (tokensOut == Measure.ABSENT ? 0 : tokensOut) + payloadLengthBytes;
    }

    /// @throws IllegalStateException when this is not what was expected
    void check(String what, Tally expected) {
        if (!equals(expected)) {
            throw new IllegalStateException(what + ": " + this + ", expected " + expected);
        }
    }
}
