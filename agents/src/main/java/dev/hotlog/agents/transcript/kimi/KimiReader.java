// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.kimi;

import dev.hotlog.agents.transcript.Blocks;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionReader;
import dev.hotlog.agents.transcript.Title;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Transcript.Identity;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import java.util.List;
import java.util.Optional;

/// Reads one file. Every line is an event; one that tells what a call used gives a Cost event besides.
///
/// A prompt is told twice by Kimi Code: as it was given, which is what we take for the message, and as it
/// went to the model.
final class KimiReader extends SessionReader {
    KimiReader(Transcript transcript, Identity identity, ReaderState state) {
        super(transcript, identity, state);
    }

    @Override
    protected void take(JsonSlice line, PieceBuilder piece) {
        JsonSlice message = line.at("message");
        boolean ofCli = !line.at("type").exists() && message.at("type").isText();
        if (ofCli) {
            cli(line, message.at("type").word().orElse("unknown"), message.at("payload"), piece);
        } else {
            code(line, line.at("type").word().orElse("unknown"), piece);
        }
    }

    private void cli(JsonSlice line, String type, JsonSlice payload, PieceBuilder piece) {
        Blocks blocks = new Blocks(line, payload, piece);
        switch (type) {
            case "TurnBegin", "SteerInput" -> prompt(line, payload.at("user_input"), true, piece);
            case "ContentPart", "TextPart", "ThinkPart" -> said(payload, blocks);
            case "ToolCall" -> {
                JsonSlice function = payload.at("function");
                toolCall(payload.at("id"), function.at("name"), function, blocks);
            }
            case "ToolResult" -> {
                JsonSlice value =
                        payload.at("return_value").exists() ? payload.at("return_value") : payload.at("result");
                toolResult(payload.at("tool_call_id"), value.at("is_error"), payload, blocks);
            }
            case "StepInterrupted" -> blocks.event(Kind.LIFECYCLE, "interruption", payload);
            case "CompactionBegin" -> blocks.event(Kind.LIFECYCLE, "compaction", payload);
            case "StatusUpdate" -> {
                blocks.event(Kind.LIFECYCLE, type, payload);
                status(payload, piece);
            }
            case "SubagentEvent" -> {
                blocks.event(Kind.LIFECYCLE, type, payload);
                JsonSlice event = payload.at("event");
                if (event.at("type").text().equals("StatusUpdate")) {
                    status(event.at("payload"), piece);
                }
            }
            default -> piece.event(Kind.LIFECYCLE, Payload.whole(type, line));
        }
    }

    private void code(JsonSlice line, String type, PieceBuilder piece) {
        switch (type) {
            case "metadata" -> piece.event(Kind.LIFECYCLE, Payload.whole("session_start", line));
            case "turn.prompt", "turn.steer" -> {
                String origin = line.at("origin").at("kind").word().orElse("user");
                prompt(line, line.at("input"), origin.equals("user"), piece);
            }
            case "context.append_message" -> {
                String origin =
                        line.at("message").at("origin").at("kind").word().orElse("");
                piece.event(Kind.LIFECYCLE, Payload.whole(origin.equals("injection") ? "context" : type, line));
            }
            case "context.append_loop_event" -> step(line, line.at("event"), piece);
            case "turn.cancel" -> piece.event(Kind.LIFECYCLE, Payload.whole("interruption", line));
            case "full_compaction.begin" -> piece.event(Kind.LIFECYCLE, Payload.whole("compaction", line));
            case "context.apply_compaction" -> piece.event(Kind.LIFECYCLE, Payload.whole("summary", line));
            case "usage.record" -> {
                piece.event(Kind.LIFECYCLE, Payload.whole(type, line));
                record(line, piece);
            }
            default -> {
                settings(line, piece);
                PieceBuilder.measure(
                        piece.event(Kind.LIFECYCLE, Payload.whole(type, line)),
                        Measure.LATENCY_MS,
                        line.at("durationMs").number());
            }
        }
    }

    private void settings(JsonSlice line, PieceBuilder piece) {
        if (line.at("modelAlias").isText()) {
            model(line.at("modelAlias"), piece);
        }
        piece.fact(
                SessionFacts.WORKSPACE,
                line.at("cwd")
                        .word()
                        .or(() -> line.at("environmentDisclosure").at("cwd").word()));
    }

    /// @param said whether a person did, and not the program
    private void prompt(JsonSlice line, JsonSlice input, boolean said, PieceBuilder piece) {
        Blocks blocks = new Blocks(line, input, piece);
        for (JsonSlice part : blocks.orWhole("prompt")) {
            blocks.event(said ? Kind.MESSAGE : Kind.LIFECYCLE, said ? "prompt" : "context", part);
            if (said) {
                title(Title.Giver.FIRST_PROMPT, part.isText() ? part : part.at("text"), piece);
            }
        }
    }

    /// What the model does in one step of a turn.
    private void step(JsonSlice line, JsonSlice event, PieceBuilder piece) {
        String type = event.at("type").word().orElse("unknown");
        switch (type) {
            case "content.part" -> said(event.at("part"), new Blocks(line, event.at("part"), piece));
            case "tool.call" ->
                toolCall(event.at("toolCallId"), event.at("name"), event, new Blocks(line, event, piece));
            case "tool.result" -> {
                JsonSlice result = event.at("result");
                toolResult(event.at("toolCallId"), result.at("isError"), result, new Blocks(line, result, piece));
            }
            case "step.end" -> {
                Event.Builder ended = piece.event(Kind.LIFECYCLE, Payload.whole(type, line))
                        .stopReason(event.at("finishReason").word().orElse(null));
                PieceBuilder.measure(
                        ended,
                        Measure.TTFT_MS,
                        event.at("llmFirstTokenLatencyMs").number());
            }
            default -> piece.event(Kind.LIFECYCLE, Payload.whole(type, line));
        }
    }

    private void said(JsonSlice part, Blocks blocks) {
        String type = part.at("type").word().orElse("");
        switch (type) {
            case "text" -> blocks.event(Kind.MESSAGE, "answer", part).model(model());
            case "think" -> blocks.event(Kind.MESSAGE, "thinking", part).model(model());
            default -> blocks.event(Kind.LIFECYCLE, type.isEmpty() ? "unknown" : type, part);
        }
    }

    private void toolCall(JsonSlice id, JsonSlice name, JsonSlice block, Blocks blocks) {
        Optional<String> tool = name.word();
        id.word().ifPresent(call -> tool.ifPresent(called -> state.calls.called(call, called)));
        blocks.event(Kind.TOOL_CALL, "tool_call", block)
                .tool(tool.orElse(null))
                .toolCallId(id.word().orElse(null))
                .model(model());
    }

    private void toolResult(JsonSlice id, JsonSlice failed, JsonSlice block, Blocks blocks) {
        blocks.event(Kind.TOOL_RESULT, "tool_result", block)
                .tool(id.word().flatMap(state.calls::answered).orElse(null))
                .toolCallId(id.word().orElse(null))
                .stopReason(failed.isTrue() ? "error" : null);
    }

    /// What one call used. It belongs to a turn or, as that of a compaction does, to the session alone, and
    /// is told once in either case; the end of a step repeats it.
    private void record(JsonSlice line, PieceBuilder piece) {
        JsonSlice usage = line.at("usage");
        if (usage.isObject()) {
            Event.Builder cost = cost(
                    usage,
                    List.of("inputOther", "output", "inputCacheRead", "inputCacheCreation"),
                    JsonSlice.NONE,
                    piece);
            cost.model(line.at("model").word().orElse(model()));
            piece.usageByTime(cost, line.at("model").word().orElse(""));
        }
    }

    private void status(JsonSlice status, PieceBuilder piece) {
        JsonSlice usage = status.at("token_usage");
        if (!usage.isObject()) {
            return;
        }
        JsonSlice id = status.at("message_id");
        Event.Builder cost =
                cost(usage, List.of("input_other", "output", "input_cache_read", "input_cache_creation"), id, piece);
        if (id.word().isPresent()) {
            piece.usage(cost, event -> new Usage.Growing(id.text(), "", false, event));
        } else {
            piece.usageByTime(cost, "");
        }
    }

    /// @param names of the four figures, each of which leaves out the others
    private Event.Builder cost(JsonSlice usage, List<String> names, JsonSlice message, PieceBuilder piece) {
        Event.Builder cost = piece.cost(Payload.of("usage")
                        .with("message", message)
                        .with("block", usage)
                        .json())
                .model(model());
        List<Measure> measures = List.of(
                Measure.TOKENS_IN, Measure.TOKENS_OUT, Measure.CACHE_READ_TOKENS, Measure.CACHE_CREATION_TOKENS);
        for (int i = 0; i < measures.size(); i++) {
            PieceBuilder.measure(cost, measures.get(i), usage.at(names.get(i)).number());
        }
        return cost;
    }
}
