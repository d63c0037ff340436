// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.number;
import static dev.hotlog.cli.Table.Column.text;

import dev.hotlog.agents.history.EventTime;
import dev.hotlog.agents.history.History;
import dev.hotlog.cli.Table.Cell;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/// Sessions as a table.
final class SessionTable {
    private final Desk desk;
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
            text("TITLE").keep(6).bending()));

    SessionTable(Desk desk, History history) throws IOException {
        this.desk = desk;
        ids = ShortIds.of(history);
        moments = Moments.minutes(desk.zone());
        nowMillis = desk.now().toEpochMilli();
    }

    /// @param limit how many rows at most; how many more there are is said
    void print(Iterator<SessionSummary> sessions, long limit) throws IOException {
        long shown = 0;
        for (; shown < limit && sessions.hasNext(); shown++) {
            add(sessions.next());
        }
        if (shown > 0) {
            table.print(desk.page(), desk.ink(), desk.tableWidth());
        }
        long more = 0;
        for (; sessions.hasNext(); more++) {
            sessions.next();
        }
        if (more > 0) {
            desk.page().flush();
            desk.talk().tell("(" + Figures.count(more) + " more: --all, or -n " + (shown + more) + ")");
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
                Cell.of(title(facts)));
    }

    /// Marked when another session started this one.
    private static String title(SessionFacts facts) {
        String title = facts.fact(SessionFacts.TITLE).orElse("");
        return facts.fact(SessionFacts.PARENT).isPresent() ? "↳ " + title : title;
    }
}
