// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.event.Kind;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which events are meant.
final class EventOptions {
    @Mixin
    SessionOptions sessions = new SessionOptions();

    @Option(
            names = "--kind",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "KIND",
            description = "Only events of that kind: tool_call, tool_result, message, error, cost, hook, lifecycle.")
    Set<String> kinds = new LinkedHashSet<>();

    @Option(
            names = "--tool",
            split = ",",
            hideParamSyntax = true,
            paramLabel = "TOOL",
            description = "Only events of that tool.")
    Set<String> tools = new LinkedHashSet<>();

    @Option(names = "--errors", description = "Only errors: of kind error, or ended by one, as a failed tool.")
    boolean errors;

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
