// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.gemini;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import dev.hotlog.agents.transcript.Whole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Qwen Code: `projects/<folder>/chats/<session>.jsonl` under `~/.qwen`, or under the folders that
/// `QWEN_DATA_DIR` names. The session's id is the file's name.
///
/// Older versions wrote `tmp/<project>/chats/session-<time>-<id>.json`, the documents of Gemini CLI.
public final class Qwen implements Transcript {
    public static final String AGENT = "qwen-code";

    /// The folder that tells such a document from one of Gemini CLI's.
    private static final String HOME = ".qwen";

    private final Gemini documents = new Gemini();

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        List<Path> folders = Folders.listedOr(home.resolve(HOME), environment, "QWEN_DATA_DIR");
        return Stream.of("projects", "tmp")
                .flatMap(name -> Folders.within(folders, name).stream())
                .toList();
    }

    @Override
    public boolean isTranscript(Path file) {
        return Folders.name(file.getParent()).equals(Gemini.CHATS) && (isLines(file) || Gemini.isDocument(file));
    }

    @Override
    public boolean isLines(Path file) {
        return Folders.name(file).endsWith(".jsonl");
    }

    @Override
    public List<Whole> wholes(Path file) {
        return documents.wholes(file);
    }

    /// Whether a file that looks like one of Gemini CLI's lies where this agent keeps its own.
    static boolean owns(Path file) {
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            if (folder.endsWith(HOME)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean recognises(JsonSlice object) {
        return object.at("sessionId").isText()
                && object.at("uuid").isText()
                && (object.at("message").at("parts").isArray()
                        || object.at("systemPayload").isObject());
    }

    @Override
    public OptionalLong timeOf(JsonSlice object) {
        return documents.timeOf(object);
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return SessionId.in(object.at("sessionId"));
    }

    @Override
    public Identity identity(Path file, Head head) {
        return isLines(file)
                ? new Identity(SessionId.named(file, ".jsonl"), "", false)
                : documents.identity(file, head);
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new QwenReader(this, identity, ReaderState.of(head, state));
    }
}
