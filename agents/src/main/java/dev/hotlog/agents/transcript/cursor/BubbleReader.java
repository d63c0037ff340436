// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.cursor;

import dev.hotlog.agents.transcript.JsonSlice;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one conversation of the editor: the conversation itself, then each bubble.
///
/// While the editor is at it, the last bubble is left for later, and what it does not show yet.
final class BubbleReader extends SessionReader {
    /// Comes before the last bubble that is shown.
    static final String LAST = "{\"last\":true}";

    private static final long BY_USER = 1;
    private static final long BY_MODEL = 2;
    private static final Set<String> AT_WORK = Set.of("loading", "running", "pending");

    private boolean last;
    private boolean generating;

    BubbleReader(Transcript transcript, Identity identity, ReaderState state) {
        super(transcript, identity, state);
    }

    @Override
    protected void take(JsonSlice object, PieceBuilder piece) {
        if (object.at("last").isTrue()) {
            last = true;
        } else if (object.at("composerId").exists() && !object.at("bubbleId").exists()) {
            conversation(object, piece);
        } else if (!isAtWork(object)) {
            bubble(object, piece);
        }
    }

    private boolean isAtWork(JsonSlice bubble) {
        boolean byModel = bubble.at("type").number().equals(OptionalLong.of(BY_MODEL));
        return last && byModel && generating;
    }

    private static String status(JsonSlice tool) {
        return tool.at("status").word().orElse("");
    }

    private void conversation(JsonSlice composer, PieceBuilder piece) {
        generating = composer.at("status").text().equals("generating");
        piece.event(
                Kind.LIFECYCLE,
                Payload.of("session_start")
                        .id(sessionId)
                        .lineWithout(composer, composer.at("conversation"))
                        .json());
        JsonSlice uri = composer.at("workspaceIdentifier").at("uri");
        piece.fact(
                SessionFacts.WORKSPACE,
                uri.at("fsPath").word().or(() -> uri.at("path").word()));
        title(Title.Giver.AGENT, composer.at("name"), piece);
        named(composer.at("modelConfig").at("modelName"), piece);
    }

    /// A model is told, unless the choice was left to Cursor.
    private void named(JsonSlice model, PieceBuilder piece) {
        if (!model.text().equals("default")) {
            model(model, piece);
        }
    }

    private void bubble(JsonSlice bubble, PieceBuilder piece) {
        named(bubble.at("modelInfo").at("modelName"), piece);
        if (bubble.at("type").number().equals(OptionalLong.of(BY_USER))) {
            JsonSlice text = bubble.at("text");
            said("prompt", text, bubble, new Rest(bubble, text), piece);
            title(Title.Giver.FIRST_PROMPT, text, piece);
        } else {
            answer(bubble, piece);
        }
        usage(bubble, piece);
    }

    private void answer(JsonSlice bubble, PieceBuilder piece) {
        JsonSlice text = bubble.at("text").text().isEmpty() ? JsonSlice.NONE : bubble.at("text");
        JsonSlice thinking = bubble.at("thinking").at("text").isText() ? bubble.at("thinking") : JsonSlice.NONE;
        JsonSlice former = bubble.at("toolFormerData");
        JsonSlice tool = former.at("name").isText() || former.at("tool").exists() ? former : JsonSlice.NONE;
        Rest rest = new Rest(bubble, text, thinking, tool);
        if (thinking.exists()) {
            said("thinking", thinking, bubble, rest, piece);
        }
        if (text.exists()) {
            said("answer", text, bubble, rest, piece);
        }
        if (tool.exists()) {
            tool(tool, bubble, rest, piece);
        }
        if (!thinking.exists() && !text.exists() && !tool.exists()) {
            piece.event(Kind.LIFECYCLE, rest.with(payload("bubble", bubble)).json());
        }
    }

    private static Payload payload(String word, JsonSlice bubble) {
        Payload payload = Payload.of(word);
        return bubble.at("bubbleId").word().map(payload::id).orElse(payload);
    }

    private void said(String word, JsonSlice block, JsonSlice bubble, Rest rest, PieceBuilder piece) {
        piece.event(
                        Kind.MESSAGE,
                        rest.with(payload(word, bubble).with("block", block)).json())
                .model(model());
    }

    /// A call, and its result once it has one; the call keeps all but that.
    private void tool(JsonSlice tool, JsonSlice bubble, Rest rest, PieceBuilder piece) {
        @Nullable String name = tool.at("name").word().orElse(null);
        @Nullable String id = tool.at("toolCallId").word().orElse(null);
        JsonSlice result = tool.at("result");
        piece.event(
                        Kind.TOOL_CALL,
                        rest.with(payload("tool_call", bubble).without("block", tool, result))
                                .json())
                .tool(name)
                .toolCallId(id)
                .model(model());
        if (!AT_WORK.contains(status(tool))) {
            piece.event(
                            Kind.TOOL_RESULT,
                            payload("tool_result", bubble)
                                    .with("status", tool.at("status"))
                                    .with("block", result)
                                    .json())
                    .tool(name)
                    .toolCallId(id)
                    .stopReason(status(tool).equals("error") ? "error" : null);
        }
    }

    /// Most bubbles say 0 where nothing was counted, so that a 0 tells nothing.
    private void usage(JsonSlice bubble, PieceBuilder piece) {
        JsonSlice tokens = bubble.at("tokenCount");
        OptionalLong input = counted(tokens.at("inputTokens"));
        OptionalLong output = counted(tokens.at("outputTokens"));
        Optional<String> id = bubble.at("bubbleId").word();
        if (id.isEmpty() || (input.isEmpty() && output.isEmpty())) {
            return;
        }
        Event.Builder cost = piece.cost(Payload.of("usage")
                        .with("message", bubble.at("bubbleId"))
                        .with("block", tokens)
                        .json())
                .model(model());
        PieceBuilder.measure(cost, Measure.TOKENS_IN, input);
        PieceBuilder.measure(cost, Measure.TOKENS_OUT, output);
        piece.usage(cost, event -> new Usage.Growing(id.get(), "", false, event));
    }

    private static OptionalLong counted(JsonSlice tokens) {
        OptionalLong told = tokens.number();
        return told.isPresent() && told.getAsLong() > 0 ? told : OptionalLong.empty();
    }
}
