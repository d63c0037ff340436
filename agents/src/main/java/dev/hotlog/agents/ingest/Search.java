// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Folders;
import dev.hotlog.agents.transcript.NotATranscript;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.seedlog.SeedLog;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Finds the files to import. Opens none but those named `*.jsonl` and `log.bin`, and those with a name
/// that an agent gives a transcript of another form.
final class Search {
    private final List<Transcript> transcripts;
    private final Recognition recognition;
    private final Tally tally;
    private final Map<Path, FoundFile> found = new LinkedHashMap<>();

    Search(List<Transcript> transcripts, Tally tally) {
        this.transcripts = transcripts;
        this.recognition = new Recognition(transcripts);
        this.tally = tally;
    }

    /// What was found, each file once.
    List<FoundFile> found() {
        return List.copyOf(found.values());
    }

    /// Looks where the agents keep their transcripts.
    void home(Path home, Map<String, String> environment) {
        int before = found.size();
        long problems = tally.problems();
        for (Transcript transcript : transcripts) {
            List<Path> files = new ArrayList<>();
            for (Path root : transcript.roots(home, environment)) {
                if (Files.isDirectory(root)) {
                    files.addAll(files(root));
                } else if (Files.exists(root)) {
                    files.add(root);
                } else if (isDenied(root)) {
                    tally.of(transcript.agent()).failed++;
                    tally.problem(root, 0, "permission denied");
                }
            }
            files.removeIf(file -> !transcript.isTranscript(file));
            files.addAll(transcript.scattered(home, environment));
            addAll(files, transcript);
        }
        if (found.size() == before && tally.problems() == problems) {
            tally.missed(home, whyNothingIsIn(home));
        }
    }

    /// Looks at those transcripts alone of which one of these files tells.
    void changed(Path home, Map<String, String> environment, Collection<Path> files) {
        for (Transcript transcript : transcripts) {
            List<Path> places = transcript.followed(home, environment).stream()
                    .map(Search::asSearched)
                    .toList();
            boolean anywhere = transcript.roots(home, environment).isEmpty();
            Set<Path> told = new TreeSet<>();
            for (Path file : files) {
                if (places.contains(file)) {
                    told.add(file);
                } else if (anywhere || places.stream().anyMatch(place -> isOf(place, file))) {
                    told.addAll(transcript.toldBy(file));
                }
            }
            addAll(told.stream().filter(Files::isRegularFile).toList(), transcript);
        }
    }

    /// A folder's files are found under its real path, a file under its own.
    private static Path asSearched(Path place) {
        try {
            return Files.isDirectory(place) ? place.toRealPath() : place;
        } catch (IOException _) {
            return place; // has just gone
        }
    }

    /// Whether a file lies in that place, or may belong to that file: then it has a longer name.
    private static boolean isOf(Path place, Path file) {
        return file.startsWith(place)
                || (Objects.equals(file.getParent(), place.getParent())
                        && Folders.name(file).startsWith(Folders.name(place)));
    }

    private void addAll(List<Path> files, Transcript transcript) {
        for (Path file : transcript.withoutCopies(files)) {
            if (transcript.isLines(file)) {
                add(new FoundFile.OfAgent(file, transcript));
            } else {
                wholes(file, transcript);
            }
        }
    }

    private void wholes(Path file, Transcript transcript) {
        try {
            transcript.wholes(file).forEach(whole -> add(new FoundFile.OfWhole(whole, transcript)));
        } catch (NotATranscript e) {
            refused(file, transcript, e).badLines++;
        } catch (IOException e) {
            refused(file, transcript, e).failed++;
        }
    }

    private Tally.OfAgent refused(Path file, Transcript transcript, IOException e) {
        Tally.OfAgent counts = tally.of(transcript.agent());
        counts.files++;
        tally.problem(file, 0, Reasons.of(e));
        return counts;
    }

    /// Whether nobody can tell what is there, for want of permission.
    private static boolean isDenied(Path root) {
        try {
            Files.readAttributes(root, BasicFileAttributes.class);
            return false;
        } catch (AccessDeniedException _) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static String whyNothingIsIn(Path home) {
        if (Files.isDirectory(home)) {
            return "no agent has left transcripts here";
        }
        return Files.exists(home) ? "is not a folder" : "no such folder";
    }

    /// Looks at what the user names: a file, a folder of files, or someone's home.
    void path(Path path) {
        if (Files.isDirectory(path)) {
            folder(path);
        } else if (Files.exists(path)) {
            file(path, true);
        } else {
            tally.missed(path, "no such file or folder");
        }
    }

    private void folder(Path folder) {
        boolean home = transcripts.stream()
                .flatMap(transcript -> transcript.roots(folder, Map.of()).stream())
                .anyMatch(Files::exists);
        if (home) {
            home(folder, Map.of());
            return;
        }
        int before = found.size();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            if (name.endsWith(".jsonl") || name.equals(SeedLog.FILE_NAME) || isWhole(file)) {
                file(file, false);
            }
        }
        if (found.size() == before) {
            tally.missed(folder, "no transcript that Hotlog knows is in this folder");
        }
    }

    private boolean isNamedAsTranscript(Path file) {
        return transcripts.stream().anyMatch(transcript -> transcript.isTranscript(file));
    }

    private boolean isWhole(Path file) {
        return transcripts.stream().anyMatch(transcript -> transcript.isTranscript(file) && !transcript.isLines(file));
    }

    /// @param named whether the user named the very file, and is to be told when it is nothing we know
    private void file(Path file, boolean named) {
        try {
            List<FoundFile> wholes = recognition.wholesOf(file);
            List<FoundFile> known =
                    wholes.isEmpty() ? recognition.of(file).stream().toList() : wholes;
            known.forEach(this::add);
            if (named && known.isEmpty()) {
                tally.missed(file, "not a transcript that Hotlog knows");
            }
        } catch (IOException e) {
            if (named) {
                tally.missed(file, Reasons.of(e));
            } else {
                tally.problem(file, 0, Reasons.of(e));
            }
        }
    }

    private void add(FoundFile file) {
        found.putIfAbsent(file.path(), file);
    }

    /// All files in a folder, by their real paths, in the order of these. What cannot be entered is named.
    private List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder.toRealPath(),
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    Integer.MAX_VALUE,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            files.add(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult preVisitDirectory(Path entered, BasicFileAttributes attributes) {
                            if (isNamedAsTranscript(entered)) {
                                tally.problem(entered, 0, "is a folder");
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            if (!(e instanceof FileSystemLoopException)) {
                                tally.problem(file, 0, Reasons.of(e));
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path left, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            tally.problem(folder, 0, Reasons.of(e));
        }
        files.sort(null);
        return files;
    }
}
