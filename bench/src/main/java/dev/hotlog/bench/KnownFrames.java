// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.Catalog;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.storage.DiskStorage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What no lookup can save: going to an event's frame, its place known beforehand, and checking it.
final class KnownFrames {
    private static final int POSITION_BITS = 31;

    private final List<SegmentFile> files = new ArrayList<>();
    private final List<FrameCursor> segments = new ArrayList<>();
    /// Of each event in its segment; outside the heap, which has no room for a hundred million.
    private final MemorySegment positions;
    private final EventFrame view = new EventFrame();

    /// @param events how many the log has
    KnownFrames(Path log, int events) throws IOException {
        positions = Arena.ofAuto().allocate(ValueLayout.JAVA_INT, events);
        for (SegmentFile file : Catalog.read(new DiskStorage(log)).segments()) {
            FrameCursor frame = file.frames();
            long at = SegmentHeader.FIRST_FRAME;
            while (frame.moveTo(at, file.sizeBytes()) && frame.type() == FrameType.EVENT) {
                positions.setAtIndex(ValueLayout.JAVA_INT, file.base() + frame.relativeOffset(), (int) at);
                at = frame.next();
            }
            files.add(file);
            segments.add(frame);
        }
    }

    int segments() {
        return segments.size();
    }

    /// Where these events are, to be checked there.
    long[] places(int[] offsets) {
        long[] places = new long[offsets.length];
        for (int i = 0; i < places.length; i++) {
            int segment = files.size() - 1;
            while (files.get(segment).base() > offsets[i]) {
                segment--;
            }
            places[i] = (long) segment << POSITION_BITS | positions.getAtIndex(ValueLayout.JAVA_INT, offsets[i]);
        }
        return places;
    }

    /// @return the offset of the event that is there; -1 when none is
    long check(long place) {
        int segment = (int) (place >>> POSITION_BITS);
        FrameCursor frame = segments.get(segment);
        return frame.moveTo(place & Integer.MAX_VALUE, Integer.MAX_VALUE)
                        && frame.readEvent(view, files.get(segment).base())
                ? view.offset()
                : -1;
    }
}
