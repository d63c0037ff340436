// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.codex;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import java.util.Optional;
import java.util.OptionalLong;

/// Tokens as Codex counts them: `input` includes `cached`, `output` includes `reasoning`.
record TokenTotals(long input, long cached, long output, long reasoning) {
    /// The figures in a `total_token_usage` or `last_token_usage`; empty when there are none.
    static Optional<TokenTotals> in(JsonSlice usage) {
        OptionalLong input = usage.at("input_tokens").number();
        OptionalLong output = usage.at("output_tokens").number();
        if (input.isEmpty() || output.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TokenTotals(
                input.getAsLong(),
                usage.at("cached_input_tokens").number().orElse(0),
                output.getAsLong(),
                usage.at("reasoning_output_tokens").number().orElse(0)));
    }

    /// What has come to be since `earlier`. A total that went down was begun anew, and counts whole.
    TokenTotals since(TokenTotals earlier) {
        if (input < earlier.input
                || cached < earlier.cached
                || output < earlier.output
                || reasoning < earlier.reasoning) {
            return this;
        }
        return new TokenTotals(
                input - earlier.input, cached - earlier.cached, output - earlier.output, reasoning - earlier.reasoning);
    }

    /// Sets a Cost event's measures, each token in one of them. Codex tells nothing of writing to a cache.
    void measure(Event.Builder cost) {
        PieceBuilder.measure(cost, Measure.TOKENS_IN, OptionalLong.of(Math.max(0, input - cached)));
        PieceBuilder.measure(cost, Measure.CACHE_READ_TOKENS, OptionalLong.of(cached));
        PieceBuilder.measure(cost, Measure.TOKENS_OUT, OptionalLong.of(output));
        PieceBuilder.measure(cost, Measure.REASONING_TOKENS, OptionalLong.of(reasoning));
    }

    /// Four numbers between slashes; see [#parse].
    @Override
    public String toString() {
        return input + "/" + cached + "/" + output + "/" + reasoning;
    }

    static TokenTotals parse(String text) {
        String[] numbers = text.split("/");
        return new TokenTotals(
                Long.parseLong(numbers[0]),
                Long.parseLong(numbers[1]),
                Long.parseLong(numbers[2]),
                Long.parseLong(numbers[3]));
    }
}
