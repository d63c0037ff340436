// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Measure;
import dev.hotlog.event.PromptSize;
import dev.hotlog.log.format.EventFrame;

/// What keeps sums apart so that they can be priced, as one number: the [PromptSize], and whether events tell a cost of
/// their own.
final class PriceClass {
    private static final int COST_TOLD = 1;

    private PriceClass() {}

    static int of(EventFrame event) {
        long prompt = orZero(event, Measure.TOKENS_IN)
                + orZero(event, Measure.CACHE_READ_TOKENS)
                + orZero(event, Measure.CACHE_CREATION_TOKENS);
        return 2 * PromptSize.of(prompt).ordinal() + (event.has(Measure.COST_USD_E6) ? COST_TOLD : 0);
    }

    private static long orZero(EventFrame event, Measure measure) {
        return event.has(measure) ? event.measure(measure) : 0;
    }

    static PromptSize promptSize(int priceClass) {
        return PromptSize.ALL.get(priceClass / 2);
    }
}
