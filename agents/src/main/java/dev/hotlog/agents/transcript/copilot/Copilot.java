// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.copilot;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Timestamp;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// GitHub Copilot CLI: `session-state/<session>/events.jsonl` under `~/.copilot` or the folder that
/// `COPILOT_HOME` names; older versions write `session-state/<session>.jsonl`, and move these to
/// `history-session-state`.
///
/// The session's id is the folder's name, or that of an older file, and elsewhere what the first line says.
public final class Copilot implements Transcript {
    public static final String AGENT = "copilot-cli";

    private static final String EVENTS = "events.jsonl";

    /// Lines are named by what they are about and what happened: `session.start`.
    private static final Pattern TYPE = Pattern.compile("[a-z_]+(\\.[a-z_]+)?");

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        List<Path> folders = Folders.listedOr(home.resolve(".copilot"), environment, "COPILOT_HOME");
        return Folders.each(folders, "session-state", "history-session-state");
    }

    /// Beside the events lie plans, checkpoints and a database of tasks.
    @Override
    public boolean isTranscript(Path file) {
        String name = Folders.name(file);
        return name.equals(EVENTS)
                || (name.endsWith(".jsonl") && Folders.name(file.getParent()).endsWith("session-state"));
    }

    @Override
    public boolean recognises(JsonSlice object) {
        return object.at("type").word().orElse("").equals("session.start")
                && object.at("data").at("copilotVersion").exists();
    }

    static boolean isType(String type) {
        return TYPE.matcher(type).matches();
    }

    @Override
    public OptionalLong timeOf(JsonSlice object) {
        return Timestamp.millis(object.at("timestamp"));
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return SessionId.in(object.at("data").at("sessionId"));
    }

    @Override
    public Identity identity(Path file, Head head) {
        if (!head.sessionId().isEmpty()) {
            return new Identity(head.sessionId(), "", false);
        }
        Path named = file.endsWith(EVENTS) && file.getParent() != null ? file.getParent() : file;
        return new Identity(SessionId.named(named, ".jsonl"), "", false);
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new CopilotReader(this, identity, new CopilotState(head, state));
    }
}
