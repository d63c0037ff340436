// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.cursor;

import dev.hotlog.agents.transcript.Blocks;
import dev.hotlog.agents.transcript.ContentBlock;
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
import java.util.Optional;

/// Reads one file: messages block by block, everything else line by line.
final class CursorReader extends SessionReader {
    CursorReader(Transcript transcript, Identity identity, ReaderState state) {
        super(transcript, identity, state);
    }

    @Override
    protected void take(JsonSlice line, PieceBuilder piece) {
        Blocks blocks = new Blocks(line, line.at("message").at("content"), piece);
        switch (line.at("role").word().orElse("")) {
            case "user" -> {
                for (JsonSlice block : blocks.orWhole("user")) {
                    if (ContentBlock.type(block).equals("text")) {
                        prompt(block, blocks, piece);
                    } else {
                        ContentBlock.event(block, blocks, state.calls);
                    }
                }
            }
            case "assistant" -> {
                model(line.at("model"), piece);
                for (JsonSlice block : blocks.orWhole("assistant")) {
                    Event.Builder event = ContentBlock.event(block, blocks, state.calls);
                    event.model(model());
                }
            }
            default ->
                piece.event(Kind.LIFECYCLE, Payload.whole(line.at("type").word().orElse("unknown"), line));
        }
    }

    private void prompt(JsonSlice block, Blocks blocks, PieceBuilder piece) {
        Optional<String> query = Query.in((block.isText() ? block : block.at("text")).text());
        blocks.event(
                query.isPresent() ? Kind.MESSAGE : Kind.LIFECYCLE, query.isPresent() ? "prompt" : "context", block);
        query.ifPresent(text -> title(Title.Giver.FIRST_PROMPT, text, piece));
    }
}
