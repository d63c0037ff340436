// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Which tool was called, for results that name the call alone. Holds the latest calls that have no result yet.
public final class OpenCalls {
    private static final int MAX = 48;
    private static final int MAX_CHARS = 96;

    private final LinkedHashMap<String, String> tools = new LinkedHashMap<>();

    /// A call was made; names that no agent would give are not remembered, so that what is kept stays small.
    public void called(String id, String tool) {
        if (!isPlain(id) || !isPlain(tool)) {
            return;
        }
        tools.putLast(id, tool);
        if (tools.size() > MAX) {
            tools.pollFirstEntry();
        }
    }

    private static boolean isPlain(String name) {
        return name.length() <= MAX_CHARS && name.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /// The tool of the call that this is the result of, if it is known; it is forgotten then.
    public Optional<String> answered(String id) {
        return Optional.ofNullable(tools.remove(id));
    }

    public Map<String, String> asMap() {
        return tools;
    }
}
