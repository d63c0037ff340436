// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.goose;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Sqlite;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import dev.hotlog.agents.transcript.Whole;
import dev.hotlog.agents.transcript.WholeLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Goose: `sessions.db` and older `<session>.jsonl` in `goose/sessions` under `~/.local/share` or what
/// `XDG_DATA_HOME` names, in the like folders of macOS and Windows, or in `data/sessions` under the folders
/// that `GOOSE_PATH_ROOT` names.
///
/// Newer versions take older files into the database, where a session keeps its id: it is one session, told
/// twice.
public final class Goose implements Transcript {
    public static final String AGENT = "goose";

    private static final String DATABASE = "sessions.db";
    private static final String LINES = ".jsonl";

    private static final String SESSIONS = "sessions";

    /// What the folder of sessions lies in.
    private static final Set<String> HOMES = Set.of("goose", "data");

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        List<Path> configured = Folders.listed(environment, "GOOSE_PATH_ROOT");
        if (!configured.isEmpty()) {
            return Folders.each(configured, "data/sessions");
        }
        return List.of(
                Folders.data(home, environment).resolve("goose/sessions"),
                home.resolve(".local/share/Block/goose/sessions"),
                home.resolve("Library/Application Support/goose/sessions"),
                Folders.roaming(home, environment).resolve("Block/goose/sessions"));
    }

    @Override
    public boolean isTranscript(Path file) {
        Path folder = file.getParent();
        return (isDatabase(file) || Folders.name(file).endsWith(LINES))
                && folder != null
                && Folders.name(folder).equals(SESSIONS)
                && HOMES.contains(Folders.name(folder.getParent()));
    }

    private static boolean isDatabase(Path file) {
        return Folders.name(file).equals(DATABASE);
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
        return isDatabase(file) ? SessionRow.all(file) : List.of(new WholeLines(file));
    }

    @Override
    public boolean recognises(JsonSlice object) {
        return false;
    }

    @Override
    public OptionalLong timeOf(JsonSlice object) {
        return object.at("created").exists()
                ? GooseTime.ofMessage(object.at("created"))
                : GooseTime.ofSession(object.at("created_at"));
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return object.at("created_at").exists() ? SessionId.in(object.at("id")) : "";
    }

    @Override
    public Identity identity(Path file, Head head) {
        return new Identity(head.sessionId().isEmpty() ? SessionId.named(file, LINES) : head.sessionId(), "", false);
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new GooseReader(this, identity, ReaderState.of(head, state));
    }
}
