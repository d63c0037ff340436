// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.codex;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Timestamp;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Codex: `sessions/<year>/<month>/<day>/rollout-<time>-<session>.jsonl` under `~/.codex` or the folder that
/// `CODEX_HOME` names, and `archived_sessions`, whose copy counts only where there is no other.
///
/// The session's id is the UUID at the end of the file's name, and without one, what the first line says.
public final class Codex implements Transcript {
    public static final String AGENT = "codex";

    private static final Pattern NAME =
            Pattern.compile("rollout-.*?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})\\.jsonl");

    private static final Set<String> TYPES =
            Set.of("session_meta", "response_item", "event_msg", "turn_context", "compacted");

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        String configured = environment.getOrDefault("CODEX_HOME", "");
        Path root = configured.isBlank() ? home.resolve(".codex") : Path.of(configured.strip());
        return List.of(root.resolve("sessions"), root.resolve("archived_sessions"));
    }

    @Override
    public boolean isTranscript(Path file) {
        String name = Folders.name(file);
        return name.startsWith("rollout-") && name.endsWith(".jsonl");
    }

    @Override
    public List<Path> withoutCopies(List<Path> files) {
        Map<Path, Path> byName = new LinkedHashMap<>();
        files.forEach(file -> byName.putIfAbsent(file.getFileName(), file));
        return List.copyOf(byName.values());
    }

    @Override
    public boolean recognises(JsonSlice object) {
        return object.at("payload").isObject()
                && TYPES.contains(object.at("type").word().orElse(""));
    }

    @Override
    public OptionalLong timeOf(JsonSlice object) {
        return Timestamp.millis(object.at("timestamp"));
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        boolean meta = object.at("type").word().orElse("").equals("session_meta");
        JsonSlice id = meta ? object.at("payload").at("id") : JsonSlice.NONE;
        return SessionId.in(id);
    }

    @Override
    public Identity identity(Path file, Head head) {
        String name = Folders.name(file);
        Matcher named = NAME.matcher(name);
        if (named.matches()) {
            return new Identity(named.group(1), "", false);
        }
        boolean told = !head.sessionId().isEmpty();
        return new Identity(told ? head.sessionId() : SessionId.named(file, ".jsonl"), "", false);
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new CodexReader(this, identity, new CodexState(identity.sessionId(), head, state));
    }
}
