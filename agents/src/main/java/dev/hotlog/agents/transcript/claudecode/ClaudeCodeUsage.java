// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.claudecode;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;

/// The figures of an API message: `input_tokens` is fresh input alone, `output_tokens` holds the reasoning.
///
/// A message is written as several lines with the same ids, whose figures repeat or grow.
final class ClaudeCodeUsage {
    private ClaudeCodeUsage() {}

    /// Adds the usage, if the line carries any.
    ///
    /// @param line the line, or what an `agent_progress` line holds of a subagent's line
    /// @param sidechain whether the message is of a side conversation
    /// @param subagent the id of the subagent whose line it is; [JsonSlice#NONE] when it is the file's own
    static void of(JsonSlice line, boolean sidechain, JsonSlice subagent, PieceBuilder piece) {
        JsonSlice message = line.at("message");
        JsonSlice usage = message.at("usage");
        if (!usage.isObject()) {
            return;
        }
        Event.Builder cost = piece.cost(Payload.of("usage")
                        .with("message", message.at("id"))
                        .with("request", line.at("requestId"))
                        .with("subagent", subagent)
                        .with("block", usage)
                        .json())
                .model(message.at("model").word().orElse(null))
                .stopReason(message.at("stop_reason").word().orElse(null));
        measure(cost, Measure.TOKENS_IN, usage.at("input_tokens"));
        measure(cost, Measure.TOKENS_OUT, usage.at("output_tokens"));
        measure(cost, Measure.CACHE_CREATION_TOKENS, usage.at("cache_creation_input_tokens"));
        measure(
                cost,
                Measure.CACHE_CREATION_1H_TOKENS,
                usage.at("cache_creation").at("ephemeral_1h_input_tokens"));
        measure(cost, Measure.CACHE_READ_TOKENS, usage.at("cache_read_input_tokens"));
        // Without an id of its own, the line stands for the message: copies keep its uuid.
        String id = message.at("id")
                .word()
                .or(() -> line.at("uuid").word().map(uuid -> "line:" + uuid))
                .orElse("");
        String request = line.at("requestId").word().orElse("");
        piece.usage(
                cost,
                event -> id.isEmpty()
                        ? new Usage.Once(event.sessionId() + "/" + event.seq(), event)
                        : new Usage.Growing(id, request, sidechain, event));
    }

    private static void measure(Event.Builder cost, Measure measure, JsonSlice value) {
        PieceBuilder.measure(cost, measure, value.number());
    }
}
