// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What is on disk, and what has gone there.
final class DiskSpace {
    private static final Path DISKS = Path.of("/proc/diskstats");
    private static final int NAME = 2;
    private static final int SECTORS_WRITTEN = 9;
    private static final int SECTOR_BYTES = 512;
    private static final int KIB = 1 << 10;

    private DiskSpace() {}

    /// The bytes that the files in a folder take: the blocks they have by `du`, so that holes in them do not count;
    /// their lengths where there is no `du`.
    static long bytes(Path folder) throws IOException {
        Optional<Long> blocks = blocks(folder);
        if (blocks.isPresent()) {
            return blocks.get();
        }
        long bytes = 0;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    private static Optional<Long> blocks(Path folder) {
        try {
            Process du = new ProcessBuilder(List.of("du", "-sk", folder.toString()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String line = new String(du.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return line.isEmpty() ? Optional.empty() : Optional.of(KIB * Long.parseLong(line.split("\t")[0]));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// How many bytes the disk of that folder has written since the system began, for whomever: so nobody else should
    /// write. Empty where the system does not count them.
    ///
    /// The counter of the process (`write_bytes` of `/proc/self/io`) is of no use: where a file lies in large pages
    /// it counts all of a page for each block of it that is written, many times what goes to the disk.
    static OptionalLong written(Path folder) throws IOException {
        if (!Files.isReadable(DISKS)) {
            return OptionalLong.empty();
        }
        String disk = Path.of(Files.getFileStore(folder).name()).getFileName().toString();
        try (Stream<String> lines = Files.lines(DISKS)) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > SECTORS_WRITTEN && fields[NAME].equals(disk))
                    .mapToLong(fields -> Long.parseLong(fields[SECTORS_WRITTEN]) * SECTOR_BYTES)
                    .findFirst();
        }
    }
}
