// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.pi;

import dev.hotlog.agents.transcript.Blocks;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionReader;
import dev.hotlog.agents.transcript.Title;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Transcript.Identity;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import java.util.List;
import java.util.Optional;

/// Reads one file: messages block by block, everything else line by line.
final class PiReader extends SessionReader {
    PiReader(Transcript transcript, Identity identity, ReaderState state) {
        super(transcript, identity, state);
    }

    @Override
    protected void take(JsonSlice line, PieceBuilder piece) {
        String type = line.at("type").word().orElse("unknown");
        switch (type) {
            case "message" -> message(line, piece);
            case "session" -> session(line, piece);
            case "model_change" -> {
                model(line.at("modelId"), piece);
                piece.event(Kind.LIFECYCLE, Payload.whole(type, line));
            }
            case "session_info" -> {
                title(Title.Giver.USER, line.at("name"), piece);
                piece.event(Kind.LIFECYCLE, Payload.whole("title", line));
            }
            case "compact" -> piece.event(Kind.LIFECYCLE, Payload.whole("compaction", line));
            case "branch_summary" -> piece.event(Kind.LIFECYCLE, Payload.whole("summary", line));
            default -> piece.event(Kind.LIFECYCLE, Payload.whole(type, line));
        }
    }

    private void session(JsonSlice line, PieceBuilder piece) {
        piece.event(Kind.LIFECYCLE, Payload.whole("session_start", line));
        if (!line.at("id").word().orElse(sessionId).equals(sessionId)) {
            return;
        }
        piece.fact(SessionFacts.WORKSPACE, line.at("cwd").word());
        model(line.at("modelId"), piece);
        JsonSlice parent = line.at("branchedFrom").exists() ? line.at("branchedFrom") : line.at("parentSession");
        Optional<String> origin = parent.word().flatMap(PiFamily::sessionIn);
        piece.fact(SessionFacts.PARENT, origin);
        piece.fact(SessionFacts.FORKED_FROM, origin);
    }

    private void message(JsonSlice line, PieceBuilder piece) {
        JsonSlice message = line.at("message");
        switch (message.at("role").word().orElse("unknown")) {
            case "user" -> user(line, message, piece);
            case "assistant" -> assistant(line, message, piece);
            case "toolResult" ->
                new Blocks(line, message, piece)
                        .event(Kind.TOOL_RESULT, "tool_result", message)
                        .tool(message.at("toolName").word().orElse(null))
                        .toolCallId(message.at("toolCallId").word().orElse(null))
                        .stopReason(message.at("isError").isTrue() ? "error" : null);
            case "bashExecution" -> piece.event(Kind.LIFECYCLE, Payload.whole("command_output", line));
            case "system" -> piece.event(Kind.LIFECYCLE, Payload.whole("context", line));
            default -> piece.event(Kind.LIFECYCLE, Payload.whole("message", line));
        }
    }

    private void user(JsonSlice line, JsonSlice message, PieceBuilder piece) {
        Blocks blocks = new Blocks(line, message.at("content"), piece);
        for (JsonSlice block : blocks.orWhole("user")) {
            blocks.event(Kind.MESSAGE, "prompt", block);
            JsonSlice text = block.isText() ? block : block.at("text");
            title(Title.Giver.FIRST_PROMPT, text, piece);
        }
    }

    private void assistant(JsonSlice line, JsonSlice message, PieceBuilder piece) {
        model(message.at("model"), piece);
        Optional<String> stopReason = message.at("stopReason").word();
        JsonSlice content = message.at("content");
        boolean says = !content.elements(1).orElse(List.of(content)).isEmpty();
        if (!says && message.at("errorMessage").isText()) {
            boolean aborted = stopReason.orElse("").equals("aborted");
            piece.event(aborted ? Kind.LIFECYCLE : Kind.ERROR, Payload.whole(aborted ? "interruption" : "error", line))
                    .model(model());
        } else {
            Blocks blocks = new Blocks(line, content, piece);
            List<JsonSlice> parts = blocks.orWhole("assistant");
            for (int i = 0; i < parts.size(); i++) {
                Event.Builder event = part(parts.get(i), blocks).model(model());
                if (i == parts.size() - 1) {
                    event.stopReason(stopReason.orElse(null));
                }
            }
        }
        usage(message, piece);
    }

    private Event.Builder part(JsonSlice block, Blocks blocks) {
        String type = block.isText() ? "text" : block.at("type").word().orElse("unknown");
        return switch (type) {
            case "text" -> blocks.event(Kind.MESSAGE, "answer", block);
            case "thinking" -> blocks.event(Kind.MESSAGE, "thinking", block);
            case "toolCall" ->
                blocks.event(Kind.TOOL_CALL, "tool_call", block)
                        .tool(block.at("name").word().orElse(null))
                        .toolCallId(block.at("id").word().orElse(null));
            default -> blocks.event(Kind.LIFECYCLE, type, block);
        };
    }

    /// Input leaves out what was read from or written to a cache, output holds the reasoning, and the costs
    /// are told. A session that was branched begins with a copy of its parent's lines, times and all.
    private void usage(JsonSlice message, PieceBuilder piece) {
        JsonSlice usage = message.at("usage");
        if (!usage.isObject()) {
            return;
        }
        Event.Builder cost =
                piece.cost(Payload.of("usage").with("block", usage).json()).model(model());
        PieceBuilder.measure(cost, Measure.TOKENS_IN, usage.at("input").number());
        PieceBuilder.measure(cost, Measure.TOKENS_OUT, usage.at("output").number());
        PieceBuilder.measure(
                cost, Measure.CACHE_READ_TOKENS, usage.at("cacheRead").number());
        PieceBuilder.measure(
                cost, Measure.CACHE_CREATION_TOKENS, usage.at("cacheWrite").number());
        PieceBuilder.ownCost(cost, usage.at("cost").at("total").millionths());
        piece.usageByTime(cost, message.at("responseId").word().orElse(""));
    }
}
