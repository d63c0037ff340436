// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Folders that environment variables name.
public final class Folders {
    private Folders() {}

    /// The folders that the first of these variables lists that is set, between commas; none when none is
    /// set. What cannot be a path is left out.
    public static List<Path> listed(Map<String, String> environment, String... variables) {
        for (String variable : variables) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isBlank()) {
                return paths(value);
            }
        }
        return List.of();
    }

    private static List<Path> paths(String list) {
        List<Path> paths = new ArrayList<>();
        for (String folder : list.split(",")) {
            if (!folder.isBlank()) {
                try {
                    paths.add(Path.of(folder.strip()));
                } catch (InvalidPathException _) {
                    // names no place on this system, so nothing can be there
                }
            }
        }
        return paths;
    }

    /// Each of these folders' subfolder of that name; a folder that has the name is meant itself.
    public static List<Path> within(List<Path> folders, String name) {
        return folders.stream()
                .map(folder -> folder.endsWith(name) ? folder : folder.resolve(name))
                .toList();
    }
}
