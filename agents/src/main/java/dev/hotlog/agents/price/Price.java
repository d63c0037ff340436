// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

import dev.hotlog.event.Measure;
import dev.hotlog.event.Totals;

/// What tokens of a model cost: millionths of a US dollar for a million tokens of each sort.
record Price(long input, long output, long cacheRead, long cacheWrite5m, long cacheWrite1h) {
    private static final long PER_NANO = 1000;

    /// What those tokens cost, in billionths of a US dollar.
    long nanos(Totals tokens) {
        long forAnHour = tokens.sumOrZero(Measure.CACHE_CREATION_1H_TOKENS);
        long forMinutes = tokens.sumOrZero(Measure.CACHE_CREATION_TOKENS) - forAnHour;
        long exact = tokens.sumOrZero(Measure.TOKENS_IN) * input
                + tokens.sumOrZero(Measure.TOKENS_OUT) * output
                + tokens.sumOrZero(Measure.CACHE_READ_TOKENS) * cacheRead
                + forMinutes * cacheWrite5m
                + forAnHour * cacheWrite1h;
        return (exact + PER_NANO / 2) / PER_NANO;
    }
}
