// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.event.Kind;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/// Which events are meant.
final class EventOptions {
    final SessionOptions sessions = new SessionOptions();

    final Set<String> kinds = new LinkedHashSet<>();

    final Set<String> tools = new LinkedHashSet<>();

    boolean errors;

    void declare(Options options) {
        sessions.declare(options);
        options.words(
                "--kind",
                "KIND",
                "Only events of that kind: tool_call, tool_result, message, error, cost, hook, lifecycle.",
                kinds);
        options.words("--tool", "TOOL", "Only events of that tool.", tools);
        options.flag("--errors", "Only errors: of kind error, or ended by one, as a failed tool.", () -> errors = true);
    }

    /// @param fromOffset the first offset that is meant
    EventFilter filter(long fromOffset, History history, Desk desk) throws IOException, Refusal {
        NamesAsked.checkGiven("--kind", kinds, "the name of a kind, such as message or tool_call");
        NamesAsked.checkGiven("--tool", tools, "the name of a tool, such as Bash");
        return new EventFilter(
                fromOffset,
                sessions.filter(history),
                sessions.span(desk, desk.zone()),
                kinds.stream().map(Kind::of).collect(Collectors.toSet()),
                tools,
                errors);
    }
}
