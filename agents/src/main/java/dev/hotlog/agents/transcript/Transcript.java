// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One agent's transcripts: where they lie, how they are told from other files, and what they mean.
///
/// Most transcripts are files of JSON objects, one a line, to which the agent appends. Those that are not,
/// agents write anew, and they are read whole ([Whole]).
public interface Transcript {
    /// The agent's name, such as `claude-code`.
    String agent();

    /// The folders in which the agent keeps its transcripts, or files that are some, the more important
    /// first. They need not exist.
    ///
    /// @param home the user's home
    /// @param environment variables by which agents let themselves be told to look elsewhere
    List<Path> roots(Path home, Map<String, String> environment);

    /// Transcripts that lie in no place of their own, but somewhere among the user's files.
    ///
    /// @param home the user's home
    /// @param environment variables by which agents let themselves be told to look elsewhere
    default List<Path> scattered(Path home, Map<String, String> environment) {
        return List.of();
    }

    /// The folders, and the files, where something changes when a transcript has something new: for whoever follows
    /// the agent. They need not exist.
    ///
    /// @param home the user's home
    /// @param environment variables by which agents let themselves be told to look elsewhere
    default List<Path> followed(Path home, Map<String, String> environment) {
        return roots(home, environment);
    }

    /// The transcripts that may have something new when that file has changed, in one of the places that are
    /// followed; going by names alone.
    default List<Path> toldBy(Path changed) {
        return isTranscript(changed) ? List.of(changed) : List.of();
    }

    /// For how many days after it was written last the agent keeps a transcript; empty when it deletes none.
    default OptionalLong keptDays(Path home, Map<String, String> environment) {
        return OptionalLong.empty();
    }

    /// Whether a file within one of the roots is a transcript, going by its name.
    boolean isTranscript(Path file);

    /// The files among these that are to be read, where some are copies of others. Given in the order of
    /// the roots.
    default List<Path> withoutCopies(List<Path> files) {
        return files;
    }

    /// Whether a transcript is a file of lines.
    default boolean isLines(Path file) {
        return true;
    }

    /// Whether what its files tell is known again by ids ([Payload#id]) and not by its place: where a thing
    /// may be told more than once.
    default boolean givesIds() {
        return false;
    }

    /// The transcripts in a file that is none of lines.
    default List<Whole> wholes(Path file) throws IOException {
        throw new IOException("is a file of lines");
    }

    /// Whether an object can only be a line of one of this agent's transcripts.
    boolean recognises(JsonSlice object);

    /// When it happened, in milliseconds since 1970 UTC, as told by the object itself.
    OptionalLong timeOf(JsonSlice object);

    /// The id of the session an object says it belongs to; empty when it does not say.
    String sessionNamedBy(JsonSlice object);

    /// Which session a file holds. The same file copied elsewhere holds the same session.
    Identity identity(Path file, Head head);

    /// @param head of the file; to go on, no more than its time
    /// @param state of the reader that read the file so far; empty to begin
    TranscriptReader reader(Identity identity, Head head, Optional<String> state);

    /// The reader of a transcript that is none of lines.
    default TranscriptReader readerOfWhole(Identity identity, Head head) {
        return reader(identity, head, Optional.empty());
    }

    /// @param sessionId unique among all sessions of this agent
    /// @param parent the session that started this one; empty when there is none, or only the lines tell
    /// @param subagent whether another session started this one as a part of its own work
    record Identity(String sessionId, String parent, boolean subagent) {}
}
