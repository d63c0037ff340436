// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.copilot;

import dev.hotlog.agents.transcript.Blocks;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.agents.transcript.SessionReader;
import dev.hotlog.agents.transcript.Title;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Transcript.Identity;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads one file. Every line is one event; what a message or the session's end tells of tokens gives Cost
/// events besides.
///
/// A call is told by the message that asks for it, when it starts and when it ends; the call is taken from
/// its start, and the requests stay in the message.
final class CopilotReader extends SessionReader {
    private static final String INCOMPLETE = "incomplete";

    private final CopilotState counted;

    CopilotReader(Transcript transcript, Identity identity, CopilotState counted) {
        super(transcript, identity, counted.common);
        this.counted = counted;
    }

    @Override
    protected void take(JsonSlice line, PieceBuilder piece) {
        String type = line.at("type").word().filter(Copilot::isType).orElse("unknown");
        JsonSlice data = line.at("data");
        if (data.isObject()) {
            event(type, line, data, piece);
        } else {
            piece.event(Kind.LIFECYCLE, Payload.whole(type, line));
        }
    }

    private void event(String type, JsonSlice line, JsonSlice data, PieceBuilder piece) {
        Blocks blocks = new Blocks(line, data, piece);
        switch (type) {
            case "session.start", "session.resume" -> {
                blocks.event(Kind.LIFECYCLE, type.equals("session.start") ? "session_start" : type, data);
                // The run before was killed, or has told all: the end of this one tells nothing of it.
                counted.ended();
                session(data, piece);
            }
            case "session.model_change" -> {
                model(data.at("newModel"), piece);
                blocks.event(Kind.LIFECYCLE, type, data);
            }
            case "session.title_changed" -> {
                title(Title.Giver.AGENT, data.at("title"), piece);
                blocks.event(Kind.LIFECYCLE, "title", data);
            }
            case "user.message" -> {
                blocks.event(Kind.MESSAGE, "prompt", data);
                title(Title.Giver.FIRST_PROMPT, data.at("content"), piece);
            }
            case "assistant.message" -> message(data, blocks, piece);
            case "assistant.reasoning" ->
                blocks.event(Kind.MESSAGE, "thinking", data).model(model());
            case "tool.execution_start" -> toolCall(data, blocks);
            case "tool.execution_complete" -> toolResult(data, blocks);
            case "session.shutdown" -> shutdown(line, data, blocks, piece);
            case "session.error" -> blocks.event(Kind.ERROR, "error", data);
            case "abort" -> blocks.event(Kind.LIFECYCLE, "interruption", data);
            case "system.message" -> blocks.event(Kind.LIFECYCLE, "context", data);
            case "hook.start", "hook.end" -> blocks.event(Kind.HOOK, "hook", data);
            case "session.compaction_complete", "session.truncation" ->
                blocks.event(Kind.LIFECYCLE, "compaction", data);
            default ->
                PieceBuilder.measure(
                        blocks.event(Kind.LIFECYCLE, type, data),
                        Measure.LATENCY_MS,
                        data.at("durationMs").number());
        }
    }

    private void session(JsonSlice data, PieceBuilder piece) {
        piece.fact(SessionFacts.WORKSPACE, data.at("context").at("cwd").word());
        piece.fact(SessionFacts.BRANCH, data.at("context").at("branch").word());
        piece.fact(SessionFacts.VERSION, data.at("copilotVersion").word());
        model(data.at("selectedModel"), piece);
    }

    private void toolCall(JsonSlice data, Blocks blocks) {
        Optional<String> id = data.at("toolCallId").word();
        Optional<String> tool = data.at("toolName").word();
        id.ifPresent(call -> tool.ifPresent(name -> state.calls.called(call, name)));
        blocks.event(Kind.TOOL_CALL, "tool_call", data)
                .tool(tool.orElse(null))
                .toolCallId(id.orElse(null))
                .model(data.at("model").word().orElse(model()));
    }

    private void toolResult(JsonSlice data, Blocks blocks) {
        Optional<String> id = data.at("toolCallId").word();
        Event.Builder event = blocks.event(Kind.TOOL_RESULT, "tool_result", data)
                .tool(id.flatMap(state.calls::answered).orElse(null))
                .toolCallId(id.orElse(null))
                .stopReason(data.at("success").toString().equals("false") ? "error" : null);
        PieceBuilder.measure(
                event,
                Measure.LATENCY_MS,
                data.at("toolTelemetry").at("metrics").at("durationMs").number());
    }

    /// A message tells what it put out and nothing of what went in; the session's end tells all.
    private void message(JsonSlice data, Blocks blocks, PieceBuilder piece) {
        model(data.at("model"), piece);
        blocks.event(Kind.MESSAGE, "answer", data).model(model());
        OptionalLong output = data.at("outputTokens").number();
        if (output.isEmpty() || output.getAsLong() < 0) {
            return;
        }
        String id = data.at("apiCallId")
                .word()
                .or(() -> data.at("messageId").word())
                .orElse("");
        long more = counted.told(state.model, id, output.getAsLong());
        Event.Builder cost = piece.cost(Payload.of("usage")
                        .with("message", data.at("messageId"))
                        .with("block", data.at("outputTokens"))
                        .json())
                .model(model());
        PieceBuilder.measure(cost, Measure.TOKENS_OUT, OptionalLong.of(more));
        piece.usage(cost, event -> once(id.isEmpty() ? "" : id + "/" + output.getAsLong(), event));
        piece.fact(SessionFacts.USAGE, Optional.of(INCOMPLETE));
    }

    /// What is told of all calls since the session was started or resumed, model by model. Input holds what
    /// was read from and written to a cache, output the reasoning.
    private void shutdown(JsonSlice line, JsonSlice data, Blocks blocks, PieceBuilder piece) {
        blocks.event(Kind.LIFECYCLE, "session.shutdown", data);
        JsonSlice metrics = data.at("modelMetrics");
        boolean told = false;
        for (String model : metrics.names().stream().sorted().toList()) {
            JsonSlice usage = metrics.at(model).at("usage");
            if (usage.isObject() && model.length() <= JsonSlice.MAX_WORD_BYTES) {
                told = true;
                cost(line, model, usage, piece);
            }
        }
        if (told) {
            counted.ended();
            piece.fact(SessionFacts.USAGE, Optional.of("complete"));
        }
    }

    private void cost(JsonSlice line, String model, JsonSlice usage, PieceBuilder piece) {
        long read = usage.at("cacheReadTokens").number().orElse(0);
        long written = usage.at("cacheWriteTokens").number().orElse(0);
        long input = usage.at("inputTokens").number().orElse(0);
        long output = counted.untold(model, usage.at("outputTokens").number().orElse(0));
        Event.Builder cost =
                piece.cost(Payload.of("usage").with("block", usage).json()).model(model.isEmpty() ? null : model);
        PieceBuilder.measure(cost, Measure.TOKENS_IN, OptionalLong.of(Math.max(0, input - read - written)));
        PieceBuilder.measure(cost, Measure.CACHE_READ_TOKENS, OptionalLong.of(read));
        PieceBuilder.measure(cost, Measure.CACHE_CREATION_TOKENS, OptionalLong.of(written));
        PieceBuilder.measure(cost, Measure.TOKENS_OUT, OptionalLong.of(output));
        PieceBuilder.measure(
                cost, Measure.REASONING_TOKENS, usage.at("reasoningTokens").number());
        String end = line.at("id").word().orElse("");
        piece.usage(cost, event -> once(end.isEmpty() ? "" : end + "/" + model, event));
    }

    /// @param id what tells the figures from others of the session; empty when that is their place alone
    private Usage once(String id, Event cost) {
        return new Usage.Once(sessionId + "/" + (id.isEmpty() ? cost.seq() : id), cost);
    }

    @Override
    public String state() {
        return counted.asText();
    }
}
