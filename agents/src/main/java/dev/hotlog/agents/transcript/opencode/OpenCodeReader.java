// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.opencode;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Output;
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
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one session: the session itself, then each message and its parts.
///
/// What is still in the writing is left for later: in the last answer, and as long as the agent has not
/// said that it is done with it. Else one event would be told again with every word that is added. Prompts
/// may come after it, which wait for its end.
final class OpenCodeReader extends SessionReader {
    /// Comes before the last answer.
    static final String LAST = "{\"last\":true}";

    private static final Set<String> DONE = Set.of("completed", "error");

    private boolean last;
    private boolean inWriting;
    private boolean byUser;

    OpenCodeReader(Transcript transcript, Identity identity, ReaderState state) {
        super(transcript, identity, state);
    }

    @Override
    protected void take(JsonSlice object, PieceBuilder piece) {
        if (object.at("last").isTrue()) {
            last = true;
        } else if (object.at("messageID").exists()) {
            part(object, piece);
        } else if (object.at("role").exists()) {
            message(object, piece);
        } else {
            session(object, piece);
        }
    }

    /// When it began; a part without a time is as old as its message.
    @Override
    protected OptionalLong timeOf(JsonSlice object) {
        OptionalLong created = object.at("time").at("created").number();
        OptionalLong start = object.at("time").at("start").number();
        OptionalLong called = object.at("state").at("time").at("start").number();
        OptionalLong first = created.isPresent() ? created : start.isPresent() ? start : called;
        return first.isPresent() && first.getAsLong() < 0 ? OptionalLong.empty() : first;
    }

    private void session(JsonSlice session, PieceBuilder piece) {
        piece.event(
                Kind.LIFECYCLE,
                Payload.of("session_start").id(sessionId).with("line", session).json());
        piece.fact(SessionFacts.WORKSPACE, session.at("directory").word());
        piece.fact(SessionFacts.VERSION, session.at("version").word());
        piece.fact(SessionFacts.PARENT, session.at("parentID").word());
        String title = session.at("title").beginning(ENOUGH_BYTES);
        if (!title.startsWith("New session - ") && !title.startsWith("Child session - ")) {
            title(Title.Giver.AGENT, title, piece);
        }
    }

    private void message(JsonSlice message, PieceBuilder piece) {
        byUser = message.at("role").text().equals("user");
        JsonSlice error = message.at("error");
        boolean settled = byUser
                || error.isObject()
                || message.at("time").at("completed").number().isPresent();
        inWriting = last && !settled;
        JsonSlice model = message.at("modelID").exists()
                ? message.at("modelID")
                : message.at("model").at("modelID");
        model(model, piece);
        if (inWriting) {
            return;
        }
        boolean failed = error.isObject() && !error.at("name").text().equals("MessageAbortedError");
        piece.event(
                failed ? Kind.ERROR : Kind.LIFECYCLE,
                named(failed ? "error" : "message", message).json());
        if (!byUser) {
            usage(message, piece);
        }
    }

    private static Payload named(String word, JsonSlice object) {
        Payload payload = Payload.of(word);
        return object.at("id").word().map(payload::id).orElse(payload).with("block", object);
    }

    /// Input leaves out what was read from or written to a cache. Versions differ in whether output holds the
    /// reasoning; the total, where it is told, says so. A fork has copies of messages under new ids, with
    /// their times.
    private void usage(JsonSlice message, PieceBuilder piece) {
        JsonSlice tokens = message.at("tokens");
        OptionalLong input = tokens.at("input").number();
        if (input.isEmpty()) {
            return;
        }
        long read = tokens.at("cache").at("read").number().orElse(0);
        long written = tokens.at("cache").at("write").number().orElse(0);
        long reasoning = tokens.at("reasoning").number().orElse(0);
        long output = Output.withReasoning(
                tokens.at("output").number().orElse(0),
                reasoning,
                input.getAsLong() + read + written,
                tokens.at("total").number(),
                false);
        Event.Builder cost = piece.cost(Payload.of("usage")
                        .with("message", message.at("id"))
                        .with("block", tokens)
                        .json())
                .model(model())
                .stopReason(message.at("finish").word().orElse(null));
        PieceBuilder.measure(cost, Measure.TOKENS_IN, input);
        PieceBuilder.measure(cost, Measure.CACHE_READ_TOKENS, OptionalLong.of(read));
        PieceBuilder.measure(cost, Measure.CACHE_CREATION_TOKENS, OptionalLong.of(written));
        PieceBuilder.measure(cost, Measure.TOKENS_OUT, OptionalLong.of(output));
        PieceBuilder.measure(cost, Measure.REASONING_TOKENS, OptionalLong.of(reasoning));
        PieceBuilder.ownCost(cost, message.at("cost").millionths());
        OptionalLong completed = message.at("time").at("completed").number();
        piece.usageByTime(cost, (completed.isPresent() ? completed.getAsLong() : "") + "/" + state.model);
    }

    private void part(JsonSlice part, PieceBuilder piece) {
        String type = part.at("type").word().orElse("unknown");
        switch (type) {
            case "text" -> text(part, piece);
            case "reasoning" -> {
                if (!isInWriting(part)) {
                    piece.event(Kind.MESSAGE, named("thinking", part).json()).model(model());
                }
            }
            case "tool" -> tool(part, piece);
            case "compaction" ->
                piece.event(Kind.LIFECYCLE, named("compaction", part).json());
            default -> piece.event(Kind.LIFECYCLE, named(type, part).json());
        }
    }

    private boolean isInWriting(JsonSlice part) {
        return inWriting && part.at("time").at("end").number().isEmpty();
    }

    private void text(JsonSlice part, PieceBuilder piece) {
        if (byUser) {
            boolean program = part.at("synthetic").isTrue();
            piece.event(
                    program ? Kind.LIFECYCLE : Kind.MESSAGE,
                    named(program ? "context" : "prompt", part).json());
            if (!program) {
                title(Title.Giver.FIRST_PROMPT, part.at("text"), piece);
            }
        } else if (!isInWriting(part)) {
            piece.event(Kind.MESSAGE, named("answer", part).json()).model(model());
        }
    }

    /// A call, and its result once it has one; the call keeps all but the output.
    private void tool(JsonSlice part, PieceBuilder piece) {
        JsonSlice call = part.at("state");
        String status = call.at("status").word().orElse("");
        boolean done = DONE.contains(status);
        if (!done && inWriting) {
            return;
        }
        @Nullable String tool = part.at("tool").word().orElse(null);
        @Nullable String id = part.at("callID").word().orElse(null);
        JsonSlice output = call.at("output").exists() ? call.at("output") : call.at("error");
        Payload payload = Payload.of("tool_call");
        piece.event(
                        Kind.TOOL_CALL,
                        part.at("id")
                                .word()
                                .map(payload::id)
                                .orElse(payload)
                                .without("block", part, output)
                                .json())
                .tool(tool)
                .toolCallId(id)
                .model(model());
        if (!done) {
            return;
        }
        Payload result = Payload.of("tool_result");
        OptionalLong start = call.at("time").at("start").number();
        OptionalLong end = call.at("time").at("end").number();
        Event.Builder event = piece.event(
                        Kind.TOOL_RESULT,
                        part.at("id")
                                .word()
                                .map(result::id)
                                .orElse(result)
                                .with("block", output)
                                .json())
                .tool(tool)
                .toolCallId(id)
                .stopReason(status.equals("error") ? "error" : null);
        if (start.isPresent() && end.isPresent()) {
            PieceBuilder.measure(event, Measure.LATENCY_MS, OptionalLong.of(end.getAsLong() - start.getAsLong()));
        }
    }
}
