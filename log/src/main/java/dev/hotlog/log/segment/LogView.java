// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.log.format.SegmentHeader;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What of a log could be read at one moment. Immutable.
///
/// @param segments by offset, at least one; the last is the active one, up to where it was published
/// @param unreadable segments that are missing or cannot be opened, and headers that are lost
public record LogView(List<IndexedSegment> segments, List<Damage> unreadable) {
    public LogView {
        segments = List.copyOf(segments);
        unreadable = List.copyOf(unreadable);
    }

    /// What neither the segments nor their indexes have: answers lack it.
    public List<Damage> damage() {
        return Stream.concat(unreadable.stream(), segments.stream().flatMap(segment -> segment.damage().stream()))
                .toList();
    }

    /// The offset of the first event, or of the next when there is none.
    public long firstOffset() {
        return segments.getFirst().file().base();
    }

    /// The offset that the next event takes.
    public long nextOffset() {
        return segments.getLast().endOffset();
    }

    /// When the newest of the segments was made that a recovery or a repair has made, in milliseconds since 1970
    /// UTC; empty when none was.
    public OptionalLong lastRecoveryMillis() {
        OptionalLong last = OptionalLong.empty();
        for (int i = 0; i < segments.size(); i++) {
            SegmentHeader header = segments.get(i).file().header();
            SegmentFile before = i == 0 ? null : segments.get(i - 1).file();
            if (isRecovered(header, before)) {
                last = OptionalLong.of(Math.max(last.orElse(0), header.createdMillis()));
            }
        }
        return last;
    }

    private static boolean isRecovered(SegmentHeader header, @Nullable SegmentFile before) {
        if (header.createdMillis() == 0) {
            return false; // Its header is lost: nothing is known.
        }
        if (header.epoch() > header.previousEpoch() + 1) {
            return true;
        }
        // Where a segment was full its mark stands.
        return before != null
                && before.base() != header.base()
                && before.header().epoch() == header.previousEpoch()
                && SealedEnd.markedOffset(before, header.previousEnd()).isEmpty();
    }

    /// Where the segment stands that has that offset, or the first behind it.
    ///
    /// @return from 0; the last when the offset is behind all
    public int indexOf(long offset) {
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (segments.get(middle).endOffset() > offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
