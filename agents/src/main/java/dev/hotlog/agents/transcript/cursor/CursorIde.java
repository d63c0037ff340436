// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.cursor;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Sqlite;
import dev.hotlog.agents.transcript.Timestamp;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Cursor's editor: `Cursor/User/globalStorage/state.vscdb` under `~/.config` or what `XDG_CONFIG_HOME`
/// names, or where macOS and Windows keep such folders.
///
/// The agent may tell of a conversation under the same id in a transcript of its own, so that the session's
/// id here is `ide/<conversation>`.
public final class CursorIde implements Transcript {
    public static final String AGENT = "cursor-ide";

    private static final String DATABASE = "Cursor/User/globalStorage/state.vscdb";

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        return List.of(
                Folders.listedOr(home.resolve(".config"), environment, "XDG_CONFIG_HOME")
                        .getFirst()
                        .resolve(DATABASE),
                home.resolve("Library/Application Support").resolve(DATABASE),
                Folders.roaming(home, environment).resolve(DATABASE));
    }

    /// Other editors of its kind have a database of that name too.
    @Override
    public boolean isTranscript(Path file) {
        return file.endsWith(DATABASE);
    }

    @Override
    public List<Path> toldBy(Path changed) {
        return Transcript.super.toldBy(Sqlite.databaseOf(changed));
    }

    @Override
    public boolean isLines(Path file) {
        return false;
    }

    @Override
    public boolean givesIds() {
        return true;
    }

    @Override
    public List<Whole> wholes(Path file) throws IOException {
        return Conversation.all(file);
    }

    @Override
    public boolean recognises(JsonSlice object) {
        return false;
    }

    @Override
    public OptionalLong timeOf(JsonSlice object) {
        OptionalLong created = Timestamp.textOrMillis(object.at("createdAt"));
        return created.isPresent()
                ? created
                : Timestamp.textOrMillis(object.at("timingInfo").at("clientStartTime"));
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return SessionId.in(object.at("composerId"));
    }

    @Override
    public Identity identity(Path file, Head head) {
        String conversation = head.sessionId().isEmpty() ? Folders.name(file) : head.sessionId();
        return new Identity("ide/" + conversation, "", false);
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new BubbleReader(this, identity, ReaderState.of(head, state));
    }
}
