// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.droid;

import dev.hotlog.agents.transcript.Blocks;
import dev.hotlog.agents.transcript.ContentBlock;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads one file: messages block by block, everything else line by line; or the settings, for what the
/// session took.
final class DroidReader extends SessionReader {
    /// By one of these, settings are known.
    private static final List<String> SETTINGS = List.of("tokenUsage", "model", "providerLock");

    private static final String REMINDER = "<system-reminder>";
    private static final String REMINDER_END = "</system-reminder>";

    DroidReader(Transcript transcript, Identity identity, ReaderState state) {
        super(transcript, identity, state);
    }

    @Override
    protected void take(JsonSlice line, PieceBuilder piece) {
        Optional<String> type = line.at("type").word();
        if (type.isEmpty() && SETTINGS.stream().anyMatch(name -> line.at(name).exists())) {
            settings(line, piece);
        } else {
            line(line, type.orElse("unknown"), piece);
        }
    }

    private void line(JsonSlice line, String type, PieceBuilder piece) {
        switch (type) {
            case "session_start", "system" -> session(line, piece);
            case "message" -> message(line, piece);
            case "tool_call" -> toolCall(line, piece);
            case "tool_result" -> toolResult(line, piece);
            case "error" -> piece.event(Kind.ERROR, Payload.whole("error", line));
            case "completion" -> {
                piece.event(Kind.LIFECYCLE, Payload.whole(type, line));
                JsonSlice usage = line.at("usage");
                usage(
                        usage,
                        usage.at("input_tokens"),
                        usage.at("output_tokens"),
                        usage.at("cache_read_input_tokens"),
                        usage.at("cache_creation_input_tokens"),
                        piece);
            }
            default ->
                piece.event(Kind.LIFECYCLE, Payload.whole(type.startsWith("compaction") ? "compaction" : type, line));
        }
    }

    private void session(JsonSlice line, PieceBuilder piece) {
        piece.event(Kind.LIFECYCLE, Payload.whole("session_start", line));
        piece.fact(SessionFacts.WORKSPACE, line.at("cwd").word());
        piece.fact(SessionFacts.VERSION, line.at("version").word());
        model(line.at("model"), piece);
        JsonSlice given = line.at("sessionTitle");
        boolean named = given.isText() && !given.text().equals("New Session");
        title(Title.Giver.AGENT, named ? given : line.at("title"), piece);
    }

    private void message(JsonSlice line, PieceBuilder piece) {
        JsonSlice message = line.at("message").isObject() ? line.at("message") : line;
        JsonSlice content = message.at("content").exists() ? message.at("content") : message.at("text");
        Blocks blocks = new Blocks(line, content, piece);
        boolean byUser = message.at("role").text().equals("user");
        if (!byUser) {
            model(message.at("model"), piece);
        }
        for (JsonSlice block : blocks.orWhole("message")) {
            if (byUser && ContentBlock.type(block).equals("text")) {
                prompt(block, blocks, piece);
            } else {
                Event.Builder event = ContentBlock.event(block, blocks, state.calls);
                if (!byUser) {
                    event.model(model());
                }
            }
        }
    }

    /// What the program adds to a prompt stands before it.
    private void prompt(JsonSlice block, Blocks blocks, PieceBuilder piece) {
        String text = (block.isText() ? block : block.at("text"))
                .beginning(ENOUGH_BYTES)
                .strip();
        while (text.startsWith(REMINDER)) {
            int end = text.indexOf(REMINDER_END);
            text = end < 0 ? "" : text.substring(end + REMINDER_END.length()).strip();
        }
        boolean said = !text.isEmpty();
        blocks.event(said ? Kind.MESSAGE : Kind.LIFECYCLE, said ? "prompt" : "context", block);
        title(Title.Giver.FIRST_PROMPT, text, piece);
    }

    private void toolCall(JsonSlice line, PieceBuilder piece) {
        Optional<String> id = callId(line);
        Optional<String> tool = line.at("toolName").word();
        id.ifPresent(call -> tool.ifPresent(name -> state.calls.called(call, name)));
        piece.event(Kind.TOOL_CALL, Payload.of("tool_call").with("block", line).json())
                .tool(tool.orElse(null))
                .toolCallId(id.orElse(null))
                .model(model());
    }

    private void toolResult(JsonSlice line, PieceBuilder piece) {
        Optional<String> id = callId(line);
        piece.event(
                        Kind.TOOL_RESULT,
                        Payload.of("tool_result").with("block", line).json())
                .tool(id.flatMap(state.calls::answered).orElse(null))
                .toolCallId(id.orElse(null))
                .stopReason(line.at("isError").isTrue() ? "error" : null);
    }

    private static Optional<String> callId(JsonSlice line) {
        return line.at("toolCallId").word().or(() -> line.at("id").word());
    }

    private void settings(JsonSlice settings, PieceBuilder piece) {
        piece.event(
                Kind.LIFECYCLE,
                Payload.of("settings").id(sessionId).with("line", settings).json());
        model(settings.at("model"), piece);
        JsonSlice usage = settings.at("tokenUsage");
        usage(
                usage,
                usage.at("inputTokens"),
                usage.at("outputTokens"),
                usage.at("cacheReadTokens"),
                usage.at("cacheCreationTokens"),
                piece);
    }

    /// The session's totals, which grow: input leaves out both caches.
    private void usage(
            JsonSlice usage, JsonSlice input, JsonSlice output, JsonSlice read, JsonSlice written, PieceBuilder piece) {
        if (!usage.isObject()) {
            return;
        }
        OptionalLong thinking = usage.at("thinkingTokens").number();
        Event.Builder cost =
                piece.cost(Payload.of("usage").with("block", usage).json()).model(model());
        PieceBuilder.measure(cost, Measure.TOKENS_IN, input.number());
        PieceBuilder.measure(cost, Measure.CACHE_READ_TOKENS, read.number());
        PieceBuilder.measure(cost, Measure.CACHE_CREATION_TOKENS, written.number());
        PieceBuilder.measure(cost, Measure.REASONING_TOKENS, thinking);
        output.number()
                .ifPresent(told -> PieceBuilder.measure(
                        cost,
                        Measure.TOKENS_OUT,
                        OptionalLong.of(
                                Output.withReasoning(told, thinking.orElse(0), 0, OptionalLong.empty(), false))));
        piece.usage(cost, event -> new Usage.Growing(sessionId, "", false, event));
    }
}
