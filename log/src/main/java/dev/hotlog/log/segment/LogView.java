// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import java.util.List;

/// What of a log could be read at one moment. Immutable.
///
/// @param segments by offset, at least one; the last is the active one, up to where it was published
/// @param unreadable segments whose header cannot be read
public record LogView(List<IndexedSegment> segments, List<Damage> unreadable) {
    public LogView {
        segments = List.copyOf(segments);
        unreadable = List.copyOf(unreadable);
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
