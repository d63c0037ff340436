// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Where hooks leave what their agent tells them, a file a call, until it is taken in: the folder `spool` beside the
/// log's files. A file's name begins with the agent's, up to a dot; what follows tells it from others.
///
/// @param folder may not exist
public record Spool(Path folder) {
    private static final String NAME = "spool";
    private static final String ASIDE = "bad";

    /// @param directory the log's
    public static Spool of(Path directory) {
        return new Spool(directory.resolve(NAME));
    }

    /// Makes the folder, open to its owner only, as are those above it that are not there.
    public void make() throws IOException {
        Files.createDirectories(folder, ownersOnly());
    }

    private static FileAttribute<?>[] ownersOnly() {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /// How many calls wait to be taken in.
    public long waiting() throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    /// The files that made no sense.
    List<Path> aside() throws IOException {
        Path aside = folder.resolve(ASIDE);
        if (!Files.isDirectory(aside)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(aside)) {
            return files.sorted().toList();
        }
    }

    /// Moves a file that makes no sense out of the way.
    ///
    /// @return where it is now
    Path putAside(Path file) throws IOException {
        Path aside = folder.resolve(ASIDE);
        Files.createDirectories(aside, ownersOnly());
        Path free = aside.resolve(file.getFileName());
        for (int twin = 2; Files.exists(free); twin++) {
            free = aside.resolve(file.getFileName() + "~" + twin);
        }
        return Files.move(file, free);
    }
}
