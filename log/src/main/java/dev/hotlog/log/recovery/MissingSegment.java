// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.segment.Published;
import java.util.Optional;

/// How many events the last segment of a log had when it is gone: its offsets are not given again.
final class MissingSegment {
    private MissingSegment() {}

    /// As many as were published; if that is not known, as many as there can have been.
    ///
    /// @param base of the missing segment
    static long mostEvents(Optional<Published> published, long base, long segmentBytes) {
        return published
                .filter(known -> known.base() == base && known.nextOffset() >= base)
                .map(known -> known.nextOffset() - base)
                .orElse(segmentBytes / FrameCursor.LEAST_EVENT_BYTES);
    }
}
