// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import java.util.Comparator;

/// A file that has something new to read.
///
/// @param stamp as it was when the import began; so much of it is read
/// @param cursor of an earlier import, as text; empty when there was none
/// @param order what is read first owns the usage that later files repeat
record PlannedFile(FoundFile file, FileStamp stamp, String cursor, Order order) {
    /// Subagents' files come first: their parents' files may tell their usage as well. Then by time, so that a
    /// conversation comes before its copies; copies begin with the same lines, and then it is the name that
    /// decides.
    ///
    /// @param rank 0 for a subagent's file, 1 for others
    /// @param earliestMillis the earliest time in its first lines
    record Order(int rank, long earliestMillis) {}

    static final Comparator<PlannedFile> OLDEST_FIRST = Comparator.comparing(
                    PlannedFile::order, Comparator.comparingInt(Order::rank).thenComparingLong(Order::earliestMillis))
            .thenComparing(planned -> planned.file().path());
}
