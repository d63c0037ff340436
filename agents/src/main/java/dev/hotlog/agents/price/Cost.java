// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

/// What tokens cost, as far as it is known.
///
/// @param toldMicros what agents reckoned themselves, in millionths of a US dollar
/// @param derivedNanos what was derived from prices, in billionths of a US dollar
/// @param pricedTokens whose cost is in either
/// @param unpricedTokens whose cost is not known: nobody told it, and their model has no price
public record Cost(long toldMicros, long derivedNanos, long pricedTokens, long unpricedTokens) {
    /// That of no tokens.
    public static final Cost NONE = new Cost(0, 0, 0, 0);

    private static final long NANOS_A_MICRO = 1000;

    public Cost plus(Cost more) {
        return new Cost(
                toldMicros + more.toldMicros,
                derivedNanos + more.derivedNanos,
                pricedTokens + more.pricedTokens,
                unpricedTokens + more.unpricedTokens);
    }

    /// The part that is known, in millionths of a US dollar. Where nothing [#isKnown()], it says nothing.
    public long micros() {
        return toldMicros + Math.round(derivedNanos / (double) NANOS_A_MICRO);
    }

    /// Whether any of it is known.
    public boolean isKnown() {
        return pricedTokens != 0 || toldMicros != 0;
    }

    /// Whether there is more to it than is known.
    public boolean isPartial() {
        return unpricedTokens != 0;
    }
}
