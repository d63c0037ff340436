// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.SealedIndex;
import dev.hotlog.log.storage.ReadableStorage;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// What other files tell of segments that may not be there: `published`, and the indexes without a segment.
/// Either is written only once the name of its segment is on disk, and the name of a segment never goes away; so
/// one that they tell of is there, or was lost. (docs/design.md, D3)
///
/// @param published as it was when the folder was looked at; empty when there is none, or it is of no use
/// @param indexed the segments of indexes that can be read and have no segment beside them, by base
record Traces(Optional<Published> published, NavigableMap<Long, SegmentHeader> indexed) {
    /// No segment is longer, since no batch is.
    private static final long MOST_SEGMENT_BYTES = Integer.MAX_VALUE;
    /// A segment of which nothing else is known had at most so many events.
    static final long MOST_EVENTS = MOST_SEGMENT_BYTES / FrameCursor.LEAST_EVENT_BYTES;

    /// @param names of all files
    static Traces read(ReadableStorage storage, List<String> names) throws LogException {
        Optional<Published> published =
                names.contains(Published.NAME) ? Published.read(storage.map(Published.NAME)) : Optional.empty();
        Set<String> all = new HashSet<>(names);
        NavigableMap<Long, SegmentHeader> indexed = new TreeMap<>();
        for (String name : names) {
            if (SegmentName.isIndex(name) && !all.contains(SegmentName.ofIndex(name))) {
                SealedIndex.segmentOf(storage.map(name))
                        .filter(header -> name.equals(SegmentName.index(header.base())))
                        .ifPresent(header -> indexed.put(header.base(), header));
            }
        }
        return new Traces(published.filter(Traces::canBe), indexed);
    }

    /// Its checksum is right; but it is no reason to count with numbers that no segment has.
    private static boolean canBe(Published published) {
        return published.base() >= 0
                && published.nextOffset() >= published.base()
                && published.nextOffset() <= Long.MAX_VALUE / 2
                && SegmentHeader.isEpoch(published.epoch());
    }

    /// These, without the indexes of other logs.
    Traces of(UUID logId) {
        NavigableMap<Long, SegmentHeader> own = new TreeMap<>(indexed);
        own.values().removeIf(header -> !header.logId().equals(logId));
        return new Traces(published, own);
    }

    /// The bases of all segments told of.
    Set<Long> bases() {
        Set<Long> bases = new HashSet<>(indexed.keySet());
        published.map(Published::base).ifPresent(bases::add);
        return bases;
    }

    /// The offset behind the last one that the log's last segment can have given, when that is lost. After a
    /// clean close `published` tells it exactly; else the writer may have gone on since that reached the disk.
    long endOf(long base) {
        long least = published
                .filter(known -> known.base() == base)
                .map(Published::nextOffset)
                .orElse(base);
        return isExact(base) ? least : least + MOST_EVENTS;
    }

    /// Whether [#endOf] is exact.
    boolean isExact(long base) {
        return published
                .filter(known -> known.base() == base && known.writerPid() == 0)
                .isPresent();
    }

    long highestEpoch() {
        long highest = published.map(Published::epoch).orElse(0L);
        for (SegmentHeader header : indexed.values()) {
            highest = Math.max(highest, header.epoch());
        }
        return highest;
    }

    /// Of the log, as an index tells it.
    Optional<UUID> logId() {
        return indexed.values().stream().map(SegmentHeader::logId).findFirst();
    }
}
