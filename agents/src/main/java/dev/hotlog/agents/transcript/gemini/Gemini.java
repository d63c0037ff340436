// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.gemini;

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
import java.util.stream.Stream;

/// Gemini CLI: `tmp/<project>/chats/session-<time>-<id>.json` or `.jsonl` under `~/.gemini`, under
/// `.gemini` in the homes that `GEMINI_CLI_HOME` names, or under the folders that `GEMINI_DATA_DIR` names.
///
/// The session's id is what the document or its first line says. A file in a folder of `chats` is of a
/// subagent, and the folder has the name of its parent.
public final class Gemini implements Transcript {
    public static final String AGENT = "gemini-cli";

    static final String MESSAGES = "messages";

    static final String CHATS = "chats";

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        List<Path> homes = Folders.listed(environment, "GEMINI_CLI_HOME");
        List<Path> data = Folders.listed(environment, "GEMINI_DATA_DIR");
        Stream<Path> configured = Stream.concat(homes.stream().map(folder -> folder.resolve(".gemini")), data.stream());
        boolean none = homes.isEmpty() && data.isEmpty();
        return Folders.within(none ? List.of(home.resolve(".gemini")) : configured.toList(), "tmp");
    }

    @Override
    public boolean isTranscript(Path file) {
        String name = Folders.name(file);
        boolean fitting = name.endsWith(".jsonl") || isDocument(file);
        return fitting && !Qwen.owns(file) && (Folders.name(file.getParent()).equals(CHATS) || isOfSubagent(file));
    }

    /// Whether a file has the name of a document.
    static boolean isDocument(Path file) {
        String name = Folders.name(file);
        return name.startsWith("session-") && name.endsWith(".json");
    }

    private static boolean isOfSubagent(Path file) {
        Path folder = file.getParent();
        return folder != null && Folders.name(folder.getParent()).equals(CHATS);
    }

    @Override
    public boolean isLines(Path file) {
        return Folders.name(file).endsWith(".jsonl");
    }

    /// A message is written again when its tool calls are done.
    @Override
    public boolean givesIds() {
        return true;
    }

    @Override
    public List<Whole> wholes(Path file) {
        return List.of(new Document(file, MESSAGES));
    }

    @Override
    public boolean recognises(JsonSlice object) {
        return object.at("sessionId").isText() && object.at("projectHash").isText();
    }

    @Override
    public OptionalLong timeOf(JsonSlice object) {
        OptionalLong own = Timestamp.millis(object.at("timestamp"));
        return own.isPresent() ? own : Timestamp.millis(object.at("startTime"));
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return SessionId.in(object.at("sessionId"));
    }

    @Override
    public Identity identity(Path file, Head head) {
        String name = Folders.name(file).replaceFirst("\\.jsonl?$", "");
        boolean subagent = isOfSubagent(file);
        String parent = subagent ? Folders.name(file.getParent()) : "";
        return new Identity(head.sessionId().isEmpty() ? name : head.sessionId(), parent, subagent);
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new GeminiReader(this, identity, ReaderState.of(head, state));
    }
}
