// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/// Where the demo keeps its log: one folder a user, open to that user alone, which stays for a closer look until the
/// next demo replaces it.
///
/// Beside the log lies a seal, a checksum of its files as the demo left them. A log that is not like that any more is
/// somebody's own, and so is every other file: they are left alone. Until there is a seal there is a mark, which the
/// demo at work has locked; one that nobody has locked is of a demo that was interrupted.
record DemoFolder(Path path) {
    private static final String LOG = "log";
    private static final String SEAL = "checksum-of-the-demo";
    private static final String MARK = "demo-in-the-making";
    /// The one file of a log that changes when a writer adds nothing.
    private static final String WRITER = "lock";
    /// What an interrupted demo may have left in its log (docs/format.md).
    private static final Pattern OF_A_LOG = Pattern.compile("(\\d{20}\\.|lock|published).*");

    Path log() {
        return path.resolve(LOG);
    }

    /// Takes the last demo away, for a new one.
    ///
    /// @throws Refusal when something in the folder is not the demo's, or another demo is at work there
    Making renew() throws IOException, Refusal {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            check();
        } else {
            create();
        }
        Making making = new Making(this);
        try {
            // The log goes last: as long as there is a seal it must be what was sealed.
            Files.deleteIfExists(path.resolve(SEAL));
            if (Files.exists(log())) {
                SampleHome.remove(log());
            }
            return making;
        } catch (IOException e) {
            making.close();
            throw e;
        }
    }

    private void create() throws IOException {
        Files.createDirectories(path.getParent());
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(path);
        }
    }

    private void check() throws IOException, Refusal {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw refusal("is no folder of a demo");
        }
        List<String> names = names(path);
        Optional<String> foreign = names.stream()
                .filter(name -> !List.of(LOG, SEAL, MARK).contains(name))
                .findFirst();
        if (foreign.isPresent()) {
            throw refusal("holds " + foreign.get() + ", which no demo put there");
        }
        boolean replaceable = names.contains(SEAL)
                ? names.contains(LOG) && isAsSealed()
                : names.isEmpty() || (names.contains(MARK) && (!names.contains(LOG) || isOfALog()));
        if (!replaceable) {
            throw refusal("holds more than the last demo put there");
        }
    }

    private Refusal refusal(String why) {
        return Refusal.notFound(path + " " + why + "; move it away, or delete it");
    }

    private boolean isAsSealed() throws IOException {
        return holdsFilesOnly() && Files.readString(path.resolve(SEAL)).equals(checksum());
    }

    private boolean isOfALog() throws IOException {
        return holdsFilesOnly() && names(log()).stream().allMatch(OF_A_LOG.asMatchPredicate());
    }

    private boolean holdsFilesOnly() throws IOException {
        return Files.isDirectory(log(), LinkOption.NOFOLLOW_LINKS)
                && names(log()).stream()
                        .allMatch(name -> Files.isRegularFile(log().resolve(name), LinkOption.NOFOLLOW_LINKS));
    }

    /// Of the log's files, by name and by what is in them.
    private String checksum() throws IOException {
        CRC32C sum = new CRC32C();
        for (String name : names(log())) {
            sum.update(name.getBytes(StandardCharsets.UTF_8));
            if (!name.equals(WRITER)) {
                try (InputStream in = new CheckedInputStream(Files.newInputStream(log().resolve(name)), sum)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
        return Long.toHexString(sum.getValue());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    /// A demo at work: nobody else replaces its log until this is closed.
    static final class Making implements AutoCloseable {
        private final DemoFolder folder;
        private final FileChannel mark;

        private Making(DemoFolder folder) throws IOException, Refusal {
            this.folder = folder;
            mark = FileChannel.open(folder.path.resolve(MARK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock()) {
                mark.close();
                throw Refusal.notFound("another demo is at work in " + folder.path);
            }
        }

        private boolean lock() throws IOException {
            try {
                return mark.tryLock() != null;
            } catch (OverlappingFileLockException _) {
                return false;
            }
        }

        /// Notes that the log, which is closed, holds what the demo put into it and nothing else.
        void seal() throws IOException {
            Files.writeString(folder.path.resolve(SEAL), folder.checksum());
            mark.close();
            Files.delete(folder.path.resolve(MARK));
        }

        /// Without a seal the mark stays, so that the next demo knows what it may replace.
        @Override
        public void close() throws IOException {
            mark.close();
        }
    }
}
