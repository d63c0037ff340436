// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionMatch;
import dev.hotlog.event.LogException;
import java.util.HashSet;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Session ids cut as short as they can be and still be told apart: what the user may type to mean them. A session
/// below another goes by its own name.
final class ShortIds {
    private static final int LEAST = 8;

    private final NavigableSet<String> names = new TreeSet<>();
    /// Names that sessions below different ones share.
    private final Set<String> shared = new HashSet<>();

    ShortIds(Iterable<String> ids) {
        for (String id : ids) {
            String name = SessionMatch.ownName(id).orElse(id);
            if (!names.add(name)) {
                shared.add(name);
            }
        }
    }

    static ShortIds of(History history) throws LogException {
        return new ShortIds(history.sessionIds());
    }

    String of(String id) {
        String name = SessionMatch.ownName(id).orElse(id);
        if (shared.contains(name)) {
            return id;
        }
        // Sorted, a name has the ones that it shares most with beside it.
        int least = Math.max(sharedChars(name, names.lower(name)), sharedChars(name, names.higher(name))) + 1;
        return name.substring(0, Math.min(name.length(), Math.max(LEAST, least)));
    }

    private static int sharedChars(String name, @Nullable String other) {
        int length = 0;
        while (other != null
                && length < Math.min(name.length(), other.length())
                && name.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }
}
