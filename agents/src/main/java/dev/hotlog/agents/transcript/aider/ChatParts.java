// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.aider;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Lines;
import dev.hotlog.agents.transcript.StateText;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Cuts a chat into parts, each an object with a `type` and its `text`: `start`; `user`, lines that begin
/// with `####`; `info`, one that begins with `>`; and `assistant`, whatever stands between these.
///
/// An answer that has lines like these in it looks like several parts: nothing tells them apart.
final class ChatParts implements Whole.Reading {
    static final String STARTED = "started";
    static final String SESSION = "session";
    static final String FOLDER = "folder";

    /// More than that of an answer is given in several parts.
    private static final int MAX_CHARS = 1 << 20;

    private static final String USER = "####";
    private static final String INFO = ">";

    private final Chat chat;
    private final FileChannel channel;
    private final Lines lines;
    private final Deque<Whole.Step> ready = new ArrayDeque<>();
    private final StringBuilder text = new StringBuilder();
    private String type = "";
    private boolean begun;

    ChatParts(Chat chat, FileChannel channel) {
        this.chat = chat;
        this.channel = channel;
        this.lines = new Lines(channel, chat.from(), chat.to());
    }

    @Override
    public Optional<Whole.Step> next() throws IOException {
        while (ready.isEmpty() && lines.next()) {
            if (lines.tooLongBytes() > 0) {
                endPart();
                String reason = "a line of " + lines.tooLongBytes() + " bytes, more than " + Lines.MAX_LINE_BYTES;
                ready.add(new Whole.Step.Bad(chat.path(), reason));
            } else {
                line(new String(lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8));
            }
        }
        if (ready.isEmpty()) {
            endPart();
        }
        return Optional.ofNullable(ready.poll());
    }

    private void line(String raw) {
        String line = raw.endsWith("\r") ? raw.substring(0, raw.length() - 1) : raw;
        if (!begun) {
            begun = true;
            start(line);
        } else if (line.startsWith(USER)) {
            add("user", line.substring(USER.length()).strip());
        } else if (line.startsWith(INFO)) {
            add("info", line.substring(INFO.length()).strip());
            endPart();
        } else if (!line.isBlank() || type.equals("assistant")) {
            add("assistant", line);
        } else {
            endPart();
        }
    }

    private void start(String line) {
        StateText start = part("start", line)
                .put(SESSION, chat.id())
                .put(STARTED, chat.startedMillis())
                .put(FOLDER, String.valueOf(chat.file().toAbsolutePath().getParent()));
        ready.add(new Whole.Step.Taken(JsonSlice.of(start.end())));
    }

    private void add(String part, String line) {
        if (!part.equals(type) || text.length() > MAX_CHARS) {
            endPart();
            type = part;
        }
        text.append(text.isEmpty() ? "" : "\n").append(line);
    }

    /// The part is whole; one that says nothing is none.
    private void endPart() {
        String said = text.toString().stripTrailing();
        if (!said.isBlank()) {
            ready.add(new Whole.Step.Taken(JsonSlice.of(part(type, said).end())));
        }
        text.setLength(0);
        type = "";
    }

    private static StateText part(String type, String text) {
        return new StateText().put("type", type).put("text", text);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
