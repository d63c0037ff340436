// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.number;
import static dev.hotlog.cli.Table.Column.text;

import dev.hotlog.agents.history.EventTime;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.report.SessionCosts;
import dev.hotlog.cli.Table.Cell;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import java.io.IOException;
import java.util.List;

/// Sessions as a table.
final class SessionTable {
    private final Desk desk;
    private final SessionCosts costs;
    private final ShortIds ids;
    private final Moments moments;
    private final long nowMillis;
    private final Table table = new Table(List.of(
            text("SESSION"),
            text("AGENT"),
            text("MODEL").keep(2),
            text("PROJECT").keep(5).bending(),
            text("STARTED"),
            text("ACTIVE").keep(1),
            number("LENGTH").keep(3),
            number("EVENTS").keep(4),
            number("TOKENS"),
            number("COST").keep(7),
            text("TITLE").keep(6).bending()));

    /// @param costs of those that are to be printed
    SessionTable(Desk desk, History history, SessionCosts costs) throws IOException {
        this.desk = desk;
        this.costs = costs;
        ids = ShortIds.of(history);
        moments = Moments.minutes(desk.zone());
        nowMillis = desk.now().toEpochMilli();
    }

    /// How many sessions the log has.
    int known() {
        return ids.count();
    }

    /// @param left how many more there would be
    void print(List<SessionSummary> shown, long left) throws IOException {
        for (SessionSummary session : shown) {
            add(session);
        }
        if (!shown.isEmpty()) {
            table.print(desk.page(), desk.ink(), desk.tableWidth());
        }
        if (left > 0) {
            desk.page().flush();
            desk.talk().tell("(" + Figures.count(left) + " more: --all, or -n " + (shown.size() + left) + ")");
        }
    }

    private void add(SessionSummary session) throws IOException {
        SessionFacts facts = session.facts();
        long start = session.firstTsMillis();
        long end = session.lastTsMillis();
        boolean ended = EventTime.isKnown(end);
        table.row(
                new Cell(ids.of(session.sessionId()), Colour.YELLOW),
                Names.cell(facts.fact(SessionFacts.AGENT)),
                Names.cell(facts.fact(SessionFacts.MODEL).map(Names::model)),
                Names.cell(Names.project(facts)),
                Cell.of(moments.text(start)),
                new Cell(ended ? Figures.age(nowMillis, end) : Figures.ABSENT, Colour.DIM),
                Cell.of(ended && EventTime.isKnown(start) ? Figures.span(end - start) : Figures.ABSENT),
                Cell.of(Figures.count(session.totals().events())),
                Cell.of(Tokens.all(session.totals())),
                Cell.of(Money.text(costs.of(session.sessionId()))),
                Cell.of(title(facts)));
    }

    /// Marked when another session started this one.
    private static String title(SessionFacts facts) {
        String title = facts.fact(SessionFacts.TITLE).orElse("");
        return facts.fact(SessionFacts.PARENT).isPresent() ? "↳ " + title : title;
    }
}
