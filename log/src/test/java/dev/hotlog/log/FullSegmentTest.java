// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.FaultyStorage;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// Where a segment ends and the next one begins.
class FullSegmentTest {
    private static final int SEGMENT_BYTES = HotLogOptions.MIN_SEGMENT_BYTES;
    /// A segment keeps room for the two marks it may end with.
    private static final int MOST_FRAME_BYTES = SEGMENT_BYTES - SegmentHeader.FIRST_FRAME - 2 * FrameCursor.MARK_BYTES;

    private interface Appends {
        void to(HotLog log, Event event) throws LogException;
    }

    @Test
    void aSegmentIsFilledToItsLastByteAndNoFurther() throws LogException {
        assertThat(mostFrameBytes((log, event) -> log.append(event, Durability.FORCED)))
                .isEqualTo(MOST_FRAME_BYTES);
        assertThat(mostFrameBytes((log, event) -> log.append(Batch.of(event), Durability.FORCED)))
                .isEqualTo(MOST_FRAME_BYTES);
    }

    /// How long the frames of two events may be that lie in one segment.
    private static long mostFrameBytes(Appends appends) throws LogException {
        long most = 0;
        for (int payload = SEGMENT_BYTES / 2; payload < SEGMENT_BYTES; payload += Long.BYTES) {
            FaultyStorage storage = new FaultyStorage();
            try (HotLog log = HotLog.open(
                    storage, HotLogOptions.DEFAULTS.withSegmentBytes(SEGMENT_BYTES), InstantSource.system())) {
                appends.to(log, Events.event("s", 0));
                appends.to(log, Events.event("s", 1, payload));
                if (!storage.list().contains(SegmentName.segment(1))) {
                    most = Math.max(most, log.stats().frameBytes());
                }
            }
        }
        return most;
    }

    @Test
    void whatIsLongerThanASegmentHasOneOfItsOwnEvenTheFirst() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log =
                HotLog.open(storage, HotLogOptions.DEFAULTS.withSegmentBytes(SEGMENT_BYTES), InstantSource.system())) {
            log.append(Events.event("s", 0, 2 * SEGMENT_BYTES), Durability.FORCED);
            log.append(Batch.of(Events.events("s", 1, 2, SEGMENT_BYTES)), Durability.FORCED);
            log.append(Events.event("s", 3), Durability.FORCED);
        }
        assertThat(storage.list())
                .filteredOn(name -> name.endsWith(".hotlog"))
                .containsExactly(SegmentName.segment(0), SegmentName.segment(1), SegmentName.segment(3));
    }
}
