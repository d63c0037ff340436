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
    private static final Path COUNTERS = Path.of("/proc/self/io");
    private static final String WRITTEN = "write_bytes:";
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

    /// How many bytes this process has given the disk to write, by whole pages, since it began; empty where the system
    /// does not count them. A page that is written to again after it went to disk counts again.
    static OptionalLong written() throws IOException {
        if (!Files.isReadable(COUNTERS)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(COUNTERS)) {
            return lines.filter(line -> line.startsWith(WRITTEN))
                    .mapToLong(line ->
                            Long.parseLong(line.substring(WRITTEN.length()).strip()))
                    .findFirst();
        }
    }
}
