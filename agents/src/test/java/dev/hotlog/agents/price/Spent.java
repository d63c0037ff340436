// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

import dev.hotlog.event.Measure;
import dev.hotlog.event.PromptSize;
import dev.hotlog.event.Totals;
import java.time.Instant;
import java.util.Optional;

/// Tokens that a test says were used, of the model `m` unless it says another.
final class Spent {
    private final Totals totals = new Totals();
    private Optional<String> model = Optional.of("m");
    private PromptSize prompt = PromptSize.UP_TO_128K;
    private long millis = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

    private Spent() {}

    static Spent spent() {
        return new Spent();
    }

    Spent model(String name) {
        model = Optional.ofNullable(name);
        return this;
    }

    Spent at(String time) {
        millis = Instant.parse(time).toEpochMilli();
        return this;
    }

    Spent prompt(PromptSize size) {
        prompt = size;
        return this;
    }

    Spent in(long tokens) {
        return add(Measure.TOKENS_IN, tokens);
    }

    Spent out(long tokens) {
        return add(Measure.TOKENS_OUT, tokens);
    }

    Spent read(long tokens) {
        return add(Measure.CACHE_READ_TOKENS, tokens);
    }

    Spent written(long tokens) {
        return add(Measure.CACHE_CREATION_TOKENS, tokens);
    }

    /// Written to a cache, to be kept for an hour.
    Spent writtenForAnHour(long tokens) {
        return add(Measure.CACHE_CREATION_TOKENS, tokens).add(Measure.CACHE_CREATION_1H_TOKENS, tokens);
    }

    Spent told(long micros) {
        return add(Measure.COST_USD_E6, micros);
    }

    private Spent add(Measure measure, long value) {
        totals.add(measure, value);
        return this;
    }

    Cost cost(PriceTable table) {
        return table.cost(model, millis, prompt, totals);
    }

    /// In millionths of a dollar, or `unknown`.
    String by(PriceTable table) {
        Cost cost = cost(table);
        return cost.isKnown() ? Long.toString(cost.micros()) : "unknown";
    }
}
