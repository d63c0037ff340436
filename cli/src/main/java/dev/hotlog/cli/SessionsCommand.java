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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Sessions, newest first.
final class SessionsCommand implements VerbCommand {
    long limit = 20;

    boolean all;

    final SessionOptions sessions = new SessionOptions();

    final PriceOptions prices = new PriceOptions();

    boolean fullIds;

    final FormOptions forms = new FormOptions();

    private final Desk desk;

    SessionsCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        options.number("-n, --limit", "N", "At most so many (" + limit + ").", value -> limit = value);
        options.flag("--all", "All of them.", () -> all = true);
        sessions.declare(options);
        prices.declare(options);
        options.flag("--full-ids", "Ids in full, as other programs know them.", () -> fullIds = true);
        forms.declare(options);
    }

    @Override
    public Integer call() throws IOException, Refusal {
        if (limit < 0) {
            throw Refusal.usage("--limit " + limit + " is less than no session at all");
        }
        Form form = forms.form();
        try (History history = History.open(desk.directory())) {
            PriceTable table = prices.table(desk);
            SessionFilter filter = sessions.filter(history);
            Span span = sessions.span(desk, desk.zone());
            try (Stream<SessionSummary> found = history.sessions(filter, span)) {
                return print(form, found.iterator(), filter, span, history, new SessionCosts(table));
            }
        }
    }

    private int print(
            Form form,
            Iterator<SessionSummary> found,
            SessionFilter filter,
            Span span,
            History history,
            SessionCosts costs)
            throws IOException {
        boolean none = !found.hasNext();
        List<SessionSummary> shown = first(found);
        if (!shown.isEmpty()) {
            history.cells(all ? filter : of(shown), Span.ALWAYS, costs::add);
        }
        SessionListing listing = new SessionListing(costs);
        if (form == Form.TABLE) {
            Set<String> ids = history.sessionIds();
            ShortIds shortIds = new ShortIds(idsOf(shown), ids);
            print(form, listing.forPeople(fullIds ? id -> id : shortIds::of, desk), shown);
            // Nobody has to be looked at to know how many there are.
            boolean any = filter.isAll() && span.isAlways();
            tellMore(shown.size(), any ? ids.size() - shown.size() : count(found));
            Money.tellUnpriced(costs.unpriced(), desk);
        } else {
            print(form, listing.forPrograms(shown), shown);
        }
        int names = NamesAsked.check(filter, history, desk);
        if (none && names == Exit.FINE && form == Form.TABLE) {
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
        return new SessionFilter(idsOf(sessions), Set.of(), Set.of());
    }

    private static Set<String> idsOf(List<SessionSummary> sessions) {
        return sessions.stream().map(SessionSummary::sessionId).collect(Collectors.toSet());
    }

    private List<SessionSummary> first(Iterator<SessionSummary> found) {
        List<SessionSummary> first = new ArrayList<>();
        while (found.hasNext() && (all || first.size() < limit)) {
            first.add(found.next());
        }
        return first;
    }

    private void print(Form form, List<Field<SessionSummary>> fields, List<SessionSummary> shown) throws IOException {
        new Listing<>(desk, fields).print(form, shown);
        desk.page().flush();
    }

    private void tellMore(long shown, long left) {
        if (left > 0) {
            desk.talk().tell("(" + Figures.count(left) + " more: --all, or -n " + (shown + left) + ")");
        }
    }
}
