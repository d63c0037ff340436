// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The transcripts of a user who does not exist, packed into the program (samples/home in its sources).
final class SampleHome {
    private static final String FOLDER = "sample/";
    /// Names the files, one a line; a jar cannot be asked what is in a folder.
    private static final String INDEX = "sample.index";

    private SampleHome() {}

    /// The files' names within the home.
    static List<String> files() throws IOException {
        try (InputStream index = resource(INDEX)) {
            return new String(index.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    /// Writes the files into a folder.
    static void unpack(Path home) throws IOException {
        for (String name : files()) {
            Path file = home.resolve(name);
            Files.createDirectories(file.getParent());
            try (InputStream in = resource(FOLDER + name)) {
                Files.copy(in, file);
            }
        }
    }

    /// Takes the folder away, and all that is in it.
    static void remove(Path home) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = SampleHome.class.getResourceAsStream(name);
        if (in == null) {
            throw new FileNotFoundException("this program was packed without its " + name);
        }
        return in;
    }
}
