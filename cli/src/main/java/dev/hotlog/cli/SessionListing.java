// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.number;
import static dev.hotlog.cli.Table.Column.text;

import dev.hotlog.agents.history.EventTime;
import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.report.SessionCosts;
import dev.hotlog.cli.Table.Cell;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/// What there is to list of sessions.
final class SessionListing {
    /// Those that have a field whether any session has them or not.
    private static final List<String> KNOWN_FACTS = List.of(
            SessionFacts.AGENT,
            SessionFacts.BRANCH,
            SessionFacts.MODEL,
            SessionFacts.PARENT,
            SessionFacts.TITLE,
            SessionFacts.USAGE,
            SessionFacts.VERSION,
            SessionFacts.WORKSPACE);

    private final UsageFields<SessionSummary> usage;

    /// @param costs of those that are listed
    SessionListing(SessionCosts costs) {
        this(session -> costs.of(session.sessionId()));
    }

    SessionListing(Function<SessionSummary, Cost> cost) {
        usage = new UsageFields<>(SessionSummary::totals, cost);
    }

    /// Everything that is known of those sessions, for programs. Facts that only those sessions have come last.
    List<Field<SessionSummary>> forPrograms(Collection<SessionSummary> sessions) {
        List<Field<SessionSummary>> fields = new ArrayList<>();
        fields.add(Field.of("session_id", session -> new Value.Text(session.sessionId())));
        KNOWN_FACTS.forEach(fact -> fields.add(fact(fact)));
        fields.add(whole("first_ts_ms", SessionSummary::firstTsMillis));
        fields.add(whole("last_ts_ms", SessionSummary::lastTsMillis));
        fields.add(whole("first_offset", SessionSummary::firstOffset));
        fields.add(whole("last_offset", SessionSummary::lastOffset));
        fields.add(Field.of("last_seq", session -> new Value.Unsigned(session.lastSeq())));
        fields.add(whole("events", session -> session.totals().events()));
        fields.add(whole("errors", session -> session.totals().errors()));
        fields.addAll(usage.tokens(Map.of()));
        fields.add(usage.money());
        fields.add(usage.unpriced());
        TreeSet<String> more = new TreeSet<>();
        sessions.forEach(session -> more.addAll(session.facts().facts().keySet()));
        KNOWN_FACTS.forEach(more::remove);
        more.forEach(fact -> fields.add(fact(fact)));
        return fields;
    }

    /// The folder a session worked in is its project, here as in reports.
    private static Field<SessionSummary> fact(String name) {
        return Field.of(
                name.equals(SessionFacts.WORKSPACE) ? "project" : name,
                session -> Value.told(session.facts().fact(name)));
    }

    private static Field<SessionSummary> whole(String name, ToLongFunction<SessionSummary> number) {
        return Field.of(name, session -> new Value.Whole(number.applyAsLong(session)));
    }

    /// What people want to see of them.
    ///
    /// @param ids how a session's id is shown
    List<Field<SessionSummary>> forPeople(UnaryOperator<String> ids, Desk desk) {
        Moments moments = Moments.minutes(desk.zone());
        long nowMillis = desk.now().toEpochMilli();
        return List.of(
                Field.shown(text("SESSION"), session -> new Cell(ids.apply(session.sessionId()), Colour.YELLOW)),
                Field.shown(
                        text("AGENT").keep(9),
                        session -> Names.cell(session.facts().fact(SessionFacts.AGENT))),
                Field.shown(text("MODEL").keep(2), session -> Names.cell(model(session))),
                Field.shown(text("PROJECT").keep(5).bending(), session -> Names.cell(Names.project(session.facts()))),
                Field.shown(text("STARTED").keep(8), session -> Cell.of(moments.text(session.firstTsMillis()))),
                Field.shown(text("ACTIVE").keep(1), session -> new Cell(age(session, nowMillis), Colour.DIM)),
                Field.shown(number("LENGTH").keep(3), session -> Cell.of(length(session))),
                Field.shown(
                        number("EVENTS").keep(4),
                        session -> Cell.of(Figures.count(session.totals().events()))),
                Field.shown(number("TOKENS"), session -> Cell.of(tokens(session))),
                usage.money(number("COST").keep(7)),
                Field.shown(text("TITLE").keep(6).bending(), session -> Cell.of(title(session.facts()))));
    }

    private static String tokens(SessionSummary session) {
        String all = Tokens.all(session.totals());
        return Tokens.areIncomplete(session.facts()) && !all.equals(Figures.ABSENT) ? Money.AT_LEAST + all : all;
    }

    private static Optional<String> model(SessionSummary session) {
        return session.facts().fact(SessionFacts.MODEL).map(Names::model);
    }

    private static String age(SessionSummary session, long nowMillis) {
        long end = session.lastTsMillis();
        return EventTime.isKnown(end) ? Figures.age(nowMillis, end) : Figures.ABSENT;
    }

    private static String length(SessionSummary session) {
        long start = session.firstTsMillis();
        long end = session.lastTsMillis();
        return EventTime.isKnown(start) && EventTime.isKnown(end) ? Figures.span(end - start) : Figures.ABSENT;
    }

    /// Marked when another session started this one.
    private static String title(SessionFacts facts) {
        String title = facts.fact(SessionFacts.TITLE).orElse("");
        return facts.fact(SessionFacts.PARENT).isPresent() ? "↳ " + title : title;
    }
}
