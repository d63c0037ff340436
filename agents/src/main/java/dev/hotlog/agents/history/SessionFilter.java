// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import dev.hotlog.event.SessionFacts;
import java.util.Set;

/// Which sessions are meant. An empty set asks for nothing in particular.
///
/// @param ids whole session ids
/// @param agents names of agents, as in [SessionFacts#AGENT]
/// @param projects what the user calls them: see [Project#answersTo]
public record SessionFilter(Set<String> ids, Set<String> agents, Set<String> projects) {
    public static final SessionFilter ALL = new SessionFilter(Set.of(), Set.of(), Set.of());

    public SessionFilter {
        ids = Set.copyOf(ids);
        agents = Set.copyOf(agents);
        projects = Set.copyOf(projects);
    }

    /// Whether every session is meant.
    public boolean isAll() {
        return ids.isEmpty() && !asksFacts();
    }

    /// Whether the facts of a session are needed to tell.
    boolean asksFacts() {
        return !agents.isEmpty() || !projects.isEmpty();
    }

    boolean acceptsId(String id) {
        return ids.isEmpty() || ids.contains(id);
    }

    public boolean accepts(SessionFacts facts) {
        return acceptsId(facts.sessionId())
                && (agents.isEmpty()
                        || facts.fact(SessionFacts.AGENT)
                                .filter(agents::contains)
                                .isPresent())
                && (projects.isEmpty()
                        || facts.fact(SessionFacts.WORKSPACE)
                                .map(Project::new)
                                .filter(project -> projects.stream().anyMatch(project::answersTo))
                                .isPresent());
    }
}
