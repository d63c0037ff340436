// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.pi;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Timestamp;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the transcripts of Pi and of OpenClaw have in common: all but where they lie.
///
/// The session's id is the UUID at the end of the file's name, and without one, what the first line says.
abstract sealed class PiFamily implements Transcript permits Pi, OpenClaw {
    private static final Pattern NAMED =
            Pattern.compile("(?:.*_)?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\.jsonl(?:\\..*)?");

    private static final Set<String> TYPES =
            Set.of("session", "message", "model_change", "thinking_level_change", "compaction");

    @Override
    public OptionalLong timeOf(JsonSlice object) {
        return Timestamp.millis(object.at("timestamp"));
    }

    /// Whether the object is the first line of such a file.
    static boolean isSessionLine(JsonSlice object) {
        return object.at("type").word().orElse("").equals("session")
                && object.at("id").isText()
                && object.at("cwd").isText();
    }

    /// Whether the object may be any line of one.
    static boolean isLine(JsonSlice object) {
        return TYPES.contains(object.at("type").word().orElse(""));
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        JsonSlice id = isSessionLine(object) ? object.at("id") : JsonSlice.NONE;
        return SessionId.in(id);
    }

    @Override
    public Identity identity(Path file, Head head) {
        String name = Folders.name(file);
        Optional<String> named = sessionIn(name);
        boolean told = !head.sessionId().isEmpty();
        return new Identity(named.orElse(told ? head.sessionId() : name.replaceFirst("\\.jsonl.*$", "")), "", false);
    }

    /// The session that a file's name or path ends with.
    static Optional<String> sessionIn(String path) {
        Matcher named = NAMED.matcher(path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1));
        return named.matches() ? Optional.of(named.group(1)) : Optional.empty();
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new PiReader(this, identity, ReaderState.of(head, state));
    }
}
