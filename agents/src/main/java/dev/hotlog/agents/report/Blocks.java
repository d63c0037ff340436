// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.agents.history.EventTime;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.event.LogException;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.Totals;
import java.time.Duration;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/// The blocks of five hours by which Claude's plans count. A block begins at the full hour (UTC) of the first call that
/// is in none, and lasts five hours, whatever comes in them. Whoever was idle for five hours has thus left one block,
/// and begins another with the next call.
public final class Blocks {
    /// Where nobody asks for blocks.
    public static final Blocks NONE = of(new TreeSet<>());

    public static final long LENGTH_MILLIS = Duration.ofHours(5).toMillis();
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private final NavigableSet<Long> starts = new TreeSet<>();

    private Blocks() {}

    /// @param quarters of an hour in which tokens were used
    static Blocks of(NavigableSet<Long> quarters) {
        Blocks blocks = new Blocks();
        for (long quarter : quarters) {
            if (blocks.startOf(quarter).isEmpty()) {
                blocks.starts.add(Math.floorDiv(quarter, HOUR_MILLIS) * HOUR_MILLIS);
            }
        }
        return blocks;
    }

    /// Those of some sessions alone, as if there were no others.
    public static Blocks of(History history, SessionFilter filter) throws LogException {
        NavigableSet<Long> quarters = new TreeSet<>();
        if (filter.isAll()) {
            history.periods(Span.ALWAYS, Rollup.QUARTERS, each -> add(each.totals(), each.quarterMillis(), quarters));
        } else {
            history.cells(filter, Span.ALWAYS, each -> add(each.totals(), each.quarterMillis(), quarters));
        }
        return of(quarters);
    }

    private static void add(Totals totals, long quarterMillis, Collection<Long> quarters) {
        if (PriceTable.tokens(totals) > 0 && EventTime.isKnown(quarterMillis)) {
            quarters.add(quarterMillis);
        }
    }

    /// The start of the block that a moment is in; empty when it is in none.
    public OptionalLong startOf(long millis) {
        Long start = starts.floor(millis);
        return start != null && millis - start < LENGTH_MILLIS ? OptionalLong.of(start) : OptionalLong.empty();
    }
}
