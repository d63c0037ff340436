// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.kimi;

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
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Kimi CLI: `sessions/<folder>/<session>/wire.jsonl` under `~/.kimi` or the folders that `KIMI_SHARE_DIR` or
/// `KIMI_DATA_DIR` names. Kimi Code: `sessions/<folder>/session_<session>/agents/<agent>/wire.jsonl` under
/// `~/.kimi-code` or the folders that `KIMI_CODE_HOME` names.
///
/// Beside the agents of a session of Kimi Code lies what that is called, in `session_<session>/state.json`.
///
/// No line names its session: the id is the folder's name. An agent that is not the main one is a session of
/// its own, `<session>/<agent>`.
public final class Kimi implements Transcript {
    public static final String AGENT = "kimi";

    private static final String WIRE = "wire.jsonl";
    private static final String STATE = "state.json";
    private static final String MAIN = "main";

    /// How the folder of a session of Kimi Code begins.
    private static final String SESSION = "session_";

    /// Folders within a session's, with one for each of its agents.
    private static final Set<String> OF_AGENTS = Set.of("agents", "subagents");

    @Override
    public String agent() {
        return AGENT;
    }

    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        List<Path> cli = Folders.listedOr(home.resolve(".kimi"), environment, "KIMI_SHARE_DIR", "KIMI_DATA_DIR");
        List<Path> code = Folders.listedOr(home.resolve(".kimi-code"), environment, "KIMI_CODE_HOME");
        return Folders.within(Stream.concat(cli.stream(), code.stream()).toList(), "sessions");
    }

    /// What the model is to know of the session lies beside it (`context.jsonl`), and is the same again.
    @Override
    public boolean isTranscript(Path file) {
        return isLines(file) || isState(file);
    }

    @Override
    public boolean isLines(Path file) {
        return Folders.name(file).equals(WIRE);
    }

    private static boolean isState(Path file) {
        return Folders.name(file).equals(STATE)
                && Folders.name(file.getParent()).startsWith(SESSION);
    }

    @Override
    public List<Whole> wholes(Path file) {
        return List.of(new Document(file));
    }

    @Override
    public boolean recognises(JsonSlice object) {
        boolean begins = object.at("type").word().orElse("").equals("metadata")
                && object.at("protocol_version").exists();
        JsonSlice message = object.at("message");
        return begins
                || (message.at("type").isText()
                        && message.at("payload").exists()
                        && Timestamp.seconds(object.at("timestamp")).isPresent());
    }

    /// Kimi CLI tells seconds, Kimi Code milliseconds.
    @Override
    public OptionalLong timeOf(JsonSlice object) {
        if (object.at("timestamp").exists()) {
            return Timestamp.seconds(object.at("timestamp"));
        }
        JsonSlice time = object.at("time").exists() ? object.at("time") : object.at("created_at");
        return Timestamp.textOrMillis(time);
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return "";
    }

    @Override
    public Identity identity(Path file, Head head) {
        Path folder = file.getParent();
        if (!isTranscript(file) || folder == null) {
            return new Identity(SessionId.named(file, ".jsonl"), "", false);
        }
        Path agents = folder.getParent();
        if (isState(file) || agents == null || !OF_AGENTS.contains(Folders.name(agents))) {
            return new Identity(session(folder), "", false);
        }
        String session = session(agents.getParent());
        String agent = Folders.name(folder);
        return agent.equals(MAIN)
                ? new Identity(session, "", false)
                : new Identity(session + "/" + agent, session, true);
    }

    private static String session(@Nullable Path folder) {
        return Folders.name(folder).replaceFirst("^" + SESSION, "");
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new KimiReader(this, identity, ReaderState.of(head, state));
    }

    @Override
    public TranscriptReader readerOfWhole(Identity identity, Head head) {
        return new KimiStateReader(this, identity, ReaderState.of(head, Optional.empty()));
    }
}
