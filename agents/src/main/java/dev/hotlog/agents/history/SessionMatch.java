// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What a shortened session id stands for.
///
/// Some agents' sessions have sessions of their own, below them as files are below a folder: `PARENT/CHILD`.
public sealed interface SessionMatch {
    /// Exactly one session, with its whole id.
    record One(String sessionId) implements SessionMatch {}

    /// No session begins like that.
    record None() implements SessionMatch {}

    /// Several do.
    ///
    /// @param sessionIds all of them, two or more
    record Several(List<String> sessionIds) implements SessionMatch {
        public Several {
            sessionIds = List.copyOf(sessionIds);
        }
    }

    /// Which of these ids is meant: the one that is so, or begins so. What begins a session begins those below it
    /// too and means the former. When no id begins so, the own name of a session below another may.
    static SessionMatch of(String asked, Collection<String> ids) {
        if (ids.contains(asked)) {
            return new One(asked);
        }
        List<String> found =
                ids.stream().filter(id -> id.startsWith(asked)).sorted().toList();
        if (found.isEmpty()) {
            found = ids.stream()
                    .filter(id ->
                            ownName(id).map(name -> name.startsWith(asked)).orElse(false))
                    .sorted()
                    .toList();
        }
        if (found.isEmpty()) {
            return new None();
        }
        String first = found.getFirst();
        boolean rest = found.stream().skip(1).allMatch(id -> id.startsWith(first + "/"));
        return rest ? new One(first) : new Several(found);
    }

    /// What a session below another is called there; empty for one that is not below any.
    static Optional<String> ownName(String sessionId) {
        int slash = sessionId.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(sessionId.substring(slash + 1));
    }
}
