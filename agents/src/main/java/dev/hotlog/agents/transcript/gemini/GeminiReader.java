// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.gemini;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Output;
import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.Rest;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one transcript, be it a document or lines: a header, then messages, each of which may be told
/// again with more in it.
final class GeminiReader extends SessionReader {
    private static final Set<String> DONE = Set.of("success", "error", "cancelled");

    GeminiReader(Transcript transcript, Identity identity, ReaderState state) {
        super(transcript, identity, state);
    }

    @Override
    protected void take(JsonSlice object, PieceBuilder piece) {
        Optional<String> type = object.at("type").word();
        if (type.isPresent()) {
            message(object, type.get(), piece);
        } else if (object.at("sessionId").isText() || object.at(Gemini.MESSAGES).isArray()) {
            header(object, piece);
        } else {
            piece.event(Kind.LIFECYCLE, Payload.whole("patch", object));
            summary(object.at("$set"), piece);
        }
    }

    private void header(JsonSlice object, PieceBuilder piece) {
        Payload payload = Payload.of("session_start").id(sessionId);
        piece.event(
                Kind.LIFECYCLE,
                payload.lineWithout(object, object.at(Gemini.MESSAGES)).json());
        summary(object, piece);
        object.at("directories")
                .elements(MAX_PARTS)
                .filter(folders -> !folders.isEmpty())
                .ifPresent(folders ->
                        piece.fact(SessionFacts.WORKSPACE, folders.getFirst().word()));
    }

    private void summary(JsonSlice object, PieceBuilder piece) {
        title(Title.Giver.SUMMARY, object.at("summary"), piece);
    }

    private void message(JsonSlice message, String type, PieceBuilder piece) {
        switch (type) {
            case "user" -> {
                whole(Kind.MESSAGE, "prompt", message, piece);
                title(Title.Giver.FIRST_PROMPT, text(message.at("content")), piece);
            }
            case "gemini", "model", "qwen" -> answer(message, piece);
            case "error" -> whole(Kind.ERROR, "error", message, piece);
            default -> whole(Kind.LIFECYCLE, type, message, piece);
        }
    }

    private static JsonSlice text(JsonSlice content) {
        if (content.isText()) {
            return content;
        }
        List<JsonSlice> parts = content.elements(MAX_PARTS).orElse(List.of());
        return parts.isEmpty() ? JsonSlice.NONE : parts.getFirst().at("text");
    }

    /// The message as one event.
    private static void whole(Kind kind, String word, JsonSlice message, PieceBuilder piece) {
        JsonSlice content = message.at("content");
        piece.event(
                kind,
                payload(word, message)
                        .with("block", content)
                        .lineWithout(message, content)
                        .json());
    }

    private static Payload payload(String word, JsonSlice named) {
        Payload payload = Payload.of(word);
        return named.at("id").word().map(payload::id).orElse(payload);
    }

    /// What the model thought, said and called; the first of them keeps the message around it.
    private void answer(JsonSlice message, PieceBuilder piece) {
        model(message.at("model"), piece);
        JsonSlice content = message.at("content").exists() ? message.at("content") : message.at("parts");
        JsonSlice thoughts = message.at("thoughts");
        JsonSlice calls = message.at("toolCalls");
        Rest rest = new Rest(message, content, thoughts, calls);
        if (holdsAny(thoughts)) {
            event(Kind.MESSAGE, rest.with(payload("thinking", message).with("block", thoughts)), piece);
        }
        List<JsonSlice> called = calls.elements(MAX_PARTS).orElse(List.of());
        if (holdsAny(content) || called.isEmpty()) {
            event(Kind.MESSAGE, rest.with(payload("answer", message).with("block", content)), piece);
        }
        for (JsonSlice call : called) {
            call(call, rest, piece);
        }
        usage(message, piece);
    }

    private static boolean holdsAny(JsonSlice value) {
        return value.isText()
                ? value.lengthBytes() > "\"\"".length()
                : !value.elements(MAX_PARTS).orElse(List.of()).isEmpty();
    }

    private Event.Builder event(Kind kind, Payload payload, PieceBuilder piece) {
        return piece.event(kind, payload.json()).model(model());
    }

    private void call(JsonSlice call, Rest rest, PieceBuilder piece) {
        JsonSlice result = call.at("result");
        @Nullable String tool = call.at("name").word().orElse(null);
        @Nullable String id = call.at("id").word().orElse(null);
        event(Kind.TOOL_CALL, rest.with(payload("tool_call", call).without("block", call, result)), piece)
                .tool(tool)
                .toolCallId(id);
        String status = call.at("status").word().orElse("");
        if (DONE.contains(status)) {
            Payload told = payload("tool_result", call).with("status", call.at("status"));
            event(Kind.TOOL_RESULT, told.with("block", result), piece)
                    .tool(tool)
                    .toolCallId(id)
                    .stopReason(status.equals("error") ? "error" : null);
        }
    }

    /// What is told as input holds what was read from a cache; thoughts come on top of the output, and what
    /// tools used for their own prompts on top of the input.
    private void usage(JsonSlice message, PieceBuilder piece) {
        JsonSlice tokens = message.at("tokens");
        OptionalLong input = tokens.at("input").number();
        if (input.isEmpty()) {
            return;
        }
        long cached = tokens.at("cached").number().orElse(0);
        long thoughts = tokens.at("thoughts").number().orElse(0);
        long went = input.getAsLong() + tokens.at("tool").number().orElse(0);
        long output = Output.withReasoning(
                tokens.at("output").number().orElse(0),
                thoughts,
                went,
                tokens.at("total").number(),
                true);
        Event.Builder cost = piece.cost(Payload.of("usage")
                        .with("message", message.at("id"))
                        .with("block", tokens)
                        .json())
                .model(model());
        PieceBuilder.measure(cost, Measure.TOKENS_IN, OptionalLong.of(Math.max(0, went - cached)));
        PieceBuilder.measure(cost, Measure.CACHE_READ_TOKENS, OptionalLong.of(cached));
        PieceBuilder.measure(cost, Measure.TOKENS_OUT, OptionalLong.of(output));
        PieceBuilder.measure(cost, Measure.REASONING_TOKENS, OptionalLong.of(thoughts));
        Optional<String> id = message.at("id").word();
        if (id.isPresent()) {
            String key = sessionId + "/" + id.get();
            piece.usage(cost, event -> new Usage.Growing(key, "", false, event));
        } else {
            piece.usageByTime(cost, "");
        }
    }
}
