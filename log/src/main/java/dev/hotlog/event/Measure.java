// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.List;
import java.util.Locale;

/// The optional numbers of an event. Exact or absent, never guessed; absent is not zero.
///
/// Every token is counted in exactly one of [#TOKENS_IN], [#CACHE_CREATION_TOKENS], [#CACHE_READ_TOKENS] and
/// [#TOKENS_OUT]; [#REASONING_TOKENS] is a part of the last, given apart.
public enum Measure {
    /// Fresh input: neither read from nor written to a cache.
    TOKENS_IN(Limits.U32, true),
    /// Output, with reasoning.
    TOKENS_OUT(Limits.U32, true),
    /// The part of [#TOKENS_OUT] that was reasoning.
    REASONING_TOKENS(Limits.U32, true),
    /// The whole call, in milliseconds.
    LATENCY_MS(Limits.U32, true),
    /// Time to the first token, in milliseconds.
    TTFT_MS(Limits.U32, false),
    RETRY_COUNT(Limits.U16, true),
    CONTEXT_USED_TOKENS(Limits.U32, false),
    CONTEXT_MAX_TOKENS(Limits.U32, false),
    CACHE_CREATION_TOKENS(Limits.U32, true),
    CACHE_READ_TOKENS(Limits.U32, true),
    SYSTEM_PROMPT_TOKENS(Limits.U32, false),
    /// Millionths of a US dollar; the one measure that may be negative (a correction).
    COST_USD_E6(Long.MAX_VALUE, true),
    /// The part of [#CACHE_CREATION_TOKENS] that the cache keeps for an hour: it costs more than the rest.
    CACHE_CREATION_1H_TOKENS(Limits.U32, true);

    /// What a primitive accessor gives for a measure that is absent. Only [#COST_USD_E6] could have this value
    /// too, which [Event#has] then tells.
    public static final long ABSENT = Long.MIN_VALUE;

    /// All of them, in the order in which they are stored.
    public static final List<Measure> ALL = List.of(values());

    private final long max;
    private final boolean additive;
    private final String jsonName = name().toLowerCase(Locale.ROOT);

    Measure(long max, boolean additive) {
        this.max = max;
        this.additive = additive;
    }

    /// The greatest value, inclusive. The least is 0, for [#COST_USD_E6] that of a `long`.
    public long max() {
        return max;
    }

    /// Whether a sum over events means something; [Totals] holds these alone.
    public boolean additive() {
        return additive;
    }

    /// The field's name in an event's JSON form, such as `tokens_in`.
    public String jsonName() {
        return jsonName;
    }

    /// The value itself.
    ///
    /// @throws IllegalArgumentException when it is out of range
    public long check(long value) {
        long min = this == COST_USD_E6 ? Long.MIN_VALUE : 0;
        if (value < min || value > max) {
            throw new IllegalArgumentException(jsonName + " " + value + " is not in " + min + " .. " + max);
        }
        return value;
    }

    private static final class Limits {
        static final long U16 = 0xFFFFL;
        static final long U32 = 0xFFFF_FFFFL;
    }
}
