// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.codex;

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

/// Reads one file of Codex. Every line is one event; a count of tokens may give a Cost event besides.
///
/// Messages are told twice. What went to and came from the model (`response_item`) carries more, images say, and is
/// what we take for the message; what was shown to the user (`event_msg`) is kept as Lifecycle under its own name.
final class CodexReader extends SessionReader {
    private final CodexState history;

    CodexReader(Transcript transcript, Identity identity, CodexState history) {
        super(transcript, identity, history.common);
        this.history = history;
    }

    @Override
    protected void take(JsonSlice line, PieceBuilder piece) {
        JsonSlice payload = line.at("payload");
        if (!payload.isObject()) {
            piece.event(Kind.LIFECYCLE, Payload.whole(line.at("type").word().orElse("unknown"), line));
            return;
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
    }

    private void details(CodexItem item, JsonSlice payload, Event.Builder event, PieceBuilder piece) {
        switch (item.word()) {
            case "answer", "thinking" -> event.model(model());
            case "prompt" -> title(Title.Giver.FIRST_PROMPT, CodexItem.promptIn(payload), piece);
            case "title" -> title(Title.Giver.USER, item.title(payload), piece);
            case "tool_call" -> {
                Optional<String> id = item.callId(payload);
                Optional<String> tool = item.tool(payload);
                id.ifPresent(call -> tool.ifPresent(name -> state.calls.called(call, name)));
                event.tool(tool.orElse(null)).toolCallId(id.orElse(null)).model(model());
            }
            case "tool_result" -> {
                Optional<String> id = item.callId(payload);
                event.tool(id.flatMap(state.calls::answered).orElse(null)).toolCallId(id.orElse(null));
                CodexOutput output = CodexOutput.of(payload.at("output"));
                if (output.failed()) {
                    event.stopReason("error");
                }
                PieceBuilder.measure(event, Measure.LATENCY_MS, output.tookMillis());
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
        Optional<String> origin = meta.at("forked_from_id").word();
        Optional<String> starter = meta.at("source")
                .at("subagent")
                .at("thread_spawn")
                .at("parent_thread_id")
                .word();
        Optional<String> parent =
                origin.or(() -> meta.at("parent_thread_id").word()).or(() -> starter);
        if (!id.equals(sessionId)) {
            // An ancestor's line: what follows, up to where this session goes on alone, is a copy of its history. It
            // is there again where the ancestor was resumed, behind what it has from its own ancestors.
            if (history.isNewAncestor(id)) {
                history.root = parent.orElse(id);
            }
            return;
        }
        if (history.root.equals(sessionId)) {
            history.root = parent.orElse(sessionId);
        }
        piece.fact(SessionFacts.PARENT, parent);
        piece.fact(SessionFacts.FORKED_FROM, origin.filter(_ -> starter.isEmpty()));
        piece.fact(SessionFacts.WORKSPACE, meta.at("cwd").word());
        piece.fact(SessionFacts.VERSION, meta.at("cli_version").word());
        piece.fact(SessionFacts.BRANCH, meta.at("git").at("branch").word());
    }

    private void turnContext(JsonSlice context, PieceBuilder piece) {
        model(context.at("model"), piece);
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
        history.total = total.get();
        Event.Builder cost =
                piece.cost(Payload.of("usage").with("block", totalUsage).json()).model(model());
        used.measure(cost);
        PieceBuilder.measure(
                cost, Measure.CONTEXT_USED_TOKENS, lastUsage.at("total_tokens").number());
        PieceBuilder.measure(
                cost,
                Measure.CONTEXT_MAX_TOKENS,
                info.at("model_context_window").number());
        String key = history.root + ":" + total.get();
        piece.usage(cost, event -> new Usage.Once(key, event));
    }

    private TokenTotals used(TokenTotals total, JsonSlice lastUsage) {
        TokenTotals before = history.total;
        if (before != null) {
            return total.since(before);
        }
        // A fork may go on from its parent's total without a copy of the lines that led there.
        boolean inherited = !history.root.equals(sessionId) && !history.isAncestor(history.root);
        return inherited ? TokenTotals.in(lastUsage).orElse(total) : total;
    }

    @Override
    public String state() {
        return history.asText();
    }
}
