// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.droid;

import dev.hotlog.agents.transcript.Document;
import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Timestamp;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import dev.hotlog.agents.transcript.Whole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Factory's Droid: `sessions/<folder>/<session>.jsonl` and `<session>.settings.json` under `~/.factory` or
/// the folder that `FACTORY_DIR` names, or `<folder>/…` in the one that `DROID_SESSIONS_DIR` names.
///
/// The session's id is the file's name, whatever its lines say.
public final class Droid implements Transcript {
    public static final String AGENT = "droid";

    private static final String SETTINGS = ".settings.json";
    private static final String LINES = ".jsonl";
    private static final String SESSIONS = "sessions";

    /// Lines of its output, which may be kept as a transcript.
    private static final Set<String> STREAMED = Set.of("message", "tool_call", "tool_result", "completion");

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        List<Path> sessions = Folders.listed(environment, "DROID_SESSIONS_DIR");
        return sessions.isEmpty()
                ? Folders.each(Folders.listedOr(home.resolve(".factory"), environment, "FACTORY_DIR"), SESSIONS)
                : sessions;
    }

    @Override
    public boolean isTranscript(Path file) {
        return isLines(file) || isSettings(file);
    }

    /// Settings lie beside transcripts; a file of that name elsewhere is somebody else's.
    private static boolean isSettings(Path file) {
        Path folder = file.getParent();
        return Folders.name(file).endsWith(SETTINGS)
                && folder != null
                && (Folders.name(folder).equals(SESSIONS)
                        || Folders.name(folder.getParent()).equals(SESSIONS));
    }

    @Override
    public boolean isLines(Path file) {
        return Folders.name(file).endsWith(LINES);
    }

    /// A session lies in two files, so that a place in one of them is none in the session.
    @Override
    public boolean givesIds() {
        return true;
    }

    @Override
    public List<Whole> wholes(Path file) {
        return List.of(new Document(file));
    }

    @Override
    public boolean recognises(JsonSlice object) {
        String type = object.at("type").word().orElse("");
        boolean begins = type.equals("session_start")
                && object.at("id").isText()
                && (object.at("cwd").isText() || object.at("owner").isText());
        return begins
                || (STREAMED.contains(type)
                        && (object.at("session_id").isText()
                                || (object.at("sessionId").isText()
                                        && object.at("timestamp").number().isPresent())));
    }

    @Override
    public OptionalLong timeOf(JsonSlice object) {
        return Timestamp.textOrMillis(object.at("timestamp"));
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return "";
    }

    @Override
    public Identity identity(Path file, Head head) {
        return new Identity(SessionId.named(file, isLines(file) ? LINES : SETTINGS), "", false);
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new DroidReader(this, identity, ReaderState.of(head, state));
    }
}
