// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.aider;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.NotATranscript;
import dev.hotlog.agents.transcript.ReaderState;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.TranscriptReader;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Aider: `.aider.chat.history.md` in each repository, or the file that `AIDER_CHAT_HISTORY_FILE` names. Each
/// chat in it is a session.
///
/// There is no place where all repositories lie. In a home, folders are looked at that are no more than three
/// deep.
public final class Aider implements Transcript {
    public static final String AGENT = "aider";

    private static final String NAME = ".aider.chat.history.md";

    /// A repository is looked for so many folders below a home.
    private static final int DEPTH = 3;

    private final ZoneId zone;

    /// @param zone of the times in histories, which do not tell it
    public Aider(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String agent() {
        return AGENT;
    }

    /// None: there is no such place.
    @Override
    public List<Path> roots(Path home, Map<String, String> environment) {
        return List.of();
    }

    /// Of all histories the one whose place is told.
    @Override
    public List<Path> followed(Path home, Map<String, String> environment) {
        return Folders.listed(environment, "AIDER_CHAT_HISTORY_FILE");
    }

    @Override
    public List<Path> scattered(Path home, Map<String, String> environment) {
        List<Path> all = new ArrayList<>(followed(home, environment));
        List<Path> folders = List.of(home);
        for (int depth = 0; depth <= DEPTH; depth++) {
            folders.forEach(folder -> all.add(folder.resolve(NAME)));
            folders =
                    folders.stream().flatMap(folder -> within(folder).stream()).toList();
        }
        return all.stream().filter(Files::isRegularFile).toList();
    }

    /// The folders in one, but for those that programs keep to themselves, and those that only lead
    /// elsewhere.
    private static List<Path> within(Path folder) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path each : all) {
                String name = Folders.name(each);
                boolean open = !name.startsWith(".") && !name.equals("node_modules");
                if (open && Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(each);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // may not be looked into, so there is nothing to find
        }
        folders.sort(null);
        return folders;
    }

    @Override
    public boolean isTranscript(Path file) {
        return Folders.name(file).equals(NAME);
    }

    @Override
    public boolean isLines(Path file) {
        return false;
    }

    @Override
    public List<Whole> wholes(Path file) throws IOException {
        List<Whole> chats = History.chats(file, zone);
        if (chats.isEmpty() && Files.size(file) > 0) {
            throw new NotATranscript("no chat begins in it");
        }
        return chats;
    }

    @Override
    public boolean recognises(JsonSlice object) {
        return false;
    }

    @Override
    public OptionalLong timeOf(JsonSlice object) {
        return object.at(ChatParts.STARTED).number();
    }

    @Override
    public String sessionNamedBy(JsonSlice object) {
        return SessionId.in(object.at(ChatParts.SESSION));
    }

    @Override
    public Identity identity(Path file, Head head) {
        return new Identity(head.sessionId().isEmpty() ? Folders.name(file) : head.sessionId(), "", false);
    }

    @Override
    public TranscriptReader reader(Identity identity, Head head, Optional<String> state) {
        return new AiderReader(this, identity, ReaderState.of(head, state));
    }
}
