// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.opencode;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Sqlite;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// OpenCode: `storage` and `opencode.db` in `opencode` under `~/.local/share` or what `XDG_DATA_HOME`
/// names, or in the folders that `OPENCODE_DATA_DIR` names. A machine can have both, and both may tell the
/// same.
///
/// Of the tree, the file that stands for a session is `storage/session/<project>/<session>.json`.
public final class OpenCode implements Transcript {
    public static final String AGENT = "opencode";

    static final String SESSION = "session";

    private static final String DATABASE = "opencode.db";

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        return Folders.each(folders(home, environment), DATABASE, "storage/" + SESSION);
    }

    private static List<Path> folders(Path home, Map<String, String> environment) {
        Path standard = Folders.data(home, environment).resolve("opencode");
        return Folders.listedOr(standard, environment, "OPENCODE_DATA_DIR");
    }

    /// Messages change when any of their parts does; the parts, each message's in a folder, are too many to follow.
    @Override
    public List<Path> followed(Path home, Map<String, String> environment) {
        return Folders.each(
                folders(home, environment), DATABASE, "storage/" + SESSION, "storage/" + SessionTree.MESSAGE);
    }

    @Override
    public List<Path> toldBy(Path changed) {
        Path file = Sqlite.databaseOf(changed);
        return isTranscript(file) ? List.of(file) : SessionTree.ofMessage(file);
    }

    /// Nothing beside these is opened: there lies what logs the user in.
    @Override
    public boolean isTranscript(Path file) {
        return isDatabase(file) || SessionTree.isSession(file);
    }

    private static boolean isDatabase(Path file) {
        return Folders.name(file).equals(DATABASE);
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
        return isDatabase(file) ? SessionRows.all(file) : List.of(new SessionTree(file));
    }

    @Override
    public boolean recognises(JsonSlice object) {
        return false;
    }

    @Override
    public OptionalLong timeOf(JsonSlice object) {
        return object.at("time").at("created").number();
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return SessionId.in(object.at("id"));
    }

    @Override
    public Identity identity(Path file, Head head) {
        String name = SessionId.named(file, ".json");
        return new Identity(head.sessionId().isEmpty() ? name : head.sessionId(), "", false);
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new OpenCodeReader(this, identity, ReaderState.of(head, state));
    }
}
