// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import java.util.OptionalLong;

/// Where a sealed segment ends, told from its own bytes.
final class SealedEnd {
    private SealedEnd() {}

    /// Looks for the end when the segment behind does not tell it, because repair has made one of them anew: for the
    /// sealing mark, over any damage.
    ///
    /// @param nextBase the base of the segment behind
    /// @return the mark's position, or, when there is none, the one behind the last frame that belongs here
    static long find(SegmentFile segment, long nextBase) {
        FrameCursor frame = segment.frames();
        long size = segment.sizeBytes();
        // Where repair puts it.
        long last = size - FrameCursor.MARK_BYTES;
        if (last >= SegmentHeader.FIRST_FRAME && frame.moveTo(last, size) && frame.type() == FrameType.SEAL) {
            return last;
        }
        long relativeEnd = nextBase - segment.base();
        long at = SegmentHeader.FIRST_FRAME;
        long end = at;
        while (at >= 0) {
            while (frame.moveTo(at, size)) {
                if (frame.type() == FrameType.SEAL || frame.relativeOffset() + frame.offsets() > relativeEnd) {
                    return at;
                }
                at = frame.next();
                end = at;
            }
            at = frame.resync(at, size, 0);
        }
        return end;
    }

    /// The offset behind its last event as the sealing mark at that position tells it; empty when there is no mark.
    static OptionalLong markedOffset(SegmentFile segment, long end) {
        FrameCursor frame = segment.frames();
        return end >= SegmentHeader.FIRST_FRAME
                        && frame.moveTo(end, segment.sizeBytes())
                        && frame.type() == FrameType.SEAL
                ? OptionalLong.of(segment.base() + frame.relativeOffset())
                : OptionalLong.empty();
    }
}
