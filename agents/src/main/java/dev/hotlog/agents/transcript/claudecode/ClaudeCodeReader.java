// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.claudecode;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.agents.transcript.SessionReader;
import dev.hotlog.agents.transcript.Title;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Transcript.Identity;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import java.util.Optional;

/// Reads one file of Claude Code: messages block by block, everything else line by line.
final class ClaudeCodeReader extends SessionReader {
    private static final String SYNTHETIC = "<synthetic>";

    private final Identity identity;
    private final ClaudeCodeState summaries;

    ClaudeCodeReader(Transcript transcript, Identity identity, ClaudeCodeState summaries) {
        super(transcript, identity, summaries.common);
        this.identity = identity;
        this.summaries = summaries;
    }

    @Override
    protected void take(JsonSlice line, PieceBuilder piece) {
        facts(line, piece);
        String type = line.at("type").word().orElse("unknown");
        switch (type) {
            case "user", "assistant" -> message(line, type, piece);
            default -> other(line, type, piece);
        }
    }

    private void facts(JsonSlice line, PieceBuilder piece) {
        piece.fact(SessionFacts.WORKSPACE, line.at("cwd").word());
        piece.fact(SessionFacts.BRANCH, line.at("gitBranch").word());
        piece.fact(SessionFacts.VERSION, line.at("version").word());
        if (!identity.subagent()) {
            Optional<String> origin = line.at("forkedFrom").at("sessionId").word();
            piece.fact(SessionFacts.PARENT, origin);
            piece.fact(SessionFacts.FORKED_FROM, origin);
        }
        line.at("uuid").word().flatMap(summaries::line).ifPresent(text -> title(Title.Giver.SUMMARY, text, piece));
    }

    private void message(JsonSlice line, String type, PieceBuilder piece) {
        JsonSlice message = line.at("message");
        String model = message.at("model").word().orElse("");
        boolean synthetic = model.equals(SYNTHETIC);
        boolean aside = line.at("isSidechain").isTrue();
        boolean ofSession = identity.subagent() || !aside;
        if (ofSession && !synthetic) {
            piece.fact(SessionFacts.MODEL, message.at("model").word());
        }
        MessageBlocks blocks = new MessageBlocks(line, state.calls, piece);
        if (type.equals("user")) {
            blocks.ofUser().filter(_ -> ofSession).ifPresent(prompt -> title(Title.Giver.FIRST_PROMPT, prompt, piece));
        } else if (line.at("isApiErrorMessage").isTrue()) {
            blocks.all(Kind.ERROR, "error");
        } else if (synthetic) {
            blocks.all(Kind.LIFECYCLE, "synthetic");
        } else {
            blocks.ofAssistant();
        }
        if (!synthetic) {
            ClaudeCodeUsage.of(line, aside, JsonSlice.NONE, piece);
        }
    }

    private void other(JsonSlice line, String type, PieceBuilder piece) {
        ClaudeCodeLine what = ClaudeCodeLine.of(line, type);
        Event.Builder event = piece.event(what.kind(), Payload.whole(what.word(), line));
        PieceBuilder.measure(event, Measure.LATENCY_MS, what.durationMillis().number());
        switch (type) {
            case "summary" ->
                line.at("leafUuid")
                        .word()
                        .flatMap(leaf ->
                                summaries.summary(leaf, line.at("summary").beginning(256)))
                        .ifPresent(text -> title(Title.Giver.SUMMARY, text, piece));
            case "ai-title" -> title(Title.Giver.AGENT, titleIn(line), piece);
            case "custom-title" -> title(Title.Giver.USER, titleIn(line), piece);
            case "progress" -> {
                JsonSlice nested = line.at("data").at("message");
                ClaudeCodeUsage.of(nested, true, line.at("data").at("agentId"), piece);
            }
            default -> {}
        }
    }

    private static String titleIn(JsonSlice line) {
        for (String name : new String[] {"customTitle", "aiTitle", "title"}) {
            if (line.at(name).isText()) {
                return line.at(name).beginning(512);
            }
        }
        return "";
    }

    @Override
    public String state() {
        return summaries.asText();
    }
}
