// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.BlockPace;
import dev.hotlog.agents.report.Blocks;
import dev.hotlog.agents.report.GroupKey;
import dev.hotlog.agents.report.Grouping;
import dev.hotlog.agents.report.Report;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sums, and the events behind them.
final class ReportCommand implements VerbCommand {
    private static final List<Grouping> BY_DAY = List.of(Grouping.DAY);

    final List<String> by = new ArrayList<>(List.of("day"));

    final SessionOptions sessions = new SessionOptions();

    @Nullable
    String tz;

    final PriceOptions prices = new PriceOptions();

    boolean explain;

    final FormOptions forms = new FormOptions();

    private final Desk desk;

    ReportCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        options.words(
                "--by",
                "WHAT",
                "One row each day, week, month, block, session, project, agent, model or tool (day); "
                        + "or several of them, with commas between.",
                by);
        sessions.declare(options);
        options.text("--tz", "ZONE", "Whose days: Europe/Berlin, UTC, +02:00; else the system's.", value -> tz = value);
        prices.declare(options);
        options.flag("--explain", "List the events that the numbers are made of.", () -> explain = true);
        forms.declare(options);
    }

    @Override
    public Integer call() throws IOException, Refusal {
        Form form = forms.form();
        List<Grouping> groupings = groupings();
        ZoneId zone = zone();
        Span span = sessions.span(desk, zone);
        try (History history = History.open(desk.directory())) {
            PriceTable table = prices.table(desk);
            SessionFilter filter = sessions.filter(history);
            GroupKey keys = GroupKey.of(history, groupings, zone, filter);
            if (explain) {
                int damage = new Explanation(desk, history, groupings, keys, zone, table).print(filter, span, form);
                desk.page().flush();
                int names = NamesAsked.check(filter, history, desk);
                return damage == Exit.FINE ? names : damage;
            }
            Report report = Report.of(history, groupings, keys, filter, span, table);
            Optional<BlockPace> pace = groupings.equals(List.of(Grouping.BLOCK))
                    ? pace(history, keys.blocks(), filter, span, table)
                    : Optional.empty();
            new ReportListing(desk, history, report, pace).print(form);
            if (form == Form.TABLE && desk.draws() && groupings.stream().noneMatch(Grouping::isTime)) {
                GroupKey days = GroupKey.of(history, BY_DAY, zone, filter);
                new ActivityLine(desk).print(Report.of(history, BY_DAY, days, filter, span, table));
            }
            return tellRest(form, report, filter, history);
        }
    }

    private int tellRest(Form form, Report report, SessionFilter filter, History history) throws IOException {
        desk.page().flush();
        if (form == Form.TABLE) {
            Money.tellUnpriced(report.unpriced(), desk);
        }
        int names = NamesAsked.check(filter, history, desk);
        if (report.rows().isEmpty() && names == Exit.FINE && form == Form.TABLE) {
            desk.talk().say("nothing to report");
        }
        return DamageSeen.in(history.lost(), desk).exitCode(names);
    }

    /// Empty for a report of another time than now.
    private Optional<BlockPace> pace(History history, Blocks blocks, SessionFilter filter, Span span, PriceTable table)
            throws IOException {
        long nowMillis = desk.now().toEpochMilli();
        return span.contains(nowMillis) ? BlockPace.of(history, filter, blocks, table, nowMillis) : Optional.empty();
    }

    private List<Grouping> groupings() throws Refusal {
        List<Grouping> groupings = new ArrayList<>();
        for (String word : by) {
            Grouping grouping = Grouping.of(word.trim())
                    .orElseThrow(() -> Refusal.usage("--by cannot be '" + word
                            + "'; it can be day, week, month, block, session, project, agent, model or tool"));
            if (groupings.contains(grouping)) {
                throw Refusal.usage("--by names " + grouping.word() + " twice");
            }
            groupings.add(grouping);
        }
        return groupings;
    }

    private ZoneId zone() throws Refusal {
        try {
            return tz == null ? desk.zone() : ZoneId.of(tz);
        } catch (DateTimeException _) {
            throw Refusal.usage("--tz needs a time zone such as Europe/Berlin, UTC or +02:00, not '" + tz + "'");
        }
    }
}
