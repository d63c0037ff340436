// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.event.Rollup;
import dev.hotlog.log.Replay;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// How fast the block that runs now is being used up.
///
/// @param startMillis of the block
/// @param leftMillis until it ends
/// @param activeMillis from its first call to its last
/// @param tokens of it so far
/// @param cost of it so far
public record BlockPace(long startMillis, long leftMillis, long activeMillis, long tokens, Cost cost) {
    private static final double MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

    /// Empty when no block runs.
    public static Optional<BlockPace> of(
            History history, SessionFilter filter, Blocks blocks, PriceTable prices, long nowMillis)
            throws LogException {
        OptionalLong start = blocks.startOf(nowMillis);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        long end = start.getAsLong() + Blocks.LENGTH_MILLIS;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long tokens = 0;
        Cost cost = Cost.NONE;
        Span block = new Span(start.getAsLong(), end);
        try (Replay events = history.replay(EventFilter.ALL.of(filter).during(block))) {
            for (EventView event : events) {
                Rollup cell = History.cell(event);
                long used = PriceTable.tokens(cell.totals());
                if (used > 0) {
                    first = Math.min(first, event.cappedMillis());
                    last = Math.max(last, event.cappedMillis());
                    tokens += used;
                    cost = cost.plus(prices.cost(cell));
                }
            }
        }
        return tokens == 0
                ? Optional.empty()
                : Optional.of(new BlockPace(start.getAsLong(), end - nowMillis, last - first, tokens, cost));
    }

    /// Empty after a single call.
    public OptionalDouble tokensPerMinute() {
        return activeMillis > 0 ? OptionalDouble.of(tokens * MINUTE_MILLIS / activeMillis) : OptionalDouble.empty();
    }

    /// The tokens of the whole block, if it goes on like this.
    public OptionalLong projectedTokens() {
        return activeMillis > 0 ? OptionalLong.of(projected(tokens)) : OptionalLong.empty();
    }

    /// What the whole block will have cost in millionths of a US dollar, if it goes on like this.
    public OptionalLong projectedMicros() {
        return activeMillis > 0 && cost.isKnown() ? OptionalLong.of(projected(cost.micros())) : OptionalLong.empty();
    }

    private long projected(long soFar) {
        return soFar + Math.round((double) soFar / activeMillis * leftMillis);
    }
}
