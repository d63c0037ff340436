// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.List;

/// What sort of thing an event tells. The vocabulary is open: a name from the future is kept as it is written.
///
/// @param name for a known kind its snake_case name (`tool_call`), for any other the text as given; never empty
public record Kind(String name) {
    public static final Kind TOOL_CALL = new Kind("tool_call");
    public static final Kind TOOL_RESULT = new Kind("tool_result");
    /// A prompt, an answer, or the model's thinking; `payload.type` tells which.
    public static final Kind MESSAGE = new Kind("message");
    public static final Kind ERROR = new Kind("error");
    /// What one call to a model used: tokens, and money where it is known. Sums of these are the totals.
    public static final Kind COST = new Kind("cost");
    public static final Kind HOOK = new Kind("hook");
    /// A session's own turns (start, compaction, interruption, …), told apart by `payload.type`.
    public static final Kind LIFECYCLE = new Kind("lifecycle");

    /// The known kinds, in the order of the reference.
    public static final List<Kind> KNOWN = List.of(TOOL_CALL, TOOL_RESULT, MESSAGE, ERROR, COST, HOOK, LIFECYCLE);

    public Kind {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a kind has a name");
        }
    }

    /// The kind of that name, known ones in either spelling (`tool_call`, `ToolCall`).
    public static Kind of(String name) {
        String snake = Names.snakeCase(name);
        for (Kind known : KNOWN) {
            if (known.name.equals(snake)) {
                return known;
            }
        }
        return new Kind(name);
    }

    // As in any record; but what the JDK makes of that is made anew in each process, and this is asked of each event.

    @Override
    public boolean equals(Object other) {
        return other instanceof Kind kind && name.equals(kind.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
