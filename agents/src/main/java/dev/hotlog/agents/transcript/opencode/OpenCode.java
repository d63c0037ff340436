// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.opencode;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.ReaderState;
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
import java.util.stream.Stream;

/// OpenCode: `storage` and `opencode.db` in `opencode` under `~/.local/share` or what `XDG_DATA_HOME`
/// names, or in the folders that `OPENCODE_DATA_DIR` names. A machine can have both, and both may tell the
/// same.
///
/// Of the tree, the file that stands for a session is `storage/session/<project>/<session>.json`.
public final class OpenCode implements Transcript {
    public static final String AGENT = "opencode";

    static final String SESSION = "session";

    private static final String DATABASE = "opencode.db";

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        List<Path> configured = Folders.listed(environment, "OPENCODE_DATA_DIR");
        List<Path> data = Folders.listed(environment, "XDG_DATA_HOME");
        Path standard = (data.isEmpty() ? home.resolve(".local/share") : data.getFirst()).resolve("opencode");
        return (configured.isEmpty() ? List.of(standard) : configured)
                .stream()
                        .flatMap(folder -> Stream.of(
                                folder.resolve(DATABASE),
                                folder.resolve("storage").resolve(SESSION)))
                        .toList();
    }

    /// Nothing beside these is opened: there lies what logs the user in.
    @Override
    public boolean isTranscript(Path file) {
        return isDatabase(file) || SessionTree.isSession(file);
    }

    private static boolean isDatabase(Path file) {
        return file.getFileName().toString().equals(DATABASE);
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
    public List<Whole> wholes(Path file) throws IOException {
        return isDatabase(file) ? SessionRows.all(file) : List.of(new SessionTree(file));
    }

    @Override
    public boolean recognises(JsonSlice object) {
        return false;
    }

    @Override
    public OptionalLong timeOf(JsonSlice object) {
        return object.at("time").at("created").number();
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return SessionId.in(object.at("id"));
    }

    @Override
    public Identity identity(Path file, Head head) {
        String name = file.getFileName().toString().replaceFirst("\\.json$", "");
        return new Identity(head.sessionId().isEmpty() ? name : head.sessionId(), "", false);
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new OpenCodeReader(identity.sessionId(), ReaderState.of(head, state));
    }
}
