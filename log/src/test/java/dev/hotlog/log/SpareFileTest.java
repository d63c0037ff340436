// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RecoveryReport;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.Chooser;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.ImageStorage;
import dev.hotlog.log.storage.Operation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The file of the next segment, which another thread fills while the one before is written: what it gives, and that
/// nothing depends on it.
@Timeout(120)
class SpareFileTest {
    private static final int MIB = 1 << 20;
    private static final int SEGMENT_BYTES = 16 * MIB;
    /// Each event is a write that needs space made beforehand.
    private static final int PAYLOAD_BYTES = ActiveSegment.LARGE_WRITE_BYTES / 2;
    /// Two segments and some.
    private static final int EVENTS = 300;
    /// Half a segment.
    private static final int BUSY_EVENTS = 80;

    private static final HotLogOptions OPTIONS =
            HotLogOptions.DEFAULTS.withSegmentBytes(SEGMENT_BYTES).withGroup(1 << 30, 1 << 30, Duration.ofHours(1));

    private final FaultyStorage storage = new FaultyStorage();

    private static HotLog open(FaultyStorage storage) throws LogException {
        return HotLog.open(storage, OPTIONS, InstantSource.system());
    }

    private static Event event(int seq) {
        return Events.event("s", seq, PAYLOAD_BYTES);
    }

    private static void append(HotLog log, int from, int to) throws LogException {
        for (int seq = from; seq < to; seq++) {
            log.append(event(seq), Durability.FORCED);
        }
    }

    /// How many events there are; each must be as it was appended.
    private static int read(DiskImage image) throws LogException {
        int events = 0;
        try (HotLogReader reader = HotLogReader.open(new ImageStorage(image))) {
            for (EventView event : reader.replay()) {
                assertThat(event.toEvent()).isEqualTo(event(events++));
            }
        }
        return events;
    }

    private static boolean fillsSpare(Operation operation) {
        return operation instanceof Operation.Write write && write.name().equals(SegmentName.SPARE);
    }

    private static boolean hasSpare(FaultyStorage of) throws LogException {
        return of.list().contains(SegmentName.SPARE);
    }

    /// How many segments began in a spare file.
    private static long rolls(FaultyStorage of) {
        return of.trace().stream()
                .filter(operation -> operation instanceof Operation.Rename rename
                        && rename.from().equals(SegmentName.SPARE))
                .count();
    }

    @Test
    void segmentsOfABusyWriterGoOnInFilesThatWereFilledBefore() throws LogException {
        try (HotLog log = open(storage)) {
            append(log, 0, BUSY_EVENTS);
            awaitSpare();
            append(log, BUSY_EVENTS, EVENTS);
        }

        assertThat(rolls(storage)).isPositive();
        assertThat(storage.trace().stream().filter(SpareFileTest::fillsSpare)).isNotEmpty();
        assertThat(hasSpare(storage)).isFalse();
        assertThat(read(storage.image())).isEqualTo(EVENTS);
        assertThat(HotLogReader.verify(storage, _ -> {}).isSound()).isTrue();
        assertThat(storage.openFiles()).isZero();
    }

    @Test
    void aWriterOfFewEventsFillsNoFile() throws LogException {
        try (HotLog log = open(storage)) {
            append(log, 0, 10);
        }

        assertThat(storage.trace().stream().filter(SpareFileTest::fillsSpare)).isEmpty();
    }

    @Test
    void theNextOpeningDeletesWhatAKillLeft() throws LogException {
        HotLog log = open(storage);
        append(log, 0, BUSY_EVENTS);
        awaitSpare();
        FaultyStorage next = storage.killed();
        Script.abandon(log);

        try (HotLog again = open(next)) {
            assertThat(hasSpare(next)).isFalse();
            append(again, BUSY_EVENTS, EVENTS);
        }
        assertThat(read(next.image())).isEqualTo(EVENTS);
    }

    @Test
    void aPowerCutAtAnyTimeLosesNothingThatWasAcknowledged() throws LogException {
        long seed = Seeds.next();
        Random random = new Random(seed);
        List<DiskImage> left = new ArrayList<>();
        List<Integer> acknowledged = new ArrayList<>();
        try (HotLog log = open(storage)) {
            for (int seq = 0; seq < EVENTS; seq++) {
                append(log, seq, seq + 1);
                if (seq % 16 == 0) {
                    synchronized (storage) {
                        left.add(storage.disk().crashed(Chooser.random(random.nextLong())));
                    }
                    acknowledged.add(seq + 1);
                }
            }
        }

        for (int i = 0; i < left.size(); i++) {
            FaultyStorage after = new FaultyStorage(left.get(i));
            try (HotLog log = open(after)) {
                assertThat(log.nextOffset()).as("seed %s", seed).isEqualTo((long) acknowledged.get(i));
                append(log, acknowledged.get(i), acknowledged.get(i) + 1);
            }
            assertThat(read(after.image())).as("seed %s", seed).isEqualTo(acknowledged.get(i) + 1);
        }
    }

    @Test
    void aSpareFileThatCannotBeWrittenIsDoneWithout() throws LogException {
        storage.faults().failAll(SpareFileTest::fillsSpare, Fault.IO_ERROR);
        try (HotLog log = open(storage)) {
            append(log, 0, EVENTS);
        }

        assertThat(storage.faults().reached()).isTrue();
        assertThat(rolls(storage)).isZero();
        assertThat(hasSpare(storage)).isFalse();
        assertThat(read(storage.image())).isEqualTo(EVENTS);
    }

    /// What was set aside for the next segment goes to this one when the disk has no more.
    @Test
    void spareSpaceIsGivenBackWhenTheDiskIsFull() throws LogException {
        int room = 15 * MIB;
        storage.room(room);
        HotLog log = open(storage);
        int appended = 0;
        try {
            while (true) {
                append(log, appended, appended + 1);
                appended++;
            }
        } catch (LogException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
        assertThat(appended).isGreaterThan((room - MIB) / (PAYLOAD_BYTES + 200));
        assertThatThrownBy(log::close).isInstanceOf(LogException.class);
        assertThat(hasSpare(storage)).isFalse();

        storage.room(Long.MAX_VALUE);
        try (HotLog again = open(storage)) {
            assertThat(again.nextOffset()).isGreaterThanOrEqualTo(appended);
        }
    }

    /// A batch may be longer than a segment, and end where the space does; the mark of the close was provided for.
    @Test
    void aLogIsClosedThoughTheDiskIsFull() throws LogException {
        HotLog log = open(storage);
        log.append(Batch.of(Events.events("s", 0, 17, MIB)), Durability.FORCED);
        storage.room(storage.usedBytes());
        log.close();

        storage.room(Long.MAX_VALUE);
        try (HotLog again = open(storage)) {
            assertThat(again.recovery().outcome()).isEqualTo(RecoveryReport.Outcome.CLEAN);
        }
    }

    @Test
    void zerosForWhichThereIsNoRoomAreNotWrittenAgainForEachCommit() throws LogException {
        try (HotLog log = open(storage)) {
            append(log, 0, 40);
            storage.room(storage.usedBytes() + 3 * MIB);
            append(log, 40, 48);
            int before = storage.trace().size();
            append(log, 48, 56);

            long written = storage.trace().stream()
                    .skip(before)
                    .filter(operation -> operation instanceof Operation.Write)
                    .mapToLong(
                            operation -> ((Operation.Write) operation).bytes().remaining())
                    .sum();
            assertThat(written).isLessThan(8 * 2 * PAYLOAD_BYTES);
        }
    }

    @Test
    void aSpareFileThatSomebodyDeletedIsDoneWithout() throws LogException {
        try (HotLog log = open(storage)) {
            append(log, 0, BUSY_EVENTS);
            awaitSpare();
            storage.delete(SegmentName.SPARE);
            append(log, BUSY_EVENTS, EVENTS);
        }
        assertThat(read(storage.image())).isEqualTo(EVENTS);
        assertThat(storage.openFiles()).isZero();
    }

    @Test
    void closeReturnsWhateverComesOfDeletingTheSpareFile() throws LogException {
        HotLog log = HotLog.open(
                new ForwardingStorage(storage) {
                    @Override
                    public void delete(String name) throws LogException {
                        if (name.equals(SegmentName.SPARE) && hasSpare(storage)) {
                            throw new OutOfMemoryError("none left");
                        }
                        super.delete(name);
                    }
                },
                OPTIONS,
                InstantSource.system());
        append(log, 0, BUSY_EVENTS);
        awaitSpare();
        log.close();

        assertThat(storage.openFiles()).isZero();
        try (HotLog again = open(storage)) {
            assertThat(again.nextOffset()).isEqualTo(BUSY_EVENTS);
        }
    }

    private void awaitSpare() throws LogException {
        while (!hasSpare(storage)) {
            Thread.onSpinWait();
        }
    }
}
