// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.event.Activity;
import dev.hotlog.event.PeriodTotals;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.Totals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Adds cells up to a [Report]. The order of the cells, and how they were parted, make no difference.
public final class ReportFold {
    private final List<Grouping> by;
    private final GroupKey keys;
    private final PriceTable prices;
    private final Unpriced unpriced = new Unpriced();
    private final Map<List<Optional<String>>, Sum> rows = new HashMap<>();
    /// Of each session the row that it was first met in: of most it is the only one.
    private final Map<String, Sum> firstRows = new HashMap<>();
    /// What was added to last of a report by time.
    private GroupKey.@Nullable Stretch lastStretch;

    private Sum lastRow = new Sum();

    /// @param keys of the same groupings
    /// @param prices what tokens cost where agents do not tell it
    public ReportFold(List<Grouping> by, GroupKey keys, PriceTable prices) {
        this.by = List.copyOf(by);
        this.keys = keys;
        this.prices = prices;
    }

    public void add(Rollup cell) {
        keys.of(cell).ifPresent(key -> {
            Sum row = row(key);
            row.add(cell.totals(), unpriced.seen(cell.model(), prices.cost(cell)));
            count(cell.sessionId(), row);
        });
    }

    /// Adds sums over all sessions to a report by time; which sessions they are of, [#add(Activity)] tells.
    void add(PeriodTotals period) {
        Cost cost = unpriced.seen(period.model(), prices.cost(period));
        rowOf(period.quarterMillis()).add(period.totals(), cost);
    }

    /// Counts a session in a report by time.
    void add(Activity activity) {
        count(activity.sessionId(), rowOf(activity.quarterMillis()));
    }

    private void count(String sessionId, Sum row) {
        if (row.isRepeated(sessionId)) {
            return;
        }
        Sum first = firstRows.putIfAbsent(sessionId, row);
        if (first == null) {
            row.firstMet++;
        } else if (first != row) {
            row.metBefore.add(sessionId);
        }
    }

    /// Many that follow one another are of one row.
    @SuppressWarnings("ReferenceEquality") // of two equal ones the second is looked up, no more
    private Sum rowOf(long quarterMillis) {
        GroupKey.Stretch stretch = keys.stretch(quarterMillis);
        if (stretch != lastStretch) {
            lastStretch = stretch;
            lastRow = row(stretch.key());
        }
        return lastRow;
    }

    private Sum row(List<Optional<String>> key) {
        return rows.computeIfAbsent(key, _ -> new Sum());
    }

    /// The report of what was added so far.
    public Report report() {
        Map<List<Optional<String>>, Long> weights = weights();
        List<Report.Row> sorted = new ArrayList<>(rows.size());
        Sum total = new Sum();
        rows.forEach((key, sum) -> {
            sorted.add(new Report.Row(key, sum.sums(sum.sessions())));
            total.add(sum.totals, sum.cost);
        });
        sorted.sort(order(weights));
        return new Report(by, sorted, total.sums(firstRows.size()), unpriced);
    }

    /// What each group weighs, the wider groups that it lies in as well.
    private Map<List<Optional<String>>, Long> weights() {
        boolean ofTools = by.contains(Grouping.TOOL);
        Map<List<Optional<String>>, Long> weights = new HashMap<>();
        rows.forEach((key, sum) -> {
            long weight = ofTools ? sum.totals.toolCalls() : PriceTable.tokens(sum.totals);
            for (int length = 1; length <= key.size(); length++) {
                weights.merge(List.copyOf(key.subList(0, length)), weight, Long::sum);
            }
        });
        return weights;
    }

    private Comparator<Report.Row> order(Map<List<Optional<String>>, Long> weights) {
        return (a, b) -> {
            for (int i = 0; i < by.size(); i++) {
                String left = a.key().get(i).orElse("");
                String right = b.key().get(i).orElse("");
                int byName = left.compareTo(right);
                int byWeight = by.get(i).isTime()
                        ? 0
                        : Long.compare(
                                weights.getOrDefault(b.key().subList(0, i + 1), 0L),
                                weights.getOrDefault(a.key().subList(0, i + 1), 0L));
                if (byName != 0) {
                    return byWeight != 0 ? byWeight : byName;
                }
            }
            return 0;
        };
    }

    private static final class Sum {
        private final Totals totals = new Totals();
        private Cost cost = Cost.NONE;
        /// How many sessions were in no row before this one.
        private long firstMet;
        /// Those that were.
        private final Set<String> metBefore = new HashSet<>();

        private String lastSession = "";

        void add(Totals more, Cost itsCost) {
            totals.add(more);
            cost = cost.plus(itsCost);
        }

        /// Takes note of a session, and tells whether it is the one of the last call: cells come session by session.
        @SuppressWarnings("ReferenceEquality") // of two equal texts the second is looked up, no more
        boolean isRepeated(String sessionId) {
            boolean repeated = sessionId == lastSession;
            lastSession = sessionId;
            return repeated;
        }

        long sessions() {
            return firstMet + metBefore.size();
        }

        /// @param sessions how many different ones
        Report.Sums sums(long sessions) {
            Totals copy = new Totals();
            copy.add(totals);
            return new Report.Sums(sessions, copy, cost);
        }
    }
}
