// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.claudecode;

import dev.hotlog.agents.transcript.Blocks;
import dev.hotlog.agents.transcript.ContentBlock;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.OpenCalls;
import dev.hotlog.agents.transcript.PieceBuilder;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import java.util.List;
import java.util.Optional;

/// The blocks of one message line, each an event: texts, thinking, tool calls and their results.
///
/// The content is an array of blocks, or a text that stands for one block. The line's first event keeps the
/// line around the blocks.
final class MessageBlocks {
    private final JsonSlice line;
    private final JsonSlice message;
    private final Blocks blocks;
    private final OpenCalls calls;

    MessageBlocks(JsonSlice line, OpenCalls calls, PieceBuilder piece) {
        this.line = line;
        this.message = line.at("message");
        this.blocks = new Blocks(line, message.at("content"), piece);
        this.calls = calls;
    }

    /// What the user, or the program for the user, said: the first prompt among it, as a title may show it.
    Optional<String> ofUser() {
        Optional<String> prompt = Optional.empty();
        for (JsonSlice block : blocks.orWhole("user")) {
            if (block.at("type").word().orElse("").equals("tool_result")) {
                event(block);
                continue;
            }
            UserText text = UserText.of(line, block);
            blocks.event(text.isPrompt() ? Kind.MESSAGE : Kind.LIFECYCLE, text.word(), block);
            if (text.isPrompt() && prompt.isEmpty() && !text.title().isEmpty()) {
                prompt = Optional.of(text.title());
            }
        }
        return prompt;
    }

    /// What the model said and called.
    void ofAssistant() {
        List<JsonSlice> parts = blocks.orWhole("assistant");
        Optional<String> stopReason = message.at("stop_reason").word();
        for (int i = 0; i < parts.size(); i++) {
            Event.Builder event =
                    event(parts.get(i)).model(message.at("model").word().orElse(null));
            if (i == parts.size() - 1) {
                event.stopReason(stopReason.orElse(null));
            }
        }
    }

    private Event.Builder event(JsonSlice block) {
        Event.Builder event = ContentBlock.event(block, blocks, calls);
        if (ContentBlock.isResult(ContentBlock.type(block))) {
            JsonSlice result = line.at("toolUseResult");
            JsonSlice total = result.at("totalDurationMs");
            PieceBuilder.measure(
                    event, Measure.LATENCY_MS, (total.exists() ? total : result.at("durationMs")).number());
        }
        return event;
    }

    /// Every block as the same thing.
    void all(Kind kind, String word) {
        blocks.all(kind, word);
    }
}
