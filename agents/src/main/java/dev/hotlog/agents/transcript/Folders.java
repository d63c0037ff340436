// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    /// The same; the folder that the agent takes by itself where none is listed.
    public static List<Path> listedOr(Path standard, Map<String, String> environment, String... variables) {
        List<Path> listed = listed(environment, variables);
        return listed.isEmpty() ? List.of(standard) : listed;
    }

    /// Where programs keep their data: `~/.local/share`, or what `XDG_DATA_HOME` names.
    public static Path data(Path home, Map<String, String> environment) {
        return listedOr(home.resolve(".local/share"), environment, "XDG_DATA_HOME")
                .getFirst();
    }

    /// Where programs on Windows keep theirs: `AppData/Roaming`, or what `APPDATA` names.
    public static Path roaming(Path home, Map<String, String> environment) {
        return listedOr(home.resolve("AppData/Roaming"), environment, "APPDATA").getFirst();
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

    /// Every one of these places in each of the folders.
    public static List<Path> each(List<Path> folders, String... places) {
        return folders.stream()
                .flatMap(folder -> Arrays.stream(places).map(folder::resolve))
                .toList();
    }

    /// The name of a file or folder; empty when there is none.
    public static String name(@Nullable Path path) {
        return path == null || path.getFileName() == null
                ? ""
                : path.getFileName().toString();
    }

    /// Each of these folders' subfolder of that name; a folder that has the name is meant itself.
    public static List<Path> within(List<Path> folders, String name) {
        return folders.stream()
                .map(folder -> folder.endsWith(name) ? folder : folder.resolve(name))
                .toList();
    }
}
