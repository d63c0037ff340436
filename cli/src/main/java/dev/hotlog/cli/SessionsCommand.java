// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.SessionCosts;
import dev.hotlog.event.SessionSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Sessions, newest first.
@Command(name = "sessions")
final class SessionsCommand implements Callable<Integer> {
    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            description = "At most so many (${DEFAULT-VALUE}).")
    long limit = 20;

    @Option(names = "--all", description = "All of them.")
    boolean all;

    @Mixin
    SessionOptions sessions = new SessionOptions();

    @Mixin
    PriceOptions prices = new PriceOptions();

    @Mixin
    JsonOption json = new JsonOption();

    private final Desk desk;

    SessionsCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public Integer call() throws IOException, Refusal {
        if (limit < 0) {
            throw Refusal.usage("--limit " + limit + " is less than no session at all");
        }
        PriceTable table = prices.table(desk);
        try (History history = History.open(desk.directory())) {
            SessionFilter filter = sessions.filter(history);
            Span span = sessions.span(desk, desk.zone());
            try (Stream<SessionSummary> found = history.sessions(filter, span)) {
                return print(found.iterator(), filter, span, history, new SessionCosts(table));
            }
        }
    }

    private int print(
            Iterator<SessionSummary> found, SessionFilter filter, Span span, History history, SessionCosts costs)
            throws IOException {
        boolean none = !found.hasNext();
        List<SessionSummary> shown = first(found);
        if (!shown.isEmpty()) {
            history.cells(all ? filter : of(shown), Span.ALWAYS, costs::add);
        }
        if (json.on) {
            writeJson(shown, costs);
        } else {
            SessionTable table = new SessionTable(desk, history, costs);
            // Nobody has to be looked at to know how many there are.
            boolean any = filter.isAll() && span.equals(Span.ALWAYS);
            table.print(shown, any ? table.known() - shown.size() : count(found));
        }
        desk.page().flush();
        if (!json.on) {
            Money.tellUnpriced(costs.unpriced(), desk);
        }
        int names = NamesAsked.check(filter, history, desk);
        if (none && names == Exit.FINE && !json.on) {
            desk.talk().say("no sessions");
        }
        return DamageSeen.in(history.lost(), desk).exitCode(names);
    }

    private static long count(Iterator<SessionSummary> sessions) {
        long count = 0;
        for (; sessions.hasNext(); count++) {
            sessions.next();
        }
        return count;
    }

    private static SessionFilter of(List<SessionSummary> sessions) {
        Set<String> ids = sessions.stream().map(SessionSummary::sessionId).collect(Collectors.toSet());
        return new SessionFilter(ids, Set.of(), Set.of());
    }

    private List<SessionSummary> first(Iterator<SessionSummary> found) {
        List<SessionSummary> first = new ArrayList<>();
        while (found.hasNext() && (all || first.size() < limit)) {
            first.add(found.next());
        }
        return first;
    }

    private void writeJson(List<SessionSummary> sessions, SessionCosts costs) throws IOException {
        desk.page().json().writeStartArray();
        for (SessionSummary session : sessions) {
            desk.page().json().writeStartObject();
            SessionJson.write(desk.page().json(), session, costs.of(session.sessionId()));
            desk.page().json().writeEndObject();
            desk.page().spillJson();
        }
        desk.page().json().writeEndArray();
        desk.page().endJson();
    }
}
