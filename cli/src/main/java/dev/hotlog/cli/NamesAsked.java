// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.Project;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Vocabulary;
import dev.hotlog.event.Kind;
import dev.hotlog.event.LogException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Whether the log knows the kinds, tools, agents and projects that were asked for. Each is an open set, so a name
/// that nothing goes by is no misuse; but whoever mistyped it should not take silence for an answer.
final class NamesAsked {
    private static final int SHOWN = 10;

    private final Desk desk;
    private boolean allKnown = true;

    private NamesAsked(Desk desk) {
        this.desk = desk;
    }

    /// An empty name, as of a variable that was not set, asks for nothing.
    ///
    /// @param needed what the option takes, in words
    static void checkGiven(String option, Collection<String> names, String needed) throws Refusal {
        if (names.contains("")) {
            throw Refusal.usage(option + " needs " + needed);
        }
    }

    /// Tells of each name that is not in the log, beside those that are.
    ///
    /// @return [Exit#NO] when there is one, else [Exit#FINE]
    static int check(EventFilter filter, History history, Desk desk) throws LogException {
        NamesAsked names = new NamesAsked(desk);
        boolean own = filter.tools().isEmpty() && Kind.KNOWN.containsAll(filter.kinds());
        if (!own) {
            Vocabulary log = history.eventNames();
            filter.kinds().stream()
                    .filter(kind -> !Kind.KNOWN.contains(kind))
                    .forEach(kind -> names.check("kind", kind.name(), log.kinds()));
            filter.tools().forEach(tool -> names.check("tool", tool, log.tools()));
        }
        names.check(filter.sessions(), history);
        return names.exitCode();
    }

    /// As for events.
    static int check(SessionFilter filter, History history, Desk desk) throws LogException {
        NamesAsked names = new NamesAsked(desk);
        names.check(filter, history);
        return names.exitCode();
    }

    private int exitCode() {
        return allKnown ? Exit.FINE : Exit.NO;
    }

    private void check(SessionFilter filter, History history) throws LogException {
        if (filter.agents().isEmpty() && filter.projects().isEmpty()) {
            return;
        }
        Vocabulary log = history.sessionNames();
        filter.agents().forEach(agent -> check("agent", agent, log.agents()));
        List<Project> projects = log.projects().stream().map(Project::new).toList();
        Collection<String> names = projects.stream().map(Project::name).collect(Collectors.toCollection(TreeSet::new));
        for (String asked : filter.projects()) {
            check("project", asked, names, _ -> projects.stream().anyMatch(each -> each.answersTo(asked)));
        }
    }

    private void check(String what, String asked, Collection<String> known) {
        check(what, asked, known, known::contains);
    }

    private void check(String what, String asked, Collection<String> known, Predicate<String> isKnown) {
        if (isKnown.test(asked)) {
            return;
        }
        allKnown = false;
        Optional<String> near = Spelling.nearest(asked, known);
        String hint = near.map(name -> "did you mean '" + name + "'?").orElseGet(() -> list(known));
        desk.talk().say("the log has no " + what + " '" + asked + "'; " + hint);
    }

    private static String list(Collection<String> known) {
        if (known.isEmpty()) {
            return "it has none at all";
        }
        String some = String.join(", ", known.stream().limit(SHOWN).toList());
        return "it has " + some + (known.size() > SHOWN ? ", and " + (known.size() - SHOWN) + " more" : "");
    }
}
