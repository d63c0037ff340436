// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.opencode;

import dev.hotlog.agents.transcript.Document;
import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.SessionId;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A session in files: `storage/session/<project>/<session>.json`,
/// `storage/message/<session>/<message>.json` and `storage/part/<message>/<part>.json`. Ids grow, so that
/// names are in the order of time.
///
/// Gives the session, and each message before its parts; before the last answer, [OpenCodeReader#LAST].
///
/// @param path the session's file
record SessionTree(Path path) implements Whole {
    /// The folder of all messages.
    static final String MESSAGE = "message";

    /// Ids that are the name of one folder, and of none above.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]+");

    /// Whether a file stands for a session, going by its place.
    static boolean isSession(Path file) {
        Path project = file.getParent();
        return Folders.name(file).endsWith(".json")
                && project != null
                && project.getParent() != null
                && project.getParent().endsWith(OpenCode.SESSION);
    }

    /// The session's file, wherever its project puts it; nothing for a file that is no message.
    static List<Path> ofMessage(Path file) {
        Path session = file.getParent();
        if (session == null
                || session.getParent() == null
                || !session.getParent().endsWith(MESSAGE)) {
            return List.of();
        }
        try (DirectoryStream<Path> projects = Files.newDirectoryStream(
                session.resolveSibling("../" + OpenCode.SESSION).normalize())) {
            List<Path> found = new ArrayList<>();
            projects.forEach(project -> found.add(project.resolve(session.getFileName() + ".json")));
            found.removeIf(Files::notExists);
            return found;
        } catch (IOException | DirectoryIteratorException _) {
            return List.of(); // no session has a file yet
        }
    }

    private List<Path> messages() throws IOException {
        return below(storage().resolve(MESSAGE), path);
    }

    private List<Path> parts(Path message) throws IOException {
        return below(storage().resolve("part"), message);
    }

    /// The files that belong to what a file holds: in the folder of its name, or else of the id in it.
    private static List<Path> below(Path folder, Path file) throws IOException {
        Path named = folder.resolve(SessionId.named(file, ".json"));
        if (Files.exists(named)) {
            return files(named);
        }
        String id = idIn(file);
        return id.isEmpty() ? List.of() : files(folder.resolve(id));
    }

    private static String idIn(Path file) {
        try {
            String id = Document.read(file) instanceof Step.Taken(JsonSlice json) ? SessionId.in(json.at("id")) : "";
            return PLAIN.matcher(id).matches() ? id : "";
        } catch (IOException _) {
            return ""; // told when it is to be read
        }
    }

    private Path storage() {
        return path.resolveSibling("../..").normalize();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Folders.name(file).endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException _) {
            return List.of();
        }
    }

    @Override
    public Version version() throws IOException {
        long bytes = 0;
        long modified = 0;
        long count = 0;
        Deque<Path> messages = new ArrayDeque<>(messages());
        Deque<Path> files = new ArrayDeque<>(List.of(path));
        while (!files.isEmpty()) {
            Path file = files.removeFirst();
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                bytes += attributes.size();
                modified = Math.max(modified, attributes.lastModifiedTime().toMillis());
                count++;
            } catch (NoSuchFileException gone) {
                unlessSession(file, gone);
            }
            if (files.isEmpty() && !messages.isEmpty()) {
                files.add(messages.peekFirst());
                files.addAll(parts(messages.removeFirst()));
            }
        }
        return new Version(bytes, modified, count + " files");
    }

    @Override
    public Reading objects() throws IOException {
        Deque<Path> messages = new ArrayDeque<>(messages());
        Deque<Path> files = new ArrayDeque<>(List.of(path));
        Optional<Path> lastAnswer = lastAnswer(messages);
        return new Reading() {
            private boolean lastTold;

            @Override
            public Optional<Step> next() throws IOException {
                Optional<Step> step = Optional.empty();
                while (step.isEmpty() && !(files.isEmpty() && messages.isEmpty())) {
                    step = files.isEmpty() ? toNextMessage() : read(files.removeFirst());
                }
                return step;
            }

            private Optional<Step> toNextMessage() throws IOException {
                if (!lastTold && lastAnswer.equals(Optional.ofNullable(messages.peekFirst()))) {
                    lastTold = true;
                    return Optional.of(new Step.Taken(JsonSlice.of(OpenCodeReader.LAST)));
                }
                files.add(messages.peekFirst());
                files.addAll(parts(messages.removeFirst()));
                return Optional.empty();
            }

            @Override
            public void close() {
                // holds nothing open
            }
        };
    }

    /// What a file holds; nothing when it has gone since it was listed.
    private Optional<Step> read(Path file) throws IOException {
        try {
            return Optional.of(Document.read(file));
        } catch (NoSuchFileException gone) {
            unlessSession(file, gone);
            return Optional.empty();
        }
    }

    /// Messages and parts may go, but without its own file there is no session.
    private void unlessSession(Path file, NoSuchFileException gone) throws NoSuchFileException {
        if (file.equals(path)) {
            throw gone;
        }
    }

    private static Optional<Path> lastAnswer(Deque<Path> messages) {
        for (Iterator<Path> back = messages.descendingIterator(); back.hasNext(); ) {
            Path message = back.next();
            if (isAnswer(message)) {
                return Optional.of(message);
            }
        }
        return Optional.empty();
    }

    /// A message that cannot be read is taken for none: it may be the prompt behind an answer.
    private static boolean isAnswer(Path message) {
        try {
            return Document.read(message) instanceof Step.Taken(JsonSlice json)
                    && json.at("role").text().equals("assistant");
        } catch (IOException _) {
            return false;
        }
    }
}
