// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.Forgery;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.DeadWriter;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.Operation;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Readers of a log whose files change while they look at them.
@Timeout(60)
class FollowingTest {
    private static final HotLogOptions SMALL = LogProcess.SMALL;
    private static final int EVENTS = 300;

    private final FaultyStorage disk = new FaultyStorage();

    private static HotLog open(Storage storage) throws LogException {
        return HotLog.open(storage, SMALL, InstantSource.system());
    }

    private interface Condition {
        boolean holds() throws LogException;
    }

    private static void await(Condition condition) throws LogException {
        while (!condition.holds()) {
            Thread.onSpinWait();
        }
    }

    private static boolean publishes(Operation operation) {
        return operation instanceof Operation.Write write && write.name().equals(Published.NAME);
    }

    private static boolean writesIndex(Operation operation) {
        return operation instanceof Operation.Write write && write.name().contains(".idx");
    }

    private static void write(FaultyStorage storage, String name, byte[] bytes) throws LogException {
        boolean exists = storage.list().contains(name);
        try (StoredFile file = exists ? storage.open(name) : storage.create(name)) {
            file.write(ByteBuffer.wrap(bytes), 0);
        }
    }

    /// Some segments, closed.
    private void fill() throws LogException {
        try (HotLog log = open(disk)) {
            for (Event event : Events.events("s", 0, EVENTS, 600)) {
                log.append(event, Durability.MEMORY);
            }
        }
    }

    private List<String> segments() throws LogException {
        return disk.list().stream().filter(name -> name.endsWith(".hotlog")).toList();
    }

    @Test
    void aReaderOutlivesAPublishedFileThatIsTornAndMendedUnderItsEyes() throws LogException {
        try (HotLog log = open(disk)) {
            log.append(Events.event("s", 0), Durability.FORCED);
            try (HotLogReader reader = HotLogReader.open(disk)) {
                assertThat(reader.get("s", 0)).isPresent();
                write(disk, Published.NAME, new byte[64]);
                assertThat(reader.get("s", 0)).isPresent();
                log.append(Events.event("s", 1), Durability.FORCED);
                assertThat(reader.get("s", 1)).contains(Events.event("s", 1));
                assertThat(reader.info().events()).isEqualTo(2);
            }
        }
    }

    @Test
    void aReaderLooksNowAndThenWhetherATornPublishedFileStillTellsNothing() throws LogException {
        fill();
        write(disk, Published.NAME, new byte[64]);
        try (HotLogReader reader = HotLogReader.open(disk)) {
            long before = disk.faults().met();
            await(() -> reader.get("s", 0).isPresent() && disk.faults().met() > before);
            assertThat(reader.info().events()).isEqualTo(EVENTS);
        }
    }

    @Test
    void aReaderGoesOnWhenThePublishedFileWasDeletedAndMadeAnew() throws LogException {
        fill();
        try (HotLogReader reader = HotLogReader.open(disk)) {
            assertThat(reader.info().events()).isEqualTo(EVENTS);
            disk.delete(Published.NAME);
            try (HotLog log = open(disk)) {
                log.append(Events.event("later", 0), Durability.FORCED);
                await(() -> reader.get("later", 0).isPresent());
                log.append(Events.event("later", 1), Durability.FORCED);
                await(() -> reader.get("later", 1).isPresent());
            }
        }
    }

    @Test
    void whatAWriterHadWrittenAndNotPublishedIsShownOnceItHasDied() throws LogException {
        HotLog log = open(disk);
        log.append(Events.event("s", 0), Durability.FORCED);
        try (HotLogReader reader = HotLogReader.open(disk)) {
            assertThat(reader.nextOffset()).isEqualTo(1);
            disk.faults().failNext(FollowingTest::publishes, Fault.IO_ERROR);
            assertThatThrownBy(() -> log.append(Events.event("s", 1), Durability.FORCED))
                    .isInstanceOf(LogException.Stopped.class);
            Script.abandon(log);
            assertThat(reader.get("s", 1)).isEmpty();
            DeadWriter.bury(disk);
            await(() -> reader.get("s", 1).isPresent());
            assertThat(reader.nextOffset()).isEqualTo(2);
        }
    }

    @Test
    void whoReadsALogWhoseFilesNeverRestIsToldSo() throws LogException {
        open(disk).close();
        Storage restless = new ForwardingStorage(disk) {
            private long changes;

            @Override
            public List<String> list() throws LogException {
                try (Published.File published = Published.File.open(disk)) {
                    published.writeClosed(0, 1, SegmentHeader.FIRST_FRAME, ++changes);
                }
                return super.list();
            }
        };
        assertThatThrownBy(() -> HotLogReader.open(restless))
                .isInstanceOf(LogException.Storage.class)
                .hasMessageContaining("its files change all the time");
        assertThatThrownBy(() -> HotLogReader.verify(restless, _ -> {}))
                .isInstanceOf(LogException.Storage.class)
                .hasMessageContaining("its files change all the time");
    }

    private interface Meanwhile {
        void run() throws LogException;
    }

    /// Lets something happen, once, right before a reader looks at the disk.
    private static final class Interlude extends ForwardingStorage {
        private @Nullable Meanwhile beforeMap;
        private @Nullable Meanwhile beforeList;

        Interlude(Storage to) {
            super(to);
        }

        void beforeMap(Meanwhile happens) {
            beforeMap = happens;
        }

        void beforeList(Meanwhile happens) {
            beforeList = happens;
        }

        @Override
        public MemorySegment map(String name) throws LogException {
            Meanwhile happens = beforeMap;
            if (happens != null && name.endsWith(".hotlog")) {
                beforeMap = null;
                happens.run();
            }
            return super.map(name);
        }

        @Override
        public List<String> list() throws LogException {
            Meanwhile happens = beforeList;
            if (happens != null) {
                beforeList = null;
                happens.run();
            }
            return super.list();
        }
    }

    @Test
    void aReaderWhoseSegmentIsTakenOverWhileItMapsMoreOfItGoesOnInTheNewFile() throws LogException {
        HotLog first = HotLog.open(disk, HotLogOptions.DEFAULTS, InstantSource.system());
        first.append(Events.event("s", 0), Durability.FORCED);
        Interlude interlude = new Interlude(disk);
        try (HotLogReader reader = HotLogReader.open(interlude)) {
            assertThat(reader.get("s", 0)).isPresent();
            first.append(Events.event("s", 1, 100_000), Durability.FORCED);
            interlude.beforeMap(() -> {
                disk.faults().failNext(operation -> operation instanceof Operation.Force, Fault.IO_ERROR);
                assertThatThrownBy(() -> first.append(Events.event("t", 0), Durability.FORCED))
                        .isInstanceOf(LogException.Stopped.class);
                Script.abandon(first);
                try (HotLog second = open(disk)) {
                    second.append(Events.event("s", 2), Durability.FORCED);
                }
            });
            assertThat(reader.get("s", 1)).isPresent();
            assertThat(reader.get("s", 2)).isPresent();
            assertThat(reader.damage()).isEmpty();
        }
    }

    @Test
    void aSegmentThatIsFollowedToItsEndIsIndexedOnceThoughTheFilesChangeMeanwhile() throws LogException {
        HotLog log = open(disk);
        log.append(Events.event("s", 0, 600), Durability.FORCED);
        Interlude interlude = new Interlude(disk);
        try (HotLogReader reader = HotLogReader.open(interlude)) {
            assertThat(reader.info().events()).isEqualTo(1);
            for (Event event : Events.events("s", 1, EVENTS - 1, 600)) {
                log.append(event, Durability.MEMORY);
            }
            log.close();
            interlude.beforeList(() -> {
                try (HotLog next = open(disk)) {
                    next.append(Events.event("late", 0), Durability.FORCED);
                }
            });
            assertThat(reader.get("late", 0)).isPresent();
            assertThat(reader.info().events()).isEqualTo(EVENTS + 1);
            assertThat(reader.session("s").orElseThrow().totals().events()).isEqualTo(EVENTS);
        }
    }

    /// Makes the first event of the kind `dream` say of its kind that it has no name, under the right checksum.
    private void contradictItself(String segment) throws LogException {
        SegmentFile file = SegmentFile.open(disk, segment);
        FrameCursor frame = file.frames();
        assertThat(frame.moveTo(SegmentHeader.FIRST_FRAME, file.sizeBytes())).isTrue();
        byte[] bytes = disk.image().bytes(segment).clone();
        int kindLength = 24;
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort((int) frame.bodyPosition() + kindLength, (short)
                0);
        Forgery.makeRight(bytes);
        write(disk, segment, bytes);
    }

    @Test
    void anEventThatContradictsItselfIsDamageBesideALiveWriterToo() throws Exception {
        try (HotLog log = open(disk)) {
            log.append(Event.of("s", 0).kind(new Kind("dream")).build(), Durability.FORCED);
            log.append(Events.event("s", 1), Durability.FORCED);
            contradictItself(SegmentName.segment(0));
            try (HotLogReader reader = HotLogReader.open(disk);
                    Tail tail = reader.tail(0)) {
                assertThat(reader.damage()).singleElement().satisfies(damage -> {
                    assertThat(damage.problem()).isEqualTo("a frame that contradicts itself");
                    assertThat(damage.firstOffset()).isZero();
                    assertThat(damage.lostEvents()).isEqualTo(1);
                });
                assertThatThrownBy(() -> tail.next(Duration.ZERO)).isInstanceOf(LogException.Damaged.class);
                assertThat(tail.next(Duration.ZERO)).isTrue();
                assertThat(tail.event().toEvent()).isEqualTo(Events.event("s", 1));
            }
        }
    }

    @Test
    void anIndexThatComesLateTellsWhatCouldNotBeReadMeanwhile() throws LogException {
        fill();
        String segment = segments().getFirst();
        String index = SegmentName.index(0);
        byte[] indexBytes = disk.image().bytes(index);
        byte[] bytes = disk.image().bytes(segment).clone();
        bytes[2_000] ^= 1;
        FaultyStorage damaged = new FaultyStorage(disk.image().without(index).with(segment, bytes));
        try (HotLogReader reader = HotLogReader.open(damaged)) {
            assertThat(reader.damage())
                    .singleElement()
                    .extracting(Damage::lostEvents)
                    .isEqualTo(1L);
            assertThat(reader.info().events()).isEqualTo(EVENTS - 1);
            write(damaged, index, indexBytes);
            await(() -> reader.info().events() == EVENTS);
            assertThat(reader.damage()).isEmpty();
            assertThat(HotLogReader.verify(damaged, _ -> {}).damage()).hasSize(1);
        }
    }

    @Test
    void aReaderNoticesThatASegmentHasGone() throws LogException {
        fill();
        List<String> segments = segments();
        assertThat(segments).hasSizeGreaterThan(2);
        try (HotLogReader reader = HotLogReader.open(disk)) {
            Event lost =
                    reader.at(SegmentName.base(segments.get(1)).orElseThrow()).orElseThrow();
            assertThat(reader.get("s", lost.seq())).contains(lost);
            disk.delete(segments.get(1));
            try (HotLog log = open(disk)) {
                log.append(Events.event("t", 0), Durability.FORCED);
            }
            assertThat(reader.get("t", 0)).isPresent();
            assertThat(reader.get("s", 0)).isPresent();
            assertThat(reader.get("s", EVENTS - 1)).isPresent();
            assertThatThrownBy(() -> reader.get("s", lost.seq())).isInstanceOf(LogException.Damaged.class);
            // Whose the lost events were nobody can tell, so each session is told of them.
            assertThatThrownBy(() -> reader.replay().session("t").forEach(_ -> {}))
                    .hasCauseInstanceOf(LogException.Damaged.class);
        }
    }

    @Test
    void howeverManySessionsAreAskedForWhatIsFoundStaysRight() throws LogException {
        fill();
        int moreThanAreRemembered = 70_000;
        try (HotLogReader reader = HotLogReader.open(disk)) {
            for (int i = 0; i < moreThanAreRemembered; i++) {
                assertThat(reader.offsetOf("nobody-" + i, 0).isPresent()).isFalse();
            }
            for (long seq = 0; seq < EVENTS; seq++) {
                assertThat(reader.offsetOf("s", seq)).hasValue(seq);
            }
        }
    }

    @Test
    void aLostIndexThatTheDiskDoesNotTakeIsBuiltWhereItIsNeeded() throws LogException {
        fill();
        FaultyStorage without = new FaultyStorage(disk.image().without(SegmentName.index(0)));
        without.faults().failAll(FollowingTest::writesIndex, Fault.DISK_FULL);
        try (HotLog log = open(without)) {
            assertThat(log.offsetOf("s", 1)).hasValue(1);
            assertThat(log.append(Events.event("s", 1, 600), Durability.FORCED)).isEqualTo(1);
        }
        assertThat(without.list()).doesNotContain(SegmentName.index(0));
        assertThat(HotLogReader.verify(without, _ -> {}).isSound()).isTrue();
    }

    @Test
    void aLostIndexIsNotWrittenOverDamagedFrames() throws LogException {
        fill();
        byte[] bytes = disk.image().bytes(SegmentName.segment(0)).clone();
        bytes[2_000] ^= 1;
        FaultyStorage damaged =
                new FaultyStorage(disk.image().without(SegmentName.index(0)).with(SegmentName.segment(0), bytes));
        open(damaged).close();
        assertThat(damaged.list()).doesNotContain(SegmentName.index(0));
    }

    @Test
    void aSessionOfWhichNoTimeIsKnownBeganAtNone() throws LogException {
        try (HotLog log = open(disk)) {
            log.append(Batch.of(Event.of("s", 0).build(), Event.of("s", 1).build()), Durability.FORCED);
        }
        try (HotLogReader reader = HotLogReader.open(disk)) {
            assertThat(reader.session("s").orElseThrow().firstTsMillis()).isZero();
            assertThat(reader.session("s").orElseThrow().lastTsMillis()).isZero();
        }
    }
}
