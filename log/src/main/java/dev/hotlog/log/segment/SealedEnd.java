// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;

/// Where a sealed segment ends when the segment behind it does not tell, because repair has made one of them anew.
final class SealedEnd {
    private SealedEnd() {}

    /// Looks for the sealing mark, over any damage.
    ///
    /// @param nextBase the base of the segment behind
    /// @return its position, or that of the last frame that belongs here when there is no mark
    static long find(SegmentFile segment, long nextBase) {
        FrameCursor frame = segment.frames();
        long relativeEnd = nextBase - segment.base();
        long at = SegmentHeader.FIRST_FRAME;
        long end = at;
        while (at >= 0) {
            while (frame.moveTo(at, segment.sizeBytes())) {
                if (frame.type() == FrameType.SEAL || frame.relativeOffset() > relativeEnd) {
                    return at;
                }
                at = frame.next();
                end = at;
            }
            at = frame.resync(at, segment.sizeBytes(), 0);
        }
        return end;
    }
}
