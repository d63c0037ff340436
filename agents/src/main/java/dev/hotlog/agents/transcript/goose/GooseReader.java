// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.goose;

import dev.hotlog.agents.transcript.Blocks;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionReader;
import dev.hotlog.agents.transcript.StateText;
import dev.hotlog.agents.transcript.Title;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Transcript.Identity;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JacksonException;

/// Reads one session: the session itself, then each message, block by block.
///
/// A message is known by its role, its time, and how many like it came before: that stays when a file is
/// taken into the database, and when its rows are written anew.
final class GooseReader extends SessionReader {
    /// What a session is called that has no name yet.
    private static final Set<String> UNNAMED = Set.of("CLI Session", "New Chat", "New Session");

    private final Map<String, Integer> alike = new HashMap<>();

    GooseReader(Transcript transcript, Identity identity, ReaderState state) {
        super(transcript, identity, state);
    }

    @Override
    protected void take(JsonSlice object, PieceBuilder piece) {
        if (object.at("role").exists()) {
            message(object, piece);
        } else {
            session(object, piece);
        }
    }

    private void session(JsonSlice session, PieceBuilder piece) {
        piece.event(
                Kind.LIFECYCLE,
                Payload.of("session_start").id(sessionId).with("line", session).json());
        piece.fact(SessionFacts.WORKSPACE, session.at("working_dir").word());
        model(inText(session.at("model_config_json")).at("model_name"), piece);
        boolean byUser = session.at("user_set_name").number().orElse(0) == 1;
        if (byUser) {
            title(Title.Giver.USER, session.at("name"), piece);
        } else {
            String name = session.at("name").text();
            title(Title.Giver.AGENT, session.at("description"), piece);
            title(Title.Giver.AGENT, UNNAMED.contains(name) ? "" : name, piece);
        }
        usage(session, piece);
    }

    /// An object that is written into a text.
    private static JsonSlice inText(JsonSlice text) {
        String json = text.text().strip();
        try {
            return json.startsWith("{") ? JsonSlice.of(json) : JsonSlice.NONE;
        } catch (JacksonException _) {
            return JsonSlice.NONE;
        }
    }

    /// The session's totals, which grow; where it has none, the figures of its last call, which are a part of
    /// them. Input holds what caches had to do with it.
    private void usage(JsonSlice session, PieceBuilder piece) {
        JsonSlice input = session.at("accumulated_input_tokens");
        JsonSlice output = session.at("accumulated_output_tokens");
        boolean all = input.number().isPresent() || output.number().isPresent();
        JsonSlice in = all ? input : session.at("input_tokens");
        JsonSlice out = all ? output : session.at("output_tokens");
        if (in.number().isEmpty() && out.number().isEmpty()) {
            return;
        }
        Event.Builder cost = piece.cost(
                        Payload.of("usage").with("block", figures(session)).json())
                .model(model());
        GooseTime.ofSession(session.at("updated_at")).ifPresent(millis -> cost.ts(millis, true));
        PieceBuilder.measure(cost, Measure.TOKENS_IN, in.number());
        PieceBuilder.measure(cost, Measure.TOKENS_OUT, out.number());
        piece.usage(cost, event -> new Usage.Growing(sessionId, "", false, event));
        piece.fact(SessionFacts.USAGE, Optional.of(all ? "complete" : "incomplete"));
    }

    private static JsonSlice figures(JsonSlice session) {
        StateText figures = new StateText();
        session.names().stream()
                .filter(name -> name.endsWith("_tokens"))
                .sorted()
                .forEach(name -> session.at(name).number().ifPresent(tokens -> figures.put(name, tokens)));
        return JsonSlice.of(figures.end());
    }

    private void message(JsonSlice message, PieceBuilder piece) {
        boolean byUser = message.at("role").text().equals("user");
        Blocks blocks = new Blocks(message, message.at("content"), piece, id(message));
        for (JsonSlice block : blocks.orWhole("message")) {
            block(block, byUser, isShown(message), blocks, piece);
        }
    }

    private String id(JsonSlice message) {
        OptionalLong created = timeOf(message);
        String like = message.at("role").word().orElse("") + "@"
                + (created.isPresent() ? Long.toString(created.getAsLong()) : "");
        int before = alike.merge(like, 1, Integer::sum) - 1;
        return before == 0 ? like : like + "." + before;
    }

    /// Whether a message is for people to see, and not for the model alone.
    private static boolean isShown(JsonSlice message) {
        JsonSlice metadata =
                message.at("metadata").isObject() ? message.at("metadata") : inText(message.at("metadata_json"));
        return !metadata.at("userVisible").toString().equals("false");
    }

    private void block(JsonSlice block, boolean byUser, boolean shown, Blocks blocks, PieceBuilder piece) {
        String type = block.isText() ? "text" : block.at("type").word().orElse("unknown");
        switch (type) {
            case "text" -> {
                if (!byUser) {
                    blocks.event(Kind.MESSAGE, "answer", block).model(model());
                } else if (shown) {
                    blocks.event(Kind.MESSAGE, "prompt", block);
                    title(Title.Giver.FIRST_PROMPT, block.isText() ? block : block.at("text"), piece);
                } else {
                    blocks.event(Kind.LIFECYCLE, "context", block);
                }
            }
            case "thinking", "redactedThinking" ->
                blocks.event(Kind.MESSAGE, "thinking", block).model(model());
            case "toolRequest", "frontendToolRequest" -> toolCall(block, blocks);
            case "toolResponse" -> toolResult(block, blocks);
            case "conversationCompacted", "summarizationRequested" -> blocks.event(Kind.LIFECYCLE, "compaction", block);
            default -> blocks.event(Kind.LIFECYCLE, type, block);
        }
    }

    private void toolCall(JsonSlice block, Blocks blocks) {
        Optional<String> id = block.at("id").word();
        Optional<String> tool = told(block.at("toolCall")).at("name").word();
        id.ifPresent(call -> tool.ifPresent(name -> state.calls.called(call, name)));
        blocks.event(Kind.TOOL_CALL, "tool_call", block)
                .tool(tool.orElse(null))
                .toolCallId(id.orElse(null))
                .model(model());
    }

    private void toolResult(JsonSlice block, Blocks blocks) {
        Optional<String> id = block.at("id").word();
        JsonSlice result = block.at("toolResult");
        boolean failed = result.at("status").text().equals("error")
                || result.at("Err").exists()
                || told(result).at("isError").isTrue();
        blocks.event(Kind.TOOL_RESULT, "tool_result", block)
                .tool(id.flatMap(state.calls::answered).orElse(null))
                .toolCallId(id.orElse(null))
                .stopReason(failed ? "error" : null);
    }

    /// What a call or a result holds when nothing went wrong; versions differ in how they say so.
    private static JsonSlice told(JsonSlice result) {
        if (result.at("value").exists()) {
            return result.at("value");
        }
        return result.at("Ok").exists() ? result.at("Ok") : result;
    }
}
