// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.amp;

import dev.hotlog.agents.transcript.Blocks;
import dev.hotlog.agents.transcript.ContentBlock;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionReader;
import dev.hotlog.agents.transcript.Timestamp;
import dev.hotlog.agents.transcript.Title;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Transcript.Identity;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads one thread: the thread itself, then each message, block by block.
///
/// What the last message is still at is left for later. Ids of messages are used again when a thread is taken
/// back to an earlier one, so that it takes their time too, or the call they answer, to tell them apart.
final class AmpReader extends SessionReader {
    private static final int MAX_MESSAGES = 1_000_000;
    private static final Set<String> AT_WORK = Set.of("streaming", "in-progress", "queued", "pending");

    /// How many messages are still to come.
    private int rest;

    AmpReader(Transcript transcript, Identity identity, ReaderState state) {
        super(transcript, identity, state);
    }

    @Override
    protected void take(JsonSlice object, PieceBuilder piece) {
        if (object.at("role").exists()) {
            rest--;
            message(object, piece);
        } else {
            thread(object, piece);
        }
    }

    private void thread(JsonSlice thread, PieceBuilder piece) {
        JsonSlice all = thread.at(Amp.MESSAGES);
        List<JsonSlice> messages = all.elements(MAX_MESSAGES).orElse(List.of());
        rest = messages.size();
        piece.event(
                Kind.LIFECYCLE,
                Payload.of("session_start")
                        .id(sessionId)
                        .lineWithout(thread, all)
                        .json());
        title(Title.Giver.AGENT, thread.at("title"), piece);
        List<JsonSlice> trees =
                thread.at("env").at("initial").at("trees").elements(MAX_PARTS).orElse(List.of());
        if (!trees.isEmpty()) {
            piece.fact(
                    SessionFacts.WORKSPACE,
                    trees.getFirst().at("uri").word().map(uri -> uri.replaceFirst("^file://(?=/)", "")));
        }
        ledger(thread.at("usageLedger").at("events"), messages, piece);
    }

    /// What messages tell themselves of their usage is told in the ledger again, and in less detail.
    private void ledger(JsonSlice events, List<JsonSlice> messages, PieceBuilder piece) {
        Set<String> told = new HashSet<>();
        for (JsonSlice message : messages) {
            if (message.at("usage").isObject()) {
                told.add(name(message.at("messageId")));
            }
        }
        for (JsonSlice event : events.elements(MAX_MESSAGES).orElse(List.of())) {
            String message = name(event.at("toMessageId"));
            JsonSlice tokens = event.at("tokens");
            if (!tokens.isObject() || told.contains(message)) {
                continue;
            }
            Event.Builder cost = cost(event, event.at("model"), piece);
            PieceBuilder.measure(cost, Measure.TOKENS_IN, tokens.at("input").number());
            PieceBuilder.measure(cost, Measure.TOKENS_OUT, tokens.at("output").number());
            Timestamp.textOrMillis(event.at("timestamp")).ifPresent(millis -> cost.ts(millis, true));
            String key = message.isEmpty() ? "ledger/" + name(event.at("id")) : message;
            piece.usage(cost, counted -> new Usage.Growing(sessionId + "/" + key, "", false, counted));
        }
    }

    /// A number or a word that names something; empty when it is neither.
    private static String name(JsonSlice id) {
        OptionalLong number = id.number();
        return number.isPresent()
                ? Long.toString(number.getAsLong())
                : id.word().orElse("");
    }

    private static Event.Builder cost(JsonSlice usage, JsonSlice model, PieceBuilder piece) {
        return piece.cost(Payload.of("usage").with("block", usage).json())
                .model(model.word().orElse(null));
    }

    private void message(JsonSlice message, PieceBuilder piece) {
        boolean last = rest == 0;
        if (last && isAtWork(message.at("state").at("type"))) {
            return;
        }
        if (message.at("usage").at("model").isText()) {
            model(message.at("usage").at("model"), piece);
        }
        Blocks blocks = new Blocks(message, message.at("content"), piece, id(message));
        String role = message.at("role").word().orElse("unknown");
        for (JsonSlice block : blocks.orWhole(role)) {
            if (last && isAtWork(block.at("run").at("status"))) {
                break;
            }
            block(role, block, blocks, piece);
        }
        usage(message, piece);
    }

    private static boolean isAtWork(JsonSlice status) {
        return AT_WORK.contains(status.word().orElse(""));
    }

    /// What tells a message from all others of the thread.
    private String id(JsonSlice message) {
        String number = name(message.at("messageId"));
        OptionalLong told = timeOf(message);
        if (told.isPresent()) {
            return number + "@" + told.getAsLong();
        }
        List<JsonSlice> blocks = message.at("content").elements(MAX_PARTS).orElse(List.of());
        Optional<String> call = blocks.isEmpty()
                ? Optional.empty()
                : blocks.getFirst().at("toolUseID").word();
        return call.map(id -> number + "@" + id).orElse(number);
    }

    private void block(String role, JsonSlice block, Blocks blocks, PieceBuilder piece) {
        boolean text = ContentBlock.type(block).equals("text");
        if (role.equals("user") && text) {
            blocks.event(Kind.MESSAGE, "prompt", block);
            title(Title.Giver.FIRST_PROMPT, block.isText() ? block : block.at("text"), piece);
            return;
        }
        Event.Builder event = ContentBlock.event(block, blocks, state.calls);
        if (role.equals("assistant")) {
            event.model(model());
        }
        @Nullable String status = block.at("run").at("status").word().orElse(null);
        if (status != null && !status.equals("done")) {
            event.stopReason(status);
        }
    }

    /// Input leaves out what was read from or written to a cache.
    private void usage(JsonSlice message, PieceBuilder piece) {
        JsonSlice usage = message.at("usage");
        if (!usage.isObject()) {
            return;
        }
        Event.Builder cost = cost(usage, usage.at("model"), piece);
        PieceBuilder.measure(cost, Measure.TOKENS_IN, usage.at("inputTokens").number());
        PieceBuilder.measure(cost, Measure.TOKENS_OUT, usage.at("outputTokens").number());
        PieceBuilder.measure(
                cost,
                Measure.CACHE_READ_TOKENS,
                usage.at("cacheReadInputTokens").number());
        PieceBuilder.measure(
                cost,
                Measure.CACHE_CREATION_TOKENS,
                usage.at("cacheCreationInputTokens").number());
        String request = usage.at("timestamp").word().orElse("");
        String key = sessionId + "/" + name(message.at("messageId"));
        piece.usage(cost, counted -> new Usage.Growing(key, request, false, counted));
    }
}
