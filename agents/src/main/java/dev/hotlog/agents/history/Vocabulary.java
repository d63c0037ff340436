// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import dev.hotlog.event.SessionFacts;
import java.util.NavigableSet;
import java.util.TreeSet;

/// The names that a log's events and sessions go by. All of them are open: only the log tells which there are.
///
/// @param agents as in [SessionFacts#AGENT]
/// @param projects paths, as in [SessionFacts#WORKSPACE]
public record Vocabulary(
        NavigableSet<String> kinds,
        NavigableSet<String> tools,
        NavigableSet<String> agents,
        NavigableSet<String> projects) {
    static Vocabulary empty() {
        return new Vocabulary(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    void add(SessionFacts facts) {
        facts.fact(SessionFacts.AGENT).ifPresent(agents::add);
        facts.fact(SessionFacts.WORKSPACE).ifPresent(projects::add);
    }
}
