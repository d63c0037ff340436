// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.claudecode;

import dev.hotlog.agents.transcript.Document;
import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// Claude Code: `projects/<project>/<session>.jsonl` under `~/.claude` or `~/.config/claude`, or under the
/// folders that `CLAUDE_CONFIG_DIR` names, separated by commas.
///
/// A file named by a UUID holds the session of that id. A file named `agent-…` holds the work of a subagent
/// and is a session of its own, `<parent>/agent-…`: the name alone is too short to be unique. The parent is
/// the folder in `<parent>/subagents/…`, and where there is none, the session that the file's lines name. A
/// file of any other name holds the session that its lines name.
public final class ClaudeCode implements Transcript {
    public static final String AGENT = "claude-code";

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private static final long KEPT_DAYS = 30;
    private static final long MAX_DAYS = 1_000_000;

    /// Lines that belong to no conversation, and so have neither `sessionId` nor `uuid`.
    private static final Set<String> LOOSE_TYPES = Set.of("summary", "file-history-snapshot");

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        List<Path> configured = Folders.listed(environment, "CLAUDE_CONFIG_DIR");
        if (!configured.isEmpty()) {
            return Folders.each(configured, "projects");
        }
        return List.of(home.resolve(".claude/projects"), home.resolve(".config/claude/projects"));
    }

    /// As many as the settings beside the transcripts say, or 30.
    @Override
    public OptionalLong keptDays(Path home, Map<String, String> environment) {
        for (Path root : roots(home, environment)) {
            try {
                if (Document.read(root.resolveSibling("settings.json"))
                        instanceof Whole.Step.Taken(JsonSlice settings)) {
                    OptionalLong days = settings.at("cleanupPeriodDays").number();
                    if (days.isPresent() && days.getAsLong() >= 0 && days.getAsLong() <= MAX_DAYS) {
                        return days;
                    }
                }
            } catch (IOException _) {
                // no settings, so the agent's own
            }
        }
        return OptionalLong.of(KEPT_DAYS);
    }

    @Override
    public boolean isTranscript(Path file) {
        String name = Folders.name(file);
        return name.endsWith(".jsonl") && !name.equals("journal.jsonl");
    }

    @Override
    public boolean recognises(JsonSlice object) {
        String type = object.at("type").word().orElse("");
        return !type.isEmpty()
                && !object.at("payload").exists()
                && !object.at("message").at("parts").exists()
                && !object.at("systemPayload").exists()
                && object.at("timestamp").number().isEmpty()
                && (object.at("sessionId").isText() || LOOSE_TYPES.contains(type));
    }

    @Override
    public OptionalLong timeOf(JsonSlice object) {
        return ClaudeCodeLine.time(object);
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return SessionId.in(object.at("sessionId"));
    }

    @Override
    public Identity identity(Path file, Head head) {
        String name = SessionId.named(file, ".jsonl");
        if (name.startsWith("agent-")) {
            String parent = parentFolder(file).orElse(head.sessionId());
            boolean known = !parent.isEmpty() && !parent.equals(name);
            return new Identity(known ? parent + "/" + name : name, known ? parent : "", true);
        }
        boolean named = UUID.matcher(name).matches() || head.sessionId().isEmpty();
        return new Identity(named ? name : head.sessionId(), "", false);
    }

    /// The session in whose folder the file lies: `<session>/subagents/…/agent-….jsonl`.
    private static Optional<String> parentFolder(Path file) {
        for (Path at = file.getParent(); at != null && at.getParent() != null; at = at.getParent()) {
            if (at.endsWith("subagents")) {
                return Optional.ofNullable(at.getParent().getFileName()).map(Path::toString);
            }
        }
        return Optional.empty();
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new ClaudeCodeReader(this, identity, new ClaudeCodeState(head, state));
    }
}
