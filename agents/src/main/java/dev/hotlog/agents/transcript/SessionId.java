// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.nio.file.Path;

/// What a transcript calls its session.
public final class SessionId {
    /// What is longer is no id of any agent.
    private static final int MAX_CHARS = 200;

    private SessionId() {}

    /// The id in that place; empty when there is none that can be one.
    public static String in(JsonSlice place) {
        return place.word().filter(id -> id.length() <= MAX_CHARS).orElse("");
    }

    /// The name of a file that is named after its session.
    ///
    /// @param ending of the name, which is no part of the id
    public static String named(Path file, String ending) {
        String name = Folders.name(file);
        return name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
    }
}
