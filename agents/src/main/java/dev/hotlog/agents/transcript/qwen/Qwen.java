// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.qwen;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Timestamp;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Qwen Code: `projects/<folder>/chats/<session>.jsonl` under `~/.qwen`, or under the folders that
/// `QWEN_DATA_DIR` names. The session's id is the file's name.
public final class Qwen implements Transcript {
    public static final String AGENT = "qwen-code";

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        return Folders.within(Folders.listedOr(home.resolve(".qwen"), environment, "QWEN_DATA_DIR"), "projects");
    }

    @Override
    public boolean isTranscript(Path file) {
        return file.getFileName().toString().endsWith(".jsonl")
                && Folders.name(file.getParent()).equals("chats");
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
        return Timestamp.millis(object.at("timestamp"));
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return SessionId.in(object.at("sessionId"));
    }

    @Override
    public Identity identity(Path file, Head head) {
        return new Identity(SessionId.named(file, ".jsonl"), "", false);
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new QwenReader(this, identity.sessionId(), ReaderState.of(head, state));
    }
}
