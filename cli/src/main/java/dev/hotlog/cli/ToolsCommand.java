// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.number;
import static dev.hotlog.cli.Table.Column.text;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.report.ToolFold;
import dev.hotlog.agents.report.ToolUse;
import dev.hotlog.cli.Table.Cell;
import dev.hotlog.cli.Table.Column;
import dev.hotlog.log.Replay;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/// Tools: how often they were called and failed, and how long they took.
final class ToolsCommand implements VerbCommand {
    private static final int MEDIAN = 50;
    private static final int MOST = 95;

    final SessionOptions sessions = new SessionOptions();

    final FormOptions forms = new FormOptions();

    private final Desk desk;

    ToolsCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        sessions.declare(options);
        forms.declare(options);
    }

    @Override
    public Integer call() throws IOException, Refusal {
        Form form = forms.form();
        Span span = sessions.span(desk, desk.zone());
        DamageSeen damage = new DamageSeen(desk.talk());
        try (History history = History.open(desk.directory())) {
            SessionFilter filter = sessions.filter(history);
            List<ToolUse> tools = tools(history, filter, span, damage);
            print(tools, form);
            int names = NamesAsked.check(filter, history, desk);
            if (tools.isEmpty() && names == Exit.FINE && form == Form.TABLE) {
                desk.talk().say("no calls of tools");
            }
            return damage.exitCode(names);
        }
    }

    private static List<ToolUse> tools(History history, SessionFilter filter, Span span, DamageSeen damage)
            throws IOException {
        ToolFold fold = new ToolFold();
        try (Replay events =
                history.replay(EventFilter.ALL.of(filter).during(span)).onDamage(damage)) {
            events.forEach(fold::add);
        }
        return fold.tools();
    }

    private void print(List<ToolUse> tools, Form form) throws IOException {
        List<Field<ToolUse>> fields = List.of(
                Field.<ToolUse>of("tool", tool -> new Value.Text(tool.tool()))
                        .as(text("TOOL").bending()),
                count("calls", ToolUse::calls).as(number("CALLS")),
                count("errors", ToolUse::errors).as(number("ERRORS"), tool -> Cell.errors(tool.errors())),
                count("timed", tool -> tool.times().count()).as(number("TIMED").keep(1)),
                time("median_ms", MEDIAN, number("MEDIAN").keep(2)),
                time("p95_ms", MOST, number("P95").keep(3)));
        new Listing<>(desk, fields).print(form, tools);
        desk.page().flush();
    }

    private static Field<ToolUse> count(String name, ToLongFunction<ToolUse> number) {
        return Field.of(name, tool -> new Value.Whole(number.applyAsLong(tool)));
    }

    private static Field<ToolUse> time(String name, int percent, Column column) {
        return Field.<ToolUse>of(name, tool -> {
                    OptionalLong millis = tool.times().percentile(percent);
                    return Value.told(millis);
                })
                .as(column, tool -> {
                    OptionalLong millis = tool.times().percentile(percent);
                    return Cell.of(millis.isPresent() ? Figures.took(millis.getAsLong()) : Figures.ABSENT);
                });
    }
}
