// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.cursor;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Cursor's agent: `projects/<folder>/agent-transcripts/<session>/<session>.jsonl` under `~/.cursor`; older
/// versions write `agent-transcripts/<session>.jsonl`.
///
/// The session's id is the file's name. A file in `<session>/subagents` is a session of its own,
/// `<session>/<subagent>`.
public final class Cursor implements Transcript {
    public static final String AGENT = "cursor";

    private static final Set<String> ROLES = Set.of("user", "assistant");

    /// What lines of other agents have, and those of Cursor lack.
    private static final List<String> FOREIGN = List.of("type", "uuid", "id", "sessionId", "timestamp");

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        return List.of(home.resolve(".cursor/projects"));
    }

    @Override
    public boolean isTranscript(Path file) {
        boolean among = false;
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            among |= folder.endsWith("agent-transcripts");
        }
        return among && Folders.name(file).endsWith(".jsonl");
    }

    @Override
    public boolean recognises(JsonSlice object) {
        return ROLES.contains(object.at("role").word().orElse(""))
                && object.at("message").at("content").exists()
                && FOREIGN.stream().noneMatch(name -> object.at(name).exists());
    }

    /// No line tells its time.
    @Override
    public OptionalLong timeOf(JsonSlice object) {
        return OptionalLong.empty();
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return "";
    }

    @Override
    public Identity identity(Path file, Head head) {
        String name = SessionId.named(file, ".jsonl");
        Path folder = file.getParent();
        if (folder != null && folder.endsWith("subagents")) {
            String session = Folders.name(folder.getParent());
            return new Identity(session + "/" + name, session, true);
        }
        return new Identity(name, "", false);
    }

    /// What comes now is as old as the file is now.
    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        ReaderState remembered = ReaderState.of(head, state);
        remembered.at(head.firstMillis());
        return new CursorReader(this, identity, remembered);
    }
}
