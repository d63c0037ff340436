// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.amp;

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

/// Amp: `threads/T-<id>.json` in `amp` under `~/.local/share` or what `XDG_DATA_HOME` names, or in the
/// folders that `AMP_DATA_DIR` names. What logs the user in lies beside `threads`, and is not looked at.
public final class Amp implements Transcript {
    public static final String AGENT = "amp";

    static final String MESSAGES = "messages";

    private static final String THREADS = "threads";

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        Path standard = Folders.data(home, environment).resolve("amp");
        return Folders.within(Folders.listedOr(standard, environment, "AMP_DATA_DIR"), THREADS);
    }

    @Override
    public boolean isTranscript(Path file) {
        String name = Folders.name(file);
        return name.startsWith("T-")
                && name.endsWith(".json")
                && Folders.name(file.getParent()).equals(THREADS);
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
    public List<Whole> wholes(Path file) {
        return List.of(new Document(file, MESSAGES));
    }

    @Override
    public boolean recognises(JsonSlice object) {
        return false;
    }

    /// A thread tells when it was made, a prompt when it was sent, an answer when it was paid for.
    @Override
    public OptionalLong timeOf(JsonSlice object) {
        JsonSlice sent = object.at("meta").at("sentAt");
        JsonSlice paid = object.at("usage").at("timestamp");
        JsonSlice made = object.at("created");
        return Timestamp.textOrMillis(sent.exists() ? sent : paid.exists() ? paid : made);
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return SessionId.in(object.at("id"));
    }

    @Override
    public Identity identity(Path file, Head head) {
        return new Identity(head.sessionId().isEmpty() ? SessionId.named(file, ".json") : head.sessionId(), "", false);
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new AmpReader(this, identity, ReaderState.of(head, state));
    }
}
