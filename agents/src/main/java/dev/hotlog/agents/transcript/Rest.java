// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

/// What of a message is in none of its events, for the first of them.
public final class Rest {
    private final JsonSlice message;
    private final JsonSlice[] taken;
    private boolean kept;

    /// @param taken the parts of the message that are
    public Rest(JsonSlice message, JsonSlice... taken) {
        this.message = message;
        this.taken = taken;
    }

    /// Adds it, the first time.
    public Payload with(Payload payload) {
        if (kept) {
            return payload;
        }
        kept = true;
        return payload.lineWithout(message, taken);
    }
}
