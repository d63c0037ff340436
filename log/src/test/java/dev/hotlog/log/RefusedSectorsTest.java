// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.DeadWriter;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.RefusedRead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A disk that refuses to read a sector.
class RefusedSectorsTest {
    private static final String SEGMENT = ParityLog.FIRST_SEGMENT;
    private static final int EVENTS = 30;
    private static final int EVENT_BYTES = 100_000;
    private static final int SPACE = 24;
    private static final int SMALL_SEGMENT_BYTES = 4 << 20;

    /// Refuses what touches that byte of that file.
    private static final class Refusing extends ForwardingStorage {
        private final String file;
        private final long bad;

        Refusing(FaultyStorage to, String file, long bad) {
            super(to);
            this.file = file;
            this.bad = bad;
        }

        @Override
        public void read(String name, ByteBuffer into, long position) throws LogException, RefusedRead {
            if (name.equals(file) && position <= bad && bad < position + into.remaining()) {
                throw new RefusedRead(new IOException("Input/output error"));
            }
            super.read(name, into, position);
        }
    }

    /// A closed log, whose file ends soon behind what was written to it, and not with a block of the disk.
    private static DiskImage large() throws LogException {
        ParityLog log = new ParityLog();
        try (HotLog writer = log.open()) {
            for (int seq = 0; seq < EVENTS; seq++) {
                writer.append(Events.event("s", seq, EVENT_BYTES), Durability.MEMORY);
            }
        }
        byte[] bytes = log.bytes(SEGMENT);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return log.storage().image().with(SEGMENT, Arrays.copyOf(bytes, end + SPACE));
    }

    /// A log of the same events whose writer was killed.
    private static DiskImage leftByAKill() throws LogException {
        ParityLog log = new ParityLog();
        HotLog writer = log.open();
        for (int seq = 0; seq < EVENTS; seq++) {
            writer.append(Events.event("s", seq, EVENT_BYTES), Durability.FORCED);
        }
        DiskImage left = log.storage().image();
        log.storage().killed();
        Script.abandon(writer);
        return left;
    }

    private static long middleOf(long seq, byte[] segment) {
        String payload = Events.event("s", seq, EVENT_BYTES).payload().toString();
        int begin = new String(segment, StandardCharsets.ISO_8859_1).indexOf(payload);
        assertThat(begin).isPositive();
        return begin + payload.length() / 2L;
    }

    @Test
    void aSectorThatTheDiskRefusesCostsNoEventBesideIt() throws LogException {
        DiskImage image = large();
        FaultyStorage storage = new FaultyStorage(image);
        assertThat(HotLogReader.verify(storage, _ -> {}).isSound()).isTrue();
        for (int lost : new int[] {0, EVENTS / 2, EVENTS - 1}) {
            long bad = middleOf(lost, image.bytes(SEGMENT));
            VerifyReport report = HotLogReader.verify(new Refusing(storage, SEGMENT, bad), _ -> {});
            assertThat(report.damage()).singleElement().satisfies(damage -> {
                assertThat(damage.firstOffset()).isEqualTo(lost);
                assertThat(damage.lostEvents()).isOne();
            });
            assertThat(report.events()).isEqualTo(EVENTS - 1);
        }
    }

    @Test
    void eachFileOfASmallLogMayBeRefused() throws LogException {
        FuzzLog log = new FuzzLog();
        List<String> files = log.closed().files().keySet().stream()
                .filter(name -> name.endsWith(".hotlog") || name.endsWith(".idx"))
                .toList();
        for (String file : files) {
            VerifyReport report = HotLogReader.verify(new Refusing(new FaultyStorage(log.closed()), file, 0), _ -> {});
            assertThat(report.damage()).extracting(Damage::file).containsOnly(file);
            long lost = LongStream.range(0, log.headers().size())
                    .filter(number -> log.segment((int) number).equals(file))
                    .map(_ -> log.events().size() / log.headers().size())
                    .sum();
            assertThat(report.events()).isEqualTo(log.events().size() - lost);
        }
    }

    @Test
    void refusedSpaceBehindTheEventsIsToldAndCostsNothing() throws LogException {
        ParityLog log = new ParityLog();
        try (HotLog writer = log.open()) {
            writer.append(Events.event("s", 0), Durability.FORCED);
        }
        FaultyStorage disk = log.storage();
        long bad = log.bytes(SEGMENT).length - 1L;
        Refusing storage = new Refusing(disk, SEGMENT, bad);
        VerifyReport report = HotLogReader.verify(storage, _ -> {});
        assertThat(report.damage()).singleElement().satisfies(damage -> {
            assertThat(damage.problem()).isEqualTo("bytes that cannot be read; the disk said: Input/output error");
            assertThat(damage.position()).isLessThanOrEqualTo(bad);
            assertThat(damage.position() + damage.lengthBytes()).isEqualTo(bad + 1);
            assertThat(damage.lostEvents()).isZero();
        });
        assertThat(report.events()).isOne();
        assertThat(HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system())
                        .lostEvents())
                .isZero();
        assertThat(HotLogReader.verify(disk, _ -> {}).isSound()).isTrue();
    }

    /// What nobody can read at the end of a log that was not closed may have been acknowledged.
    @Test
    void offsetsOfARefusedEndAreNotGivenAgain() throws LogException {
        DiskImage left = leftByAKill().without(Published.NAME);
        FaultyStorage disk = new FaultyStorage(left);
        Refusing storage = new Refusing(disk, SEGMENT, middleOf(EVENTS - 1L, left.bytes(SEGMENT)));
        assertThat(HotLogReader.verify(storage, _ -> {}).damage())
                .singleElement()
                .satisfies(damage -> assertThat(damage.firstOffset()).isEqualTo(EVENTS - 1));
        HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system());
        assertThat(HotLogReader.verify(disk, _ -> {}).isSound()).isTrue();
        try (HotLog next = HotLog.open(disk, HotLogOptions.DEFAULTS, InstantSource.system())) {
            assertThat(next.append(Events.event("t", 0))).isGreaterThanOrEqualTo(EVENTS);
        }
    }

    /// To take it for torn would cut off what was acknowledged.
    @Test
    void aWriterDoesNotOpenALogOfWhichItIsRefusedTheEnd() throws LogException {
        DiskImage left = leftByAKill();
        int length = left.bytes(SEGMENT).length;
        for (long bad : new long[] {SegmentHeader.FIRST_FRAME, length / 2, length - 1}) {
            Refusing storage = new Refusing(new FaultyStorage(left), SEGMENT, bad);
            assertThatThrownBy(() -> ParityLog.open(storage))
                    .isInstanceOf(LogException.Storage.class)
                    .hasMessageContaining("with which the log ends")
                    .hasMessageContaining("Input/output error");
        }
        try (HotLog next = ParityLog.open(new FaultyStorage(left))) {
            assertThat(next.append(Events.event("s", EVENTS))).isEqualTo(EVENTS);
        }
    }

    @Test
    void aWriterOpensALogOfWhichItIsRefusedWhatAnIndexCovers() throws LogException {
        DiskImage image = large();
        Refusing storage = new Refusing(new FaultyStorage(image), SEGMENT, middleOf(0, image.bytes(SEGMENT)));
        try (HotLog next = ParityLog.open(storage)) {
            assertThat(next.append(Events.event("s", EVENTS))).isEqualTo(EVENTS);
        }
    }

    /// What `published` tells of a dead writer's log says how many events a lost end had: no offset is passed over that
    /// the next writer gives.
    @Test
    void aTailBehindALostEndGoesOnWithWhatComes() throws LogException {
        DiskImage left = leftByAKill();
        byte[] bytes = left.bytes(SEGMENT).clone();
        Arrays.fill(bytes, (int) middleOf(EVENTS - 2L, bytes), bytes.length, (byte) 0);
        FaultyStorage disk = new FaultyStorage(left.with(SEGMENT, bytes));
        DeadWriter.bury(disk);
        try (HotLogReader reader = HotLogReader.open(disk)) {
            List<Damage> told = new ArrayList<>();
            assertThat(reader.replay().onDamage(told::add).events()).hasSize(EVENTS - 2);
            assertThat(told).singleElement().satisfies(damage -> {
                assertThat(damage.firstOffset()).isEqualTo(EVENTS - 2);
                assertThat(damage.lostEvents()).isEqualTo(2);
            });
            assertThat(reader.nextOffset()).isEqualTo(EVENTS);
        }
    }

    /// The index of a part knows events that cannot be read when the segment is full, and the whole is indexed.
    @Test
    void aKeyIsNotFreeBecauseItsEventCannotBeReadWhenTheSegmentIsFull() throws LogException {
        DiskImage image = large();
        byte[] bytes = image.bytes(SEGMENT).clone();
        int bad = (int) middleOf(0, bytes);
        bytes[bad] ^= 1;
        FaultyStorage disk = new FaultyStorage(image.with(SEGMENT, bytes));
        HotLogOptions small = HotLogOptions.DEFAULTS.withSegmentBytes(SMALL_SEGMENT_BYTES);
        try (HotLog writer = HotLog.open(disk, small, InstantSource.system())) {
            for (int seq = EVENTS; seq < 2 * EVENTS; seq++) {
                writer.append(Events.event("s", seq, EVENT_BYTES));
            }
            assertThatThrownBy(() -> writer.append(Events.event("s", 0, SPACE)))
                    .isInstanceOf(LogException.Damaged.class);
        }
        assertThat(disk.list()).filteredOn(name -> name.endsWith(".hotlog")).hasSizeGreaterThan(1);
        byte[] given = disk.image().bytes(SEGMENT).clone();
        given[bad] ^= 1;
        try (HotLogReader reader =
                HotLogReader.open(new FaultyStorage(disk.image().with(SEGMENT, given)))) {
            assertThat(reader.damage()).isEmpty();
            assertThat(reader.get("s", 0)).hasValue(Events.event("s", 0, EVENT_BYTES));
            assertThat(reader.session("s"))
                    .hasValueSatisfying(
                            session -> assertThat(session.totals().events()).isEqualTo(2 * EVENTS));
        }
    }
}
