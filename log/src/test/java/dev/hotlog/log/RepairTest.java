// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RepairReport;
import dev.hotlog.event.SessionLoss;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.segment.IndexFile;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.storage.DiskStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.RefusedRead;
import dev.hotlog.log.storage.Storage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damage of every sort is told by verify and by readers, costs only what it touches, and is gone after repair.
class RepairTest {
    private static final int EVENTS = 700;
    private static final int SECTOR = 512;

    private static SampleLog log;

    @TempDir
    Path temp;

    private int copies;

    @BeforeAll
    static void isOfSeveralSegments(@TempDir Path logs) throws IOException {
        log = SampleLog.of(logs.resolve("log"), EVENTS);
        assertThat(log.segments()).hasSizeGreaterThan(3);
        assertThat(log.verify().damage()).isEmpty();
        assertThat(log.verify().isSound()).isTrue();
    }

    private SampleLog copy() throws IOException {
        return log.copyTo(temp.resolve("copy-" + copies++));
    }

    private String first() throws IOException {
        return log.segments().getFirst();
    }

    private String middle() throws IOException {
        return log.segments().get(1);
    }

    private String last() throws IOException {
        return log.segments().getLast();
    }

    private static Path index(SampleLog of, String segment) {
        return of.directory().resolve(segment.replace(".hotlog", ".idx"));
    }

    // ---- the round: told, nothing else lost, mended, sound, goes on

    private static VerifyReport isToldAndMended(SampleLog damaged, List<Long> lost) throws IOException {
        VerifyReport found = damaged.verify();
        assertThat(found.damage()).isNotEmpty();
        assertThat(found.events()).isEqualTo(EVENTS - lost.size());
        damaged.hasAllBut(lost);
        if (!lost.isEmpty()) {
            assertThat(damaged.replayTells()).isNotEmpty();
        }
        RepairReport report = isMended(damaged, lost);
        assertThat(report.damage()).isEqualTo(found.damage());
        assertThat(report.lostEvents()).isGreaterThanOrEqualTo(lost.size());
        return found;
    }

    private static RepairReport isMended(SampleLog damaged, List<Long> lost) throws IOException {
        Map<Path, byte[]> before = contents(damaged);
        RepairReport report = damaged.repair();
        assertThat(report.events()).isEqualTo(EVENTS - lost.size());
        for (Path aside : report.movedAside()) {
            assertThat(aside).exists();
        }
        assertThat(allContents(damaged)).containsAll(filesOf(before));
        VerifyReport after = damaged.verify();
        assertThat(after.damage()).isEmpty();
        assertThat(after.isSound()).isTrue();
        assertThat(after.events()).isEqualTo(EVENTS - lost.size());
        assertThat(after.lostEvents()).isEqualTo(report.lostEvents());
        assertThat(damaged.replayTells()).isEmpty();
        damaged.hasAllBut(lost);
        assertThat(damaged.repair().isUnchanged()).isTrue();
        damaged.goesOn();
        assertThat(damaged.verify().isSound()).isTrue();
        damaged.hasAllBut(lost);
        return report;
    }

    private static Map<Path, byte[]> contents(SampleLog of) throws IOException {
        Map<Path, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(of.directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Files.readAllBytes(file));
            }
        }
        return contents;
    }

    private static List<String> filesOf(Map<Path, byte[]> contents) {
        return contents.entrySet().stream()
                .filter(file -> SegmentName.base(name(file.getKey())).isPresent()
                        || SegmentName.isIndex(name(file.getKey()))
                        || name(file.getKey().getParent()).equals(SegmentName.DAMAGED_FOLDER))
                .map(file -> new String(file.getValue(), StandardCharsets.ISO_8859_1))
                .toList();
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static List<String> allContents(SampleLog of) throws IOException {
        return filesOf(contents(of));
    }

    // ---- single bits

    @Test
    void aFlippedBitInAnEventCostsThatEventAlone() throws IOException {
        for (String file : log.segments()) {
            List<Long> events = log.eventsIn(file);
            for (long offset : List.of(events.getFirst(), events.get(events.size() / 2), events.getLast())) {
                SampleLog.Lies lies = log.frame(offset);
                for (long position : List.of(lies.from() + 5, lies.to() - 20)) {
                    VerifyReport found = isToldAndMended(copy().flip(file, position), List.of(offset));
                    Damage told = found.damage().getFirst();
                    assertThat(told.file()).isEqualTo(file);
                    assertThat(told.position()).isEqualTo(lies.from());
                    assertThat(told.firstOffset()).isEqualTo(offset);
                    assertThat(told.lostEvents()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void damageNamesTheSessionsThatItTouches() throws IOException {
        long offset = log.eventsIn(middle()).get(20);
        VerifyReport found =
                copy().flip(middle(), log.frame(offset).from() + 30).verify();
        assertThat(found.losses())
                .containsExactly(new SessionLoss(log.appended(offset).sessionId(), 1));
    }

    @Test
    void aFlippedBitInOneCopyOfTheHeaderCostsNothing() throws IOException {
        for (String file : log.segments()) {
            for (long position : List.of(3L, 60L, 530L)) {
                isToldAndMended(copy().flip(file, position), List.of());
            }
        }
    }

    @Test
    void aFlippedBitBesideTheHeaderIsTold() throws IOException {
        for (long position : List.of(80L, 511L, 1023L)) {
            isToldAndMended(copy().flip(middle(), position), List.of());
        }
    }

    @Test
    void aFlippedBitInAnIndexCostsNothing() throws IOException {
        for (String file : log.indexes()) {
            long size = log.bytes(file).length;
            for (long position = 0; position < size; position += 1 + size / 9) {
                SampleLog damaged = copy().flip(file, position);
                damaged.hasAllBut(List.of());
                VerifyReport found = damaged.verify();
                assertThat(found.damage()).hasSize(1);
                assertThat(found.damage().getFirst().lostEvents()).isZero();
                RepairReport report = isMended(damaged, List.of());
                assertThat(report.indexesRebuilt()).isEqualTo(1);
                assertThat(report.segmentsRewritten()).isZero();
            }
        }
    }

    @Test
    void noFlippedBitOfASealedSegmentIsBothSilentAndCostly() throws IOException {
        String file = middle();
        long size = log.bytes(file).length;
        for (long position = 0; position < size; position += 1009) {
            SampleLog damaged = copy().flip(file, position);
            List<Long> lost = log.eventsIn(file, position, position + 1);
            damaged.hasAllBut(lost);
            if (!lost.isEmpty()) {
                assertThat(damaged.verify().damage()).isNotEmpty();
            }
        }
    }

    // ---- sectors

    @Test
    void aLostSectorCostsOnlyTheEventsThatItTouches() throws IOException {
        for (int with : new int[] {0, 0xFF}) {
            for (String file : log.segments()) {
                long end = log.frame(log.eventsIn(file).getLast()).to();
                for (long sector = 0; sector < end; sector += 31 * SECTOR) {
                    List<Long> lost = log.eventsIn(file, sector, sector + SECTOR);
                    isToldAndMended(copy().fill(file, sector, sector + SECTOR, with), lost);
                }
            }
        }
    }

    @Test
    void swappedSectorsAreNeverReadAsEvents() throws IOException {
        for (String file : log.segments()) {
            long one = 8 * SECTOR;
            long other = 20 * SECTOR;
            List<Long> lost = new ArrayList<>(log.eventsIn(file, one, one + SECTOR));
            lost.addAll(log.eventsIn(file, other, other + SECTOR));
            isToldAndMended(copy().swap(file, one, other, SECTOR), lost);
        }
    }

    @Test
    void whenBothCopiesOfTheHeaderAreGoneTheEventsAreNot() throws IOException {
        for (int with : new int[] {0, 0xFF}) {
            for (String file : log.segments()) {
                isToldAndMended(copy().fill(file, 0, SegmentHeader.FIRST_FRAME, with), List.of());
                List<Long> lost = log.eventsIn(file, 0, 4096);
                isToldAndMended(copy().fill(file, 0, 4096, with), lost);
            }
        }
    }

    @Test
    void whenHeaderAndIndexAreGoneTheEventsAreNot() throws IOException {
        for (String file : log.segments()) {
            SampleLog damaged = copy().fill(file, 0, SegmentHeader.FIRST_FRAME, 0);
            Files.deleteIfExists(index(damaged, file));
            isToldAndMended(damaged, List.of());
        }
    }

    @Test
    void whenTheOnlySegmentHasNoHeaderItsEventsAreStillThere() throws IOException {
        SampleLog small = SampleLog.of(temp.resolve("small"), 50);
        assertThat(small.segments()).hasSize(1);
        small.fill(small.segments().getFirst(), 0, SegmentHeader.FIRST_FRAME, 0);
        assertThat(small.verify().damage()).hasSize(1);
        small.hasAllBut(List.of());
        assertThatThrownBy(() -> HotLog.open(small.directory())).isInstanceOf(LogException.Damaged.class);
        assertThat(small.repair().events()).isEqualTo(50);
        assertThat(small.verify().isSound()).isTrue();
        small.hasAllBut(List.of());
        small.goesOn();
    }

    @Test
    void whenEveryHeaderIsGoneTheEventsAreStillThere() throws IOException {
        SampleLog damaged = copy();
        for (String file : damaged.segments()) {
            damaged.fill(file, 0, SegmentHeader.FIRST_FRAME, 0);
        }
        isToldAndMended(damaged, List.of());
    }

    @Test
    void aWriterGoesOnBehindALastSegmentWithoutAHeader() throws IOException {
        SampleLog damaged = copy().fill(last(), 0, SegmentHeader.FIRST_FRAME, 0);
        damaged.goesOn();
        damaged.hasAllBut(List.of());
        assertThat(damaged.verify().isSound()).isTrue();
    }

    // ---- files

    @Test
    void aTruncatedSegmentCostsOnlyWhatWasCutOff() throws IOException {
        for (String file : log.segments()) {
            long size = log.frame(log.eventsIn(file).getLast()).to();
            for (long length = 0; length < size; length += 14_999) {
                List<Long> lost = log.eventsIn(file, length, Long.MAX_VALUE);
                isToldAndMended(copy().truncate(file, length), lost);
            }
        }
    }

    @Test
    void aMissingMiddleSegmentIsToldWithTheCount() throws IOException {
        SampleLog damaged = copy().delete(middle());
        List<Long> lost = log.eventsIn(middle());
        assertThat(damaged.replayTells()).singleElement().satisfies(told -> {
            assertThat(told.lostEvents()).isEqualTo(lost.size());
            assertThat(told.firstOffset()).isEqualTo(lost.getFirst());
            assertThat(told.file()).isEqualTo(first());
        });
        VerifyReport found = isToldAndMended(damaged, lost);
        assertThat(found.losses().stream().mapToLong(SessionLoss::events).sum()).isEqualTo(lost.size());
    }

    @Test
    void aMissingLastSegmentIsTold() throws IOException {
        SampleLog damaged = copy().delete(last());
        List<Long> lost = log.eventsIn(last());
        isToldAndMended(damaged, lost);
    }

    @Test
    void aMissingLastSegmentOfWhichNothingWasPublishedIsTold() throws IOException {
        SampleLog damaged = copy().delete(last()).delete("published");
        List<Long> lost = log.eventsIn(last());
        isToldAndMended(damaged, lost);
    }

    @Test
    void aWriterThatWentOnWithoutTheLastSegmentHidesNothing() throws IOException {
        SampleLog damaged = copy().delete(last());
        damaged.goesOn();
        List<Long> lost = log.eventsIn(last());
        assertThat(damaged.verify().damage()).hasSize(1);
        assertThat(damaged.replayTells()).hasSize(1);
        damaged.repair();
        assertThat(damaged.verify().isSound()).isTrue();
        damaged.hasAllBut(lost);
    }

    @Test
    void severalDamagesAtOnceAreMendedTogether() throws IOException {
        SampleLog damaged = copy();
        long one = log.eventsIn(first()).get(3);
        List<Long> lost = new ArrayList<>(List.of(one));
        lost.addAll(log.eventsIn(middle()));
        long other = log.eventsIn(last()).get(1);
        lost.add(other);
        damaged.flip(first(), log.frame(one).from() + 40)
                .delete(middle())
                .fill(log.segments().get(2), 0, SegmentHeader.FIRST_FRAME, 0)
                .flip(last(), log.frame(other).from() + 40);
        isToldAndMended(damaged, lost);
    }

    @Test
    void aMissingIndexIsNoDamageAndIsRebuilt() throws IOException {
        SampleLog without = copy();
        for (String file : without.indexes()) {
            without.delete(file);
        }
        assertThat(without.verify().isSound()).isTrue();
        without.hasAllBut(List.of());
        assertThat(without.repair().indexesRebuilt()).isEqualTo(log.indexes().size());
        assertThat(without.indexes()).isEqualTo(log.indexes());
        for (String file : log.indexes()) {
            assertThat(without.bytes(file)).isEqualTo(log.bytes(file));
        }
    }

    @Test
    void theIndexOfAnotherLogIsIgnoredAndRebuilt() throws IOException {
        SampleLog other = SampleLog.of(temp.resolve("other"), EVENTS);
        String index = log.indexes().getFirst();
        SampleLog foreign = copy().write(index, other.bytes(index));
        foreign.hasAllBut(List.of());
        assertThat(foreign.verify().isSound()).isTrue();
        assertThat(foreign.repair().indexesRebuilt()).isEqualTo(1);
        assertThat(foreign.bytes(index)).isEqualTo(log.bytes(index));
    }

    @Test
    void anIndexThatSaysSomethingElseThanItsSegmentIsDamaged() throws IOException {
        SampleLog wrong = copy();
        SegmentFile segment = SegmentFile.open(new DiskStorage(wrong.directory()), middle());
        SegmentWalk.Stretch short1 = new SegmentWalk.Stretch(
                SegmentHeader.FIRST_FRAME,
                segment.base(),
                log.frame(segment.base() + 9).to(),
                segment.base() + 10);
        LiveIndex index = IndexFile.build(segment, short1, _ -> {});
        index.skipTo(log.frame(log.eventsIn(middle()).getLast()).to());
        IndexFile.write(new DiskStorage(wrong.directory()), segment, index);
        VerifyReport found = wrong.verify();
        assertThat(found.damage()).singleElement().satisfies(told -> {
            assertThat(told.file()).endsWith(".idx");
            assertThat(told.lostEvents()).isZero();
        });
        isMended(wrong, List.of());
    }

    @Test
    void anEventThatContradictsItselfIsDamageThoughItsChecksumIsRight() throws IOException {
        long offset = log.eventsIn(middle()).get(9);
        SampleLog.Lies lies = log.frame(offset);
        SampleLog forged = copy();
        SegmentFile segment = SegmentFile.open(new DiskStorage(forged.directory()), middle());
        MemorySegment copy =
                Arena.ofAuto().allocate(segment.sizeBytes(), Long.BYTES).copyFrom(segment.bytes());
        FrameCursor frame = new FrameCursor(copy, segment.place());
        frame.revisit(lies.from());
        copy.asSlice(frame.bodyPosition(), frame.bodyLength()).fill((byte) -1);
        FrameWriter writer = new FrameWriter();
        writer.begin(segment.header(), lies.from());
        writer.copy(frame, offset);
        byte[] bytes = forged.bytes(middle());
        writer.written().get(bytes, (int) lies.from(), writer.lengthBytes());
        isToldAndMended(forged.write(middle(), bytes), List.of(offset));
    }

    @Test
    void aLogThatIsSoundIsNotChanged() throws IOException {
        SampleLog sound = copy();
        Map<Path, byte[]> before = contents(sound);
        RepairReport report = sound.repair();
        assertThat(report.isUnchanged()).isTrue();
        Map<Path, byte[]> after = contents(sound);
        after.remove(sound.directory().resolve("lock"));
        before.remove(sound.directory().resolve("lock"));
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((file, bytes) -> assertThat(after.get(file)).isEqualTo(bytes));
    }

    @Test
    void aTornEndIsNoDamageAndIsCutOff() throws IOException {
        SampleLog torn = copy();
        long close = torn.usedBytes(last());
        torn.fill(last(), close + 64, close + 100, 7);
        VerifyReport found = torn.verify();
        assertThat(found.damage()).isEmpty();
        assertThat(found.tornBytes()).isPositive();
        assertThat(found.tornFile()).isEqualTo(last());
        assertThat(found.isSound()).isFalse();
        RepairReport report = torn.repair();
        assertThat(report.tornBytes()).isEqualTo(found.tornBytes());
        assertThat(report.movedAside())
                .singleElement()
                .satisfies(kept -> assertThat(kept).exists());
        assertThat(torn.verify().isSound()).isTrue();
        torn.hasAllBut(List.of());
        torn.goesOn();
    }

    @Test
    void aSectorThatTheDiskRefusesCostsOnlyTheEventsThatItTouches() throws IOException {
        for (String file : log.segments()) {
            for (long bad : new long[] {0, 16 * SECTOR}) {
                SampleLog refused = copy();
                Storage storage = new ForwardingStorage(new DiskStorage(refused.directory())) {
                    @Override
                    public void read(String name, ByteBuffer into, long position) throws LogException, RefusedRead {
                        if (name.equals(file) && position <= bad && bad < position + into.remaining()) {
                            throw new RefusedRead(new IOException("Input/output error"));
                        }
                        super.read(name, into, position);
                    }
                };
                List<Long> lost = log.eventsIn(file, bad, bad + 4096);
                VerifyReport found = HotLogReader.verify(storage, _ -> {});
                assertThat(found.damage())
                        .isNotEmpty()
                        .allSatisfy(told -> assertThat(told.problem()).endsWith("; the disk said: Input/output error"));
                assertThat(found.events()).isEqualTo(EVENTS - lost.size());
                HotLog.repair(storage, SampleLog.OPTIONS, InstantSource.system());
                assertThat(refused.verify().isSound()).isTrue();
                refused.hasAllBut(lost);
            }
        }
    }

    // ---- what is refused

    @Test
    void aSegmentOfALaterVersionIsRefusedInOneSentence() throws IOException {
        byte[] bytes = log.bytes(last());
        for (int copy : new int[] {0, SECTOR}) {
            ByteBuffer header =
                    ByteBuffer.wrap(bytes, copy, SegmentHeader.BYTES).slice().order(ByteOrder.LITTLE_ENDIAN);
            header.putInt(8, SegmentHeader.VERSION + 1);
            CRC32C crc = new CRC32C();
            crc.update(bytes, copy, SegmentHeader.BYTES - Integer.BYTES);
            header.putInt(SegmentHeader.BYTES - Integer.BYTES, (int) crc.getValue());
        }
        SampleLog newer = copy().write(last(), bytes);
        for (ThrowingCallable refused : List.<ThrowingCallable>of(
                newer::verify, newer::repair, () -> HotLog.open(newer.directory()), newer::replayed)) {
            assertThatThrownBy(refused)
                    .isInstanceOf(LogException.UnsupportedFormat.class)
                    .hasMessageContaining("later version of hotlog (format 2; this program reads format 1)");
        }
        assertThat(newer.bytes(last())).isEqualTo(bytes);
    }

    @Test
    void repairIsRefusedWhileAWriterHasTheLog() throws IOException {
        SampleLog busy = copy();
        try (HotLog _ = HotLog.open(busy.directory())) {
            assertThatThrownBy(busy::repair).isInstanceOf(LogException.Locked.class);
        }
    }

    @Test
    void thereIsNothingToRepairWhereThereIsNoLog() {
        Path nothing = temp.resolve("nothing");
        assertThatThrownBy(() -> HotLog.repair(nothing)).isInstanceOf(LogException.Missing.class);
        assertThatThrownBy(() -> HotLogReader.verify(nothing, _ -> {})).isInstanceOf(LogException.Missing.class);
        assertThat(nothing).doesNotExist();
    }

    @Test
    void verifyingBesideAWriterFindsNothing() throws IOException {
        SampleLog live = copy();
        List<Long> done = new ArrayList<>();
        try (HotLog writer = HotLog.open(live.directory(), SampleLog.OPTIONS)) {
            for (int i = EVENTS; i < EVENTS + 300; i++) {
                writer.append(SampleLog.event(i));
                if (i % 50 == 0) {
                    writer.flush();
                    VerifyReport found = HotLogReader.verify(live.directory(), done::add);
                    assertThat(found.isSound()).isTrue();
                    assertThat(found.events()).isGreaterThanOrEqualTo(i);
                }
            }
        }
        assertThat(done).isNotEmpty();
        VerifyReport last = HotLogReader.verify(live.directory(), done::add);
        assertThat(done.getLast()).isEqualTo(last.bytes());
    }

    @Test
    void aReaderBesideARepairGoesOnAndANewOneSeesIt() throws IOException {
        long offset = log.eventsIn(middle()).get(5);
        SampleLog damaged = copy().flip(middle(), log.frame(offset).from() + 50);
        try (HotLogReader reader = HotLogReader.open(damaged.directory())) {
            assertThat(reader.get(log.appended(0).sessionId(), 0)).isPresent();
            damaged.repair();
            List<Damage> told = new ArrayList<>();
            long given = reader.replay().onDamage(told::add).events().count();
            assertThat(given).isEqualTo(EVENTS - 1);
            assertThat(told).hasSize(1);
            damaged.goesOn();
            assertThat(reader.get(SampleLog.event(1_000_000).sessionId(), 1_000_000))
                    .isPresent();
        }
    }

    @Test
    void aRepairThatIsCutShortIsCompletedByTheNext() throws IOException {
        long offset = log.eventsIn(middle()).get(5);
        SampleLog damaged = copy().flip(middle(), log.frame(offset).from() + 50);
        SampleLog finished = damaged.copyTo(temp.resolve("finished"));
        finished.repair();
        // Before the rename: the new file is there under its name in the making, the old one has both names.
        damaged.write(middle() + ".new", finished.bytes(middle()));
        Path aside = damaged.directory().resolve("damaged");
        Files.createDirectories(aside);
        try (Stream<Path> files = Files.list(finished.directory().resolve("damaged"))) {
            Path kept = files.filter(file -> file.toString().endsWith(".hotlog"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            Files.createLink(
                    aside.resolve(kept.getFileName()), damaged.directory().resolve(middle()));
        }
        isToldAndMended(damaged, List.of(offset));
        try (Stream<Path> files = Files.list(aside)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".hotlog")))
                    .hasSize(1);
        }
    }
}
