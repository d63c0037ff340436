// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.codex;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.agents.transcript.Piece;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.agents.transcript.Timestamp;
import dev.hotlog.agents.transcript.Title;
import dev.hotlog.agents.transcript.TranscriptReader;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads one file of Codex. Every line is one event; a count of tokens may give a Cost event besides.
///
/// Messages are told twice. What went to and came from the model (`response_item`) carries more, images say, and is
/// what we take for the message; what was shown to the user (`event_msg`) is kept as Lifecycle under its own name.
final class CodexReader implements TranscriptReader {
    private final String sessionId;
    private final CodexState state;

    CodexReader(String sessionId, CodexState state) {
        this.sessionId = sessionId;
        this.state = state;
    }

    @Override
    public void titled() {
        state.title.known();
    }

    @Override
    public Piece read(JsonSlice line, long seq) {
        OptionalLong told = Timestamp.millis(line.at("timestamp"));
        state.millis = told.orElse(state.millis);
        PieceBuilder piece = new PieceBuilder(sessionId, seq, state.millis, told.isPresent());
        piece.fact(SessionFacts.AGENT, Optional.of(Codex.AGENT));
        JsonSlice payload = line.at("payload");
        if (!payload.isObject()) {
            piece.event(Kind.LIFECYCLE, Payload.whole(line.at("type").word().orElse("unknown"), line));
            return piece.build();
        }
        String type = line.at("type").word().orElse("unknown");
        String inner = payload.at("type").word().orElse("");
        switch (type) {
            case "session_meta" -> sessionMeta(payload, piece);
            case "turn_context" -> turnContext(payload, piece);
            default -> {}
        }
        CodexItem item = CodexItem.of(type, inner, payload);
        Event.Builder event = piece.event(
                item.kind(),
                Payload.of(item.word())
                        .with("block", payload)
                        .lineWithout(line, payload)
                        .json());
        details(item, payload, event, piece);
        if (inner.equals("token_count")) {
            tokenCount(payload, piece);
        }
        return piece.build();
    }

    private void details(CodexItem item, JsonSlice payload, Event.Builder event, PieceBuilder piece) {
        switch (item.word()) {
            case "answer", "thinking" -> event.model(state.model.isEmpty() ? null : state.model);
            case "prompt" ->
                piece.fact(
                        SessionFacts.TITLE, state.title.offered(Title.Giver.FIRST_PROMPT, CodexItem.promptIn(payload)));
            case "title" -> piece.fact(SessionFacts.TITLE, state.title.offered(Title.Giver.USER, item.title(payload)));
            case "tool_call" -> {
                Optional<String> id = item.callId(payload);
                Optional<String> tool = item.tool(payload);
                id.ifPresent(call -> tool.ifPresent(name -> state.calls.called(call, name)));
                event.tool(tool.orElse(null))
                        .toolCallId(id.orElse(null))
                        .model(state.model.isEmpty() ? null : state.model);
            }
            case "tool_result" -> {
                Optional<String> id = item.callId(payload);
                event.tool(id.flatMap(state.calls::answered).orElse(null)).toolCallId(id.orElse(null));
            }
            default -> {}
        }
        if (CodexItem.failed(payload)) {
            event.stopReason("error");
        }
        PieceBuilder.measure(event, Measure.LATENCY_MS, CodexItem.durationMillis(payload));
        PieceBuilder.measure(
                event, Measure.TTFT_MS, payload.at("time_to_first_token_ms").number());
    }

    private void sessionMeta(JsonSlice meta, PieceBuilder piece) {
        String id = meta.at("id").word().orElse(sessionId);
        Optional<String> parent = meta.at("forked_from_id")
                .word()
                .or(() -> meta.at("parent_thread_id").word())
                .or(() -> meta.at("source")
                        .at("subagent")
                        .at("thread_spawn")
                        .at("parent_thread_id")
                        .word());
        if (!id.equals(sessionId)) {
            // An ancestor's line: what follows, up to where this session goes on alone, is a copy of its history.
            state.root = parent.orElse(id);
            return;
        }
        if (state.root.equals(sessionId)) {
            state.root = parent.orElse(sessionId);
        }
        piece.fact(SessionFacts.PARENT, parent);
        piece.fact(SessionFacts.WORKSPACE, meta.at("cwd").word());
        piece.fact(SessionFacts.VERSION, meta.at("cli_version").word());
        piece.fact(SessionFacts.BRANCH, meta.at("git").at("branch").word());
    }

    private void turnContext(JsonSlice context, PieceBuilder piece) {
        state.model = context.at("model").word().orElse(state.model);
        piece.fact(SessionFacts.MODEL, context.at("model").word());
        piece.fact(SessionFacts.WORKSPACE, context.at("cwd").word());
    }

    /// The total is of the whole session; a call used the difference to the total before. It is told again without
    /// a call in between, and may leave a call out: differences are exact all the same.
    private void tokenCount(JsonSlice payload, PieceBuilder piece) {
        JsonSlice info = payload.at("info");
        JsonSlice totalUsage = info.at("total_token_usage");
        Optional<TokenTotals> total = TokenTotals.in(totalUsage);
        if (total.isEmpty()) {
            return;
        }
        JsonSlice lastUsage = info.at("last_token_usage");
        TokenTotals used = used(total.get(), lastUsage);
        state.total = total.get();
        Event.Builder cost = piece.cost(
                        Payload.of("usage").with("block", totalUsage).json())
                .model(state.model.isEmpty() ? null : state.model);
        used.measure(cost);
        PieceBuilder.measure(
                cost, Measure.CONTEXT_USED_TOKENS, lastUsage.at("total_tokens").number());
        PieceBuilder.measure(
                cost,
                Measure.CONTEXT_MAX_TOKENS,
                info.at("model_context_window").number());
        String key = state.root + ":" + total.get();
        piece.usage(cost, event -> new Usage.Once(key, event));
    }

    private TokenTotals used(TokenTotals total, JsonSlice lastUsage) {
        TokenTotals before = state.total;
        if (before != null) {
            return total.since(before);
        }
        // A fork may go on from its parent's total without a copy of the lines that led there.
        boolean inherited = !state.root.equals(sessionId);
        return inherited ? TokenTotals.in(lastUsage).orElse(total) : total;
    }

    @Override
    public String state() {
        return state.asText();
    }
}
