// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.price.KeptPrices;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.Blocks;
import dev.hotlog.agents.report.GroupKey;
import dev.hotlog.agents.report.Grouping;
import dev.hotlog.agents.report.Report;
import dev.hotlog.agents.report.ReportFold;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// Costs derived anew: prices are kept beside the log, and no event is written again.
final class RepriceCommand implements VerbCommand {
    private static final List<Grouping> BY = List.of(Grouping.MODEL);

    final PriceOptions prices = new PriceOptions();

    final JsonOption json = new JsonOption();

    private final Desk desk;

    RepriceCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        prices.declare(options);
        json.declare(options);
        options.footer(
                "The prices are kept for the log and count from then on; without --prices the built-in ones do.");
    }

    @Override
    public Integer call() throws IOException, Refusal {
        try (History history = History.open(desk.directory())) {
            Optional<byte[]> given = prices.given();
            PriceTable now = prices.overBuiltIn(given);
            GroupKey keys = new GroupKey(BY, ZoneOffset.UTC, history::facts, Blocks.NONE);
            ReportFold before = new ReportFold(BY, keys, keptSoFar());
            ReportFold after = new ReportFold(BY, keys, now);
            history.cells(SessionFilter.ALL, Span.ALWAYS, cell -> {
                before.add(cell);
                after.add(cell);
            });
            keep(given);
            return print(before.report(), after.report(), history);
        }
    }

    /// Prices that are there and cannot be read are replaced as others are.
    private PriceTable keptSoFar() throws IOException {
        try {
            return PriceOptions.kept(desk);
        } catch (Refusal unreadable) {
            desk.talk().say(unreadable.getMessage());
            return PriceTable.builtIn();
        }
    }

    private void keep(Optional<byte[]> given) throws IOException {
        KeptPrices kept = new KeptPrices(desk.directory());
        if (given.isPresent()) {
            kept.keep(given.get());
        } else {
            kept.forget();
        }
    }

    private int print(Report before, Report after, History history) throws IOException {
        Repricing repricing = new Repricing(before, after);
        if (json.on) {
            repricing.write(desk.page());
        } else {
            repricing.print(desk);
        }
        desk.page().flush();
        if (!json.on) {
            Money.tellUnpriced(after.unpriced(), desk);
        }
        return DamageSeen.in(history.lost(), desk).exitCode();
    }
}
