// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameCursor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What no lookup can save: going to an event's frame, its place known beforehand, and checking it.
final class KnownFrames {
    private final List<FrameCursor> segments = new ArrayList<>();
    private final int[] segmentOf;
    private final int[] positionOf;
    private final EventFrame view = new EventFrame();

    /// @param events how many the log has, in the workload's order
    KnownFrames(Path log, int events) throws IOException {
        segmentOf = new int[events];
        positionOf = new int[events];
        int number = 0;
        for (FrameRun run : FrameSource.all(log)) {
            int position = run.start();
            for (int length : run.lengths()) {
                segmentOf[number] = segments.size();
                positionOf[number] = position;
                position += length;
                number++;
            }
            segments.add(run.segment().frames());
        }
        if (number != events) {
            throw new IllegalStateException("found " + number + " events of " + events);
        }
    }

    int segments() {
        return segments.size();
    }

    /// @return the number; -1 when it is not there
    long check(int number) {
        FrameCursor frame = segments.get(segmentOf[number]);
        return frame.moveTo(positionOf[number], Integer.MAX_VALUE) && frame.readEvent(view, 0) ? number : -1;
    }
}
