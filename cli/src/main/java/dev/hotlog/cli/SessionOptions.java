// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.event.LogException;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which sessions are meant, and in what time.
final class SessionOptions {
    @Option(names = "--since", paramLabel = "TIME", description = "Only from then on: " + When.FORMS + ".")
    @Nullable
    String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Only before that time; a date is taken in whole.")
    @Nullable
    String until;

    @Option(
            names = "--session",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "ID",
            description = "Only that session; its id may be cut short.")
    Set<String> ids = new LinkedHashSet<>();

    @Option(
            names = "--agent",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "AGENT",
            description = "Only that agent: claude-code, codex, opencode, ...")
    Set<String> agents = new LinkedHashSet<>();

    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "Only sessions that worked there: a path, or the last of it.")
    Set<String> projects = new LinkedHashSet<>();

    SessionFilter filter(History history) throws LogException, Refusal {
        NamesAsked.checkGiven("--agent", agents, "the name of an agent, such as claude-code");
        NamesAsked.checkGiven("--project", projects, "the path of a folder, or the last of it");
        Set<String> whole = new LinkedHashSet<>();
        for (String id : ids) {
            whole.add(SessionArgument.whole(id, history));
        }
        return new SessionFilter(whole, agents, projects);
    }

    /// @param zone whose dates are meant
    Span span(Desk desk, ZoneId zone) throws Refusal {
        long from = since == null ? 0 : When.of(since, desk.now(), zone).start();
        long to = until == null
                ? Long.MAX_VALUE
                : When.of(until, desk.now(), zone).end();
        if (from > to) {
            throw Refusal.usage("--since " + since + " is after --until " + until);
        }
        return new Span(from, to);
    }
}
