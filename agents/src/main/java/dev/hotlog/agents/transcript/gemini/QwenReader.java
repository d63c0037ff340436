// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.gemini;

import dev.hotlog.agents.transcript.Blocks;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Output;
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
import java.util.Optional;
import java.util.OptionalLong;

/// Reads one file: messages part by part, everything else line by line. What was rewound stays: it was
/// said, and paid. An older document is read as one of Gemini CLI's.
final class QwenReader extends SessionReader {
    private final GeminiReader documents;

    QwenReader(Transcript transcript, Identity identity, ReaderState state) {
        super(transcript, identity, state);
        documents = new GeminiReader(transcript, identity, state);
    }

    @Override
    protected void take(JsonSlice object, PieceBuilder piece) {
        boolean ofDocument = !object.at("uuid").exists()
                && (object.at("id").exists() || object.at(Gemini.MESSAGES).isArray());
        if (ofDocument) {
            documents.take(object, piece);
        } else {
            line(object, piece);
        }
    }

    private void line(JsonSlice line, PieceBuilder piece) {
        piece.fact(SessionFacts.WORKSPACE, line.at("cwd").word());
        piece.fact(SessionFacts.BRANCH, line.at("gitBranch").word());
        piece.fact(SessionFacts.VERSION, line.at("version").word());
        String type = line.at("type").word().orElse("unknown");
        Blocks blocks = new Blocks(line, line.at("message").at("parts"), piece);
        switch (type) {
            case "user" -> user(line, blocks, piece);
            case "assistant" -> assistant(line, blocks, piece);
            case "tool_result" -> {
                for (JsonSlice part : blocks.orWhole(type)) {
                    toolResult(line, part, blocks);
                }
            }
            default -> system(line, line.at("subtype").word().orElse(type), piece);
        }
    }

    private void user(JsonSlice line, Blocks blocks, PieceBuilder piece) {
        boolean said = !line.at("subtype").isText() || line.at("subtype").text().equals("mid_turn_user_message");
        for (JsonSlice part : blocks.orWhole("user")) {
            String text = part.at("text").beginning(ENOUGH_BYTES);
            boolean prompt = said && !text.startsWith("<qwen:");
            blocks.event(prompt ? Kind.MESSAGE : Kind.LIFECYCLE, prompt ? "prompt" : "context", part);
            if (prompt) {
                title(Title.Giver.FIRST_PROMPT, text, piece);
            }
        }
    }

    private void assistant(JsonSlice line, Blocks blocks, PieceBuilder piece) {
        model(line.at("model"), piece);
        for (JsonSlice part : blocks.orWhole("assistant")) {
            JsonSlice call = part.at("functionCall");
            if (call.isObject()) {
                Optional<String> id = call.at("id").word();
                Optional<String> tool = call.at("name").word();
                id.ifPresent(named -> tool.ifPresent(name -> state.calls.called(named, name)));
                blocks.event(Kind.TOOL_CALL, "tool_call", part)
                        .tool(tool.orElse(null))
                        .toolCallId(id.orElse(null))
                        .model(model());
            } else {
                blocks.event(Kind.MESSAGE, part.at("thought").isTrue() ? "thinking" : "answer", part)
                        .model(model());
            }
        }
        usage(line, piece);
    }

    private void toolResult(JsonSlice line, JsonSlice part, Blocks blocks) {
        JsonSlice response = part.at("functionResponse");
        Optional<String> id = response.at("id").word();
        boolean failed =
                line.at("toolCallResult").at("status").word().orElse("").equals("error");
        blocks.event(Kind.TOOL_RESULT, "tool_result", part)
                .tool(id.flatMap(state.calls::answered)
                        .or(() -> response.at("name").word())
                        .orElse(null))
                .toolCallId(id.orElse(null))
                .stopReason(failed ? "error" : null);
    }

    private void system(JsonSlice line, String word, PieceBuilder piece) {
        switch (word) {
            case "custom_title" -> {
                JsonSlice payload = line.at("systemPayload");
                boolean byUser = !payload.at("titleSource").word().orElse("").equals("auto");
                title(byUser ? Title.Giver.USER : Title.Giver.AGENT, payload.at("customTitle"), piece);
                piece.event(Kind.LIFECYCLE, Payload.whole("title", line));
            }
            case "chat_compression" -> piece.event(Kind.LIFECYCLE, Payload.whole("compaction", line));
            default -> piece.event(Kind.LIFECYCLE, Payload.whole(word, line));
        }
    }

    /// What is told as the prompt holds what was read from a cache. A fork keeps its lines' ids.
    private void usage(JsonSlice line, PieceBuilder piece) {
        JsonSlice usage = line.at("usageMetadata");
        OptionalLong prompt = usage.at("promptTokenCount").number();
        if (prompt.isEmpty()) {
            return;
        }
        long cached = usage.at("cachedContentTokenCount").number().orElse(0);
        long thoughts = usage.at("thoughtsTokenCount").number().orElse(0);
        long output = Output.withReasoning(
                usage.at("candidatesTokenCount").number().orElse(0),
                thoughts,
                prompt.getAsLong(),
                usage.at("totalTokenCount").number(),
                true);
        Event.Builder cost =
                piece.cost(Payload.of("usage").with("block", usage).json()).model(model());
        PieceBuilder.measure(cost, Measure.TOKENS_IN, OptionalLong.of(Math.max(0, prompt.getAsLong() - cached)));
        PieceBuilder.measure(cost, Measure.CACHE_READ_TOKENS, OptionalLong.of(cached));
        PieceBuilder.measure(cost, Measure.TOKENS_OUT, OptionalLong.of(output));
        PieceBuilder.measure(cost, Measure.REASONING_TOKENS, OptionalLong.of(thoughts));
        Optional<String> id = line.at("uuid").word();
        if (id.isPresent()) {
            piece.usage(cost, event -> new Usage.Growing(id.get(), "", false, event));
        } else {
            piece.usageByTime(cost, "");
        }
    }
}
