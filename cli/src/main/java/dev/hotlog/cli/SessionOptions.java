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

/// Which sessions are meant, and in what time.
final class SessionOptions {
    @Nullable
    String since;

    @Nullable
    String until;

    final Set<String> ids = new LinkedHashSet<>();

    final Set<String> agents = new LinkedHashSet<>();

    final Set<String> projects = new LinkedHashSet<>();

    void declare(Options options) {
        options.text("--since", "TIME", "Only from then on: " + When.FORMS + ".", value -> since = value);
        options.text("--until", "TIME", "Only before that time; a date is taken in whole.", value -> until = value);
        options.words("--session", "ID", "Only that session; its id may be cut short.", ids);
        options.words("--agent", "AGENT", "Only that agent: claude-code, codex, opencode, ...", agents);
        options.each("--project", "DIR", "Only sessions that worked there: a path, or the last of it.", projects);
    }

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
