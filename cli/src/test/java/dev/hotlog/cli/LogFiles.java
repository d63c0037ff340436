// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/// Does to the files of a log what no program should.
record LogFiles(Path directory) {
    /// Flips a bit where that text stands.
    void damage(String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        for (Path file : segments()) {
            byte[] bytes = Files.readAllBytes(file);
            int at = indexOf(bytes, wanted);
            if (at >= 0) {
                bytes[at] ^= 1;
                Files.write(file, bytes);
                return;
            }
        }
        throw new AssertionError("no file of the log holds " + text);
    }

    /// The files that hold events, in order.
    Path[] segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".hotlog"))
                    .sorted()
                    .toArray(Path[]::new);
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int at = 0; at <= bytes.length - wanted.length; at++) {
            if (Arrays.mismatch(bytes, at, at + wanted.length, wanted, 0, wanted.length) < 0) {
                return at;
            }
        }
        return -1;
    }
}
