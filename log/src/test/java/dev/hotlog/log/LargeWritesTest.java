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
import dev.hotlog.log.storage.ImageStorage;
import dev.hotlog.log.storage.Operation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Writes that are so large that they make the file longer by themselves, with no zeros ahead of them, and small ones
/// between.
@Timeout(120)
class LargeWritesTest {
    private static final int MIB = 1 << 20;
    private static final int SEGMENT_BYTES = 16 * MIB;
    private static final int LARGE_BYTES = ActiveSegment.LARGE_WRITE_BYTES;
    private static final int SMALL_BYTES = 300;

    private static final HotLogOptions OPTIONS =
            HotLogOptions.DEFAULTS.withSegmentBytes(SEGMENT_BYTES).withGroup(1 << 30, 1 << 30, Duration.ofHours(1));

    private final FaultyStorage storage = new FaultyStorage();

    private static HotLog open(FaultyStorage storage) throws LogException {
        return HotLog.open(storage, OPTIONS, InstantSource.system());
    }

    private long written(int from) {
        return storage.trace().stream()
                .skip(from)
                .filter(operation -> operation instanceof Operation.Write)
                .mapToLong(operation -> ((Operation.Write) operation).bytes().remaining())
                .sum();
    }

    private int soFar() {
        return storage.trace().size();
    }

    @Test
    void aLargeWriteIsWrittenOnce() throws LogException {
        try (HotLog log = open(storage)) {
            int before = soFar();
            for (int seq = 0; seq < 8; seq++) {
                log.append(Events.event("s", seq, MIB), Durability.FORCED);
            }
            assertThat(written(before)).isBetween(8L * MIB, 8L * MIB + MIB / 4);
            // The mark of the close has its room, up to the end of a block, and that is all.
            assertThat(storage.sizeBytes(SegmentName.segment(0))).isBetween(8L * MIB, 8L * MIB + 8_192);
        }
    }

    @Test
    void smallWritesBehindALargeOneGetLittleSpaceAtFirst() throws LogException {
        try (HotLog log = open(storage)) {
            for (int seq = 0; seq < 20; seq += 2) {
                log.append(Events.event("s", seq, MIB), Durability.FORCED);
                int before = soFar();
                log.append(Events.event("s", seq + 1, SMALL_BYTES), Durability.FORCED);
                assertThat(written(before)).isLessThan(2 * ActiveSegment.FIRST_BYTES);
            }
        }
        assertThat(HotLogReader.verify(storage, _ -> {}).isSound()).isTrue();
    }

    @Test
    void spareSpaceIsGivenToALargeWriteWhenTheDiskIsFull() throws LogException {
        int segmentBytes = 32 * MIB;
        int half = segmentBytes / 2 / (LARGE_BYTES / 2) + 1;
        try (HotLog log = HotLog.open(storage, OPTIONS.withSegmentBytes(segmentBytes), InstantSource.system())) {
            for (int seq = 0; seq < half; seq++) {
                log.append(Events.event("s", seq, LARGE_BYTES / 2), Durability.FORCED);
            }
            while (!storage.list().contains(SegmentName.SPARE)) {
                Thread.onSpinWait();
            }
            // Longer than what was filled ahead.
            Batch large = Batch.of(Events.events("t", 0, 12, MIB));
            storage.faults().failNext(LargeWritesTest::isLarge, Fault.SHORT_WRITE);
            log.append(large, Durability.FORCED);
            assertThat(storage.faults().reached()).isTrue();
            assertThat(storage.list()).doesNotContain(SegmentName.SPARE);
        }
        try (HotLog again = open(storage)) {
            assertThat(again.recovery().outcome()).isEqualTo(RecoveryReport.Outcome.CLEAN);
            assertThat(again.nextOffset()).isEqualTo(half + 12L);
        }
    }

    /// What the disk took of a write that failed is torn; a disk without room for its copy is told of, and nothing is
    /// lost.
    @Test
    void aDiskWithoutRoomForALargeWriteKeepsWhatWasThere() throws LogException {
        HotLog log = open(storage);
        for (int seq = 0; seq < 4; seq++) {
            log.append(Events.event("s", seq, MIB), Durability.FORCED);
        }
        storage.room(storage.usedBytes() + MIB);
        storage.faults().failNext(LargeWritesTest::isLarge, Fault.SHORT_WRITE);
        assertThatThrownBy(() -> log.append(Events.event("s", 4, 2 * MIB), Durability.FORCED))
                .isInstanceOf(LogException.class)
                .hasMessageContaining("No space left");
        assertThatThrownBy(log::close).isInstanceOf(LogException.class);
        assertThat(read(storage.image())).isEqualTo(4);

        storage.room(storage.usedBytes() + MIB / 2);
        assertThatThrownBy(() -> open(storage)).isInstanceOf(LogException.class).hasMessageContaining("No space left");
        assertThat(read(storage.image())).isEqualTo(4);

        storage.room(Long.MAX_VALUE);
        try (HotLog again = open(storage)) {
            assertThat(again.nextOffset()).isEqualTo(4);
            again.append(Events.event("s", 4, 2 * MIB), Durability.FORCED);
        }
        assertThat(read(storage.image())).isEqualTo(5);
        assertThat(storage.openFiles()).isZero();
    }

    private static boolean isLarge(Operation operation) {
        return operation instanceof Operation.Write write && write.bytes().remaining() > MIB;
    }

    private static int read(DiskImage image) throws LogException {
        int events = 0;
        try (HotLogReader reader = HotLogReader.open(new ImageStorage(image))) {
            for (EventView event : reader.replay()) {
                assertThat(event.seq()).isEqualTo(events++);
            }
        }
        return events;
    }

    @Test
    void aPowerCutBetweenWritesLosesNothingThatWasAcknowledged() throws LogException {
        long seed = Seeds.next();
        Random random = new Random(seed);
        List<Event> appended = new ArrayList<>();
        List<DiskImage> left = new ArrayList<>();
        List<Integer> acknowledged = new ArrayList<>();
        try (HotLog log = open(storage)) {
            for (int i = 0; i < 60; i++) {
                int events = 1 + random.nextInt(4);
                int bytes = random.nextBoolean() ? SMALL_BYTES : LARGE_BYTES / 2 + random.nextInt(LARGE_BYTES);
                Batch batch = Batch.of(Events.events("s", appended.size(), events, bytes));
                boolean forced = random.nextInt(3) > 0;
                log.append(batch, forced ? Durability.FORCED : Durability.MEMORY);
                appended.addAll(batch.events());
                synchronized (storage) {
                    left.add(storage.disk().crashed(Chooser.random(random.nextLong())));
                }
                acknowledged.add(forced ? appended.size() : acknowledged.isEmpty() ? 0 : acknowledged.getLast());
            }
        }

        for (int i = 0; i < left.size(); i++) {
            FaultyStorage after = new FaultyStorage(left.get(i));
            try (HotLog log = open(after)) {
                assertThat(log.nextOffset()).as("seed %s", seed).isGreaterThanOrEqualTo(acknowledged.get(i));
                log.append(Events.event("next", 0, LARGE_BYTES), Durability.FORCED);
            }
            int events = 0;
            try (HotLogReader reader = HotLogReader.open(new ImageStorage(after.image()))) {
                for (EventView event : reader.replay().where(view -> view.isOfSession("s"))) {
                    assertThat(event.toEvent()).as("seed %s", seed).isEqualTo(appended.get(events++));
                }
            }
            assertThat(events).as("seed %s", seed).isGreaterThanOrEqualTo(acknowledged.get(i));
            assertThat(HotLogReader.verify(after, _ -> {}).isSound())
                    .as("seed %s", seed)
                    .isTrue();
        }
    }
}
