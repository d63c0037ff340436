// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When the next segment is prepared for, and what it begins with.
@Timeout(60)
class SegmentTurnTest {
    private static final int MIB = 1 << 20;
    private static final long SEGMENT_BYTES = 16 * MIB;
    private static final long BUSY_BYTES = 8 * MIB;
    private static final long SMALL_BYTES = ActiveSegment.LARGE_WRITE_BYTES / 2;
    private static final long NEXT_OFFSET = 3;
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(1_760_000_000_000L));

    private final FaultyStorage storage = new FaultyStorage();

    private SegmentTurn turn(long segmentBytes) {
        Keys keys = new Keys(storage, List.of(), new LiveIndex(0));
        return new SegmentTurn(storage, keys, new ReentrantLock(), segmentBytes, CLOCK);
    }

    private ActiveSegment active() throws LogException {
        SegmentHeader header = new SegmentHeader(UUID.randomUUID(), 0, 7, 0, 0, 0);
        FrameWriter nothing = new FrameWriter();
        nothing.beginInNewFile(header, SegmentHeader.FIRST_FRAME);
        return ActiveSegment.create(storage, header, nothing, ActiveSegment.FIRST_BYTES, SEGMENT_BYTES);
    }

    private boolean prepared() {
        return storage.trace().stream()
                .anyMatch(operation -> operation instanceof Operation.Create create
                        && create.name().equals(SegmentName.SPARE));
    }

    private boolean begunInSpare() {
        return storage.trace().stream()
                .anyMatch(operation -> operation instanceof Operation.Rename rename
                        && rename.from().equals(SegmentName.SPARE));
    }

    /// Eight MiB at once, up to the second half of a segment, which is 16 MiB or longer.
    @ParameterizedTest
    @CsvSource({"0, 0, 0, true", "1, 0, 0, false", "0, 1, 0, false", "0, 0, 1, false"})
    void spaceIsPreparedOnlyForABusyWriterOfLongSegments(
            int bytesMissing, int endMissing, int segmentMissing, boolean expected) {
        SegmentTurn turn = turn(SEGMENT_BYTES - segmentMissing);
        commit(turn, MIB, SEGMENT_BYTES / 2 - endMissing);
        assertThat(prepared()).isFalse();
        commit(turn, BUSY_BYTES - MIB - bytesMissing, SEGMENT_BYTES / 2 - endMissing);
        turn.end();
        assertThat(prepared()).isEqualTo(expected);
        assertThat(storage.openFiles()).isZero();
        assertThat(turn.release()).isFalse();
    }

    /// So many bytes in small writes.
    private static void commit(SegmentTurn turn, long bytes, long end) {
        for (long left = bytes; left > 0; left -= SMALL_BYTES) {
            turn.committed(Math.min(SMALL_BYTES, left), end);
        }
    }

    /// Large writes need no space made beforehand.
    @ParameterizedTest
    @CsvSource({"8, 0, false", "5, 3, false", "4, 4, true", "0, 8, true"})
    void spaceIsPreparedOnlyWhereHalfComesInSmallWrites(int largeMib, int smallMib, boolean expected) {
        SegmentTurn turn = turn(SEGMENT_BYTES);
        for (int i = 0; i < largeMib; i++) {
            turn.committed(MIB, SEGMENT_BYTES);
        }
        commit(turn, (long) smallMib * MIB, SEGMENT_BYTES);
        turn.end();
        assertThat(prepared()).isEqualTo(expected);
    }

    @Test
    void theNextSegmentGoesOnFromTheOneBefore() throws LogException {
        SegmentTurn turn = turn(SEGMENT_BYTES);
        ActiveSegment full = active();
        ActiveSegment next = turn.roll(full, SegmentHeader.FIRST_FRAME, NEXT_OFFSET);
        next.close();
        assertThat(next.header())
                .isEqualTo(new SegmentHeader(
                        full.header().logId(), NEXT_OFFSET, 8, CLOCK.millis(), 7, SegmentHeader.FIRST_FRAME));
        assertThat(SegmentFile.open(storage, SegmentName.segment(NEXT_OFFSET)).header())
                .isEqualTo(next.header());
        assertThat(storage.sizeBytes(SegmentName.segment(NEXT_OFFSET))).isEqualTo(MIB);
        SegmentFile sealed = SegmentFile.open(storage, full.name());
        FrameCursor mark = sealed.frames();
        assertThat(mark.moveTo(SegmentHeader.FIRST_FRAME, sealed.sizeBytes())).isTrue();
        assertThat(mark.type()).isEqualTo(FrameType.SEAL);
        assertThat(mark.relativeOffset()).isEqualTo(NEXT_OFFSET);
        assertThat(begunInSpare()).isFalse();
        assertThat(storage.openFiles()).isZero();
    }

    @Test
    void theNextSegmentBeginsInTheSpareFile() throws LogException {
        SegmentTurn turn = turn(SEGMENT_BYTES);
        commit(turn, BUSY_BYTES, SEGMENT_BYTES);
        turn.roll(active(), SegmentHeader.FIRST_FRAME, NEXT_OFFSET).close();
        assertThat(begunInSpare()).isTrue();
        assertThat(storage.openFiles()).isZero();
        // The new segment is none that much was written to.
        commit(turn, BUSY_BYTES - 1, SEGMENT_BYTES);
        assertThat(turn.release()).isFalse();
    }

    @Test
    void spaceThatWasPreparedIsGivenBackOnce() throws LogException {
        SegmentTurn turn = turn(SEGMENT_BYTES);
        commit(turn, BUSY_BYTES, SEGMENT_BYTES);
        assertThat(turn.release()).isTrue();
        assertThat(turn.release()).isFalse();
        assertThat(storage.list()).isEmpty();
    }

    @Test
    void aSpareFileThatHasGoneIsDoneWithout() throws LogException {
        SegmentTurn turn = turn(SEGMENT_BYTES);
        commit(turn, BUSY_BYTES, SEGMENT_BYTES);
        while (!storage.list().contains(SegmentName.SPARE)) {
            Thread.onSpinWait();
        }
        storage.delete(SegmentName.SPARE);
        turn.roll(active(), SegmentHeader.FIRST_FRAME, NEXT_OFFSET).close();
        assertThat(begunInSpare()).isFalse();
        assertThat(storage.list()).contains(SegmentName.segment(NEXT_OFFSET));
        assertThat(storage.openFiles()).isZero();
    }

    @Test
    void aForeignFileUnderTheNameOfTheNextSegmentIsNotReplaced() throws LogException {
        storage.create(SegmentName.segment(NEXT_OFFSET)).close();
        ActiveSegment full = active();
        assertThatThrownBy(() -> turn(SEGMENT_BYTES).roll(full, SegmentHeader.FIRST_FRAME, NEXT_OFFSET))
                .isInstanceOf(LogException.UnsupportedFormat.class)
                .hasMessageContaining(SegmentName.segment(NEXT_OFFSET) + " is in the way: repair moves it");
        full.close();
        assertThat(storage.sizeBytes(SegmentName.segment(NEXT_OFFSET))).isZero();
        assertThat(storage.openFiles()).isZero();
    }
}
