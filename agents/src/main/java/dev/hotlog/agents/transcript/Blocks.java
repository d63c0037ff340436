// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import java.util.List;

/// The blocks of one line, each an event: the first of them keeps the line around the blocks.
///
/// The content is an array of blocks, or a text or an object that stands for one block.
public final class Blocks {
    /// More blocks than any message has: such a line is kept whole.
    private static final int MAX_BLOCKS = 10_000;

    private final JsonSlice line;
    private final JsonSlice content;
    private final PieceBuilder piece;
    private final String id;
    private int count;

    /// @param content where the blocks are; a part of the line
    public Blocks(JsonSlice line, JsonSlice content, PieceBuilder piece) {
        this(line, content, piece, "");
    }

    /// @param id by which the agent tells the line from others of the session ([Payload#id]), and each block
    ///     by its place in it; empty when there is none
    public Blocks(JsonSlice line, JsonSlice content, PieceBuilder piece, String id) {
        this.line = line;
        this.content = content;
        this.piece = piece;
        this.id = id;
    }

    /// The blocks; without any, the line is one event, under that word.
    public List<JsonSlice> orWhole(String word) {
        List<JsonSlice> blocks = content.isText()
                ? List.of(content)
                : content.elements(MAX_BLOCKS).orElse(List.of());
        if (blocks.isEmpty()) {
            piece.event(Kind.LIFECYCLE, named(word).with("line", line).json());
        }
        return blocks;
    }

    /// The event of a block.
    ///
    /// @param word the payload's `type`
    public Event.Builder event(Kind kind, String word, JsonSlice block) {
        Payload payload = named(word).with("block", block);
        if (count == 0) {
            payload.lineWithout(line, content);
        }
        count++;
        return piece.event(kind, payload.json());
    }

    private Payload named(String word) {
        Payload payload = Payload.of(word);
        if (id.isEmpty()) {
            return payload;
        }
        return payload.id(count == 0 ? id : id + "/" + count);
    }

    /// Every block as the same thing.
    public void all(Kind kind, String word) {
        for (JsonSlice block : orWhole(word)) {
            event(kind, word, block);
        }
    }
}
