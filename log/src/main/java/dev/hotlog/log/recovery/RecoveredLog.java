// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.RecoveryReport;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.IndexedSegment;
import java.util.List;

/// A log fit to append to.
///
/// @param active to append to
/// @param position in it where the next write begins
/// @param index of what is in the active segment
/// @param sealed the segments before it, oldest first
public record RecoveredLog(
        ActiveSegment active, long position, LiveIndex index, List<IndexedSegment> sealed, RecoveryReport report) {
    public RecoveredLog {
        sealed = List.copyOf(sealed);
    }
}
