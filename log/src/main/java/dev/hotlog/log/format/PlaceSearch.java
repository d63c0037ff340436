// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds out from its frames where a segment belongs whose header is lost: each frame's checksum, taken without its
/// place, tells the one place with which it is right.
public final class PlaceSearch {
    private PlaceSearch() {}

    /// Looks for the first frame that belongs to a likely place, or the first two in a row that belong to one possible
    /// place.
    ///
    /// @param file the segment from its first byte on
    /// @param likely so few places that one frame is proof enough
    /// @param possible where else it may belong
    public static Optional<Place> find(MemorySegment file, Predicate<Place> likely, Predicate<Place> possible) {
        FrameCursor frame = new FrameCursor(file, new Place(0));
        long limit = file.byteSize();
        for (long at = SegmentHeader.FIRST_FRAME; at + FrameHeader.BYTES <= limit; at = frame.nextPlace(at)) {
            Optional<Place> implied = frame.impliedPlace(at, limit);
            if (implied.isPresent()) {
                Place place = implied.get();
                if (likely.test(place)) {
                    return implied;
                }
                if (possible.test(place) && isTwice(file, at, place)) {
                    return implied;
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isTwice(MemorySegment file, long at, Place place) {
        FrameCursor frame = new FrameCursor(file, place);
        return frame.moveTo(at, file.byteSize()) && frame.moveTo(frame.next(), file.byteSize());
    }
}
