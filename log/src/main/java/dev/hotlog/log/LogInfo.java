// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.LogView;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.Storage;
import java.nio.file.Path;
import java.util.UUID;

/// A log at a glance.
///
/// @param directory its folder
/// @param logId drawn when it was created
/// @param segments how many files hold it
/// @param bytes their length, with indexes and the space prepared ahead
/// @param events that can be read
/// @param sessions that have events
/// @param firstOffset of the first event, or of the next when there is none
/// @param nextOffset the offset that the next event takes
/// @param oldestMillis the earliest event's time, in milliseconds since 1970 UTC; -1 when there is none
/// @param newestMillis the latest event's; -1 when there is none
/// @param createdMillis when the active segment was made
/// @param lastRecoveryMillis when a recovery or a repair last made a file, in milliseconds since 1970 UTC; -1 when
///     none was ever needed
/// @param tornFiles how many files keep what recoveries have cut off
public record LogInfo(
        Path directory,
        UUID logId,
        int segments,
        long bytes,
        long events,
        long sessions,
        long firstOffset,
        long nextOffset,
        long oldestMillis,
        long newestMillis,
        long createdMillis,
        long lastRecoveryMillis,
        int tornFiles) {
    static LogInfo of(Storage storage, LogView view, long sessions) throws LogException {
        long bytes = 0;
        int tornFiles = 0;
        for (String name : storage.list()) {
            bytes += storage.sizeBytes(name);
            tornFiles += SegmentName.isTorn(name) ? 1 : 0;
        }
        long events = 0;
        long oldest = Long.MAX_VALUE;
        long newest = -1;
        for (IndexedSegment segment : view.segments()) {
            events += segment.ask(index -> index.events());
            oldest = Math.min(oldest, segment.ask(index -> index.oldestMillis()));
            newest = Math.max(newest, segment.ask(index -> index.newestMillis()));
        }
        return new LogInfo(
                storage.directory(),
                view.segments().getFirst().file().header().logId(),
                (int) view.segments().stream()
                        .map(IndexedSegment::file)
                        .map(SegmentFile::base)
                        .distinct()
                        .count(),
                bytes,
                events,
                sessions,
                view.firstOffset(),
                view.nextOffset(),
                oldest == Long.MAX_VALUE ? -1 : oldest,
                newest,
                view.segments().getLast().file().header().createdMillis(),
                view.lastRecoveryMillis().orElse(-1),
                tornFiles);
    }
}
