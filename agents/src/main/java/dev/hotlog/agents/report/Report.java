// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.event.Totals;
import java.util.List;
import java.util.Optional;

/// Sums over a log, by one or more groupings.
///
/// @param rows in the order to be read in: times going forward, everything else by its tokens, the most first
/// @param total over all rows; its sessions are counted once each, whatever rows they are in
public record Report(List<Grouping> by, List<Row> rows, Sums total) {
    public Report {
        by = List.copyOf(by);
        rows = List.copyOf(rows);
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
    /// @param toolCalls how many events are calls of tools
    /// @param totals not to be changed
    public record Sums(long sessions, long toolCalls, Totals totals) {}
}
