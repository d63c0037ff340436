// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

import java.util.List;

/// How an event was seen. The vocabulary is open: a name from the future is kept as it is written.
///
/// @param name for a known source its snake_case name (`tail`), for any other the text as given; never empty
public record Source(String name) {
    /// Read from a transcript that the agent wrote.
    public static final Source TAIL = new Source("tail");
    /// Told by the agent's hook.
    public static final Source HOOK = new Source("hook");
    /// Seen by a proxy before the provider's API.
    public static final Source PROXY = new Source("proxy");

    /// The known sources, in the order of the reference.
    public static final List<Source> KNOWN = List.of(TAIL, HOOK, PROXY);

    public Source {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a source has a name");
        }
    }

    /// The source of that name, known ones in either spelling (`tail`, `Tail`).
    public static Source of(String name) {
        String snake = Names.snakeCase(name);
        for (Source known : KNOWN) {
            if (known.name.equals(snake)) {
                return known;
            }
        }
        return new Source(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
