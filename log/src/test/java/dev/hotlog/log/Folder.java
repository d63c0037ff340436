// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.log.storage.DiskImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files of a log in a real folder, as a test sees them from outside.
final class Folder {
    private Folder() {}

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static List<String> names(Path folder, String suffix) throws IOException {
        return files(folder).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(suffix))
                .toList();
    }

    static DiskImage image(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (Path file : files(folder)) {
            files.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
        return DiskImage.of(files);
    }

    /// Name, length and time of change of every file, to tell whether anything changed.
    static List<String> state(Path folder) throws IOException {
        List<String> state = new ArrayList<>();
        for (Path file : files(folder)) {
            state.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
        }
        return state;
    }
}
