// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import java.util.List;
import java.util.stream.Stream;

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
