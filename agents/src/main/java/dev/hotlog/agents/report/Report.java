// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.event.LogException;
import dev.hotlog.event.Totals;
import java.util.List;
import java.util.Optional;

/// Sums over a log, by one or more groupings.
///
/// @param rows in the order to be read in: times going forward, everything else by its tokens, the most first
/// @param total over all rows; its sessions are counted once each, whatever rows they are in
/// @param unpriced the models whose cost is not known
public record Report(List<Grouping> by, List<Row> rows, Sums total, Unpriced unpriced) {
    public Report {
        by = List.copyOf(by);
        rows = List.copyOf(rows);
    }

    /// The report of those sessions in that time.
    ///
    /// @param keys of the same groupings and sessions
    /// @param prices what tokens cost where agents do not tell it
    public static Report of(
            History history, List<Grouping> by, GroupKey keys, SessionFilter filter, Span span, PriceTable prices)
            throws LogException {
        ReportFold fold = new ReportFold(by, keys, prices);
        if (filter.isAll() && by.stream().allMatch(Grouping::isDate)) {
            history.periods(span, keys::next, fold::add);
            history.activity(span, keys::next, fold::add);
            history.edges(filter, span, fold::add);
        } else {
            history.cells(filter, span, fold::add);
        }
        return fold.report();
    }

    /// One group.
    ///
    /// @param key one value for each grouping; empty when nothing is known, such as the model of a prompt
    public record Row(List<Optional<String>> key, Sums sums) {
        public Row {
            key = List.copyOf(key);
        }
    }

    /// What a row adds up.
    ///
    /// @param sessions how many different ones
    /// @param totals not to be changed; the cost in it is what agents told themselves
    /// @param cost as told, or derived from prices
    public record Sums(long sessions, Totals totals, Cost cost) {}
}
