// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RecoveryReport;
import dev.hotlog.event.RecoveryReport.Outcome;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.segment.IndexFile;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.Operation;
import dev.hotlog.log.storage.Storage;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What the next writer makes of a log that was not closed: what it says of it, what it keeps, and where it goes on.
class TakeoverTest {
    private static final FuzzLog LOG = new FuzzLog();
    private static final int EVENTS = LOG.events().size();
    private static final int OF_SEGMENT = EVENTS / 3;
    private static final String LAST = LOG.segment(2);
    private static final int LARGE_BYTES = 1 << 20;

    private FaultyStorage storage = new FaultyStorage(LOG.killed());

    private static HotLog open(FaultyStorage storage) throws LogException {
        return HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system());
    }

    /// What a writer says that opens it and closes it again.
    private RecoveryReport opened(DiskImage image) throws LogException {
        storage = new FaultyStorage(image);
        try (HotLog log = open(storage)) {
            assertThat(log.nextOffset()).isEqualTo(log.recovery().nextOffset());
            return log.recovery();
        }
    }

    private static DiskImage flipped(DiskImage image, int offset) {
        byte[] bytes = image.bytes(LAST).clone();
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("{\"i\":" + offset + "}")] ^= 1;
        return image.with(LAST, bytes);
    }

    private List<String> segments() throws LogException {
        return storage.list().stream()
                .filter(name -> SegmentName.base(name).isPresent())
                .sorted()
                .toList();
    }

    private List<Long> offsetsOf(String session, long... seqs) throws LogException {
        try (HotLogReader reader = HotLogReader.open(storage)) {
            return LongStream.of(seqs)
                    .mapToObj(seq -> {
                        try {
                            return reader.offsetOf(session, seq).orElse(-1);
                        } catch (LogException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }

    @Test
    void aKilledWriterLeavesNothingToKeepWhenNothingIsTorn() throws LogException {
        RecoveryReport report = opened(LOG.killed());
        assertThat(report.outcome()).isEqualTo(Outcome.RECOVERED);
        assertThat(report.tornBytes()).isZero();
        assertThat(report.keptIn()).isEmpty();
        assertThat(report.damage()).isEmpty();
        assertThat(storage.list()).noneMatch(SegmentName::isTorn).noneMatch(SegmentName::isInTheMaking);
        assertThat(segments()).containsExactly(LOG.segment(0), LOG.segment(1), LAST);
        SegmentHeader header = SegmentFile.open(storage, LAST).header();
        assertThat(header.epoch()).isGreaterThan(LOG.headers().getLast().epoch());
        assertThat(header.previousEpoch()).isEqualTo(LOG.headers().getLast().previousEpoch());
        assertThat(header.previousEnd()).isEqualTo(LOG.headers().getLast().previousEnd());
    }

    @Test
    void tornBytesAreForcedUnderAnotherNameBeforeTheirFileIsReplaced() throws LogException {
        byte[] torn = LOG.killed().bytes(LAST).clone();
        torn[torn.length - 1] = 7;
        RecoveryReport report = opened(LOG.killed().with(LAST, torn));
        assertThat(report.outcome()).isEqualTo(Outcome.RECOVERED);
        assertThat(report.tornBytes()).isPositive();
        assertThat(storage.image().bytes(report.keptIn()))
                .isEqualTo(Arrays.copyOfRange(torn, torn.length - (int) report.tornBytes(), torn.length));
        String making = SegmentName.inTheMaking(report.keptIn());
        List<Operation> ofKept = storage.trace().stream()
                .filter(operation -> switch (operation) {
                    case Operation.Write write -> write.name().equals(making);
                    case Operation.Force force -> force.name().equals(making);
                    case Operation.Rename rename -> rename.from().equals(making);
                    default -> false;
                })
                .toList();
        assertThat(ofKept)
                .hasExactlyElementsOfTypes(Operation.Write.class, Operation.Force.class, Operation.Rename.class);
    }

    @Test
    void aTornFileThatWasNeverFinishedIsInNobodysWay() throws LogException {
        byte[] torn = LOG.killed().bytes(LAST).clone();
        torn[torn.length - 1] = 7;
        DiskImage image = LOG.killed().with(LAST, torn);
        String making = SegmentName.inTheMaking(opened(image).keptIn());
        RecoveryReport report = opened(image.with(making, new byte[2 * torn.length]));
        assertThat(storage.image().bytes(report.keptIn())).hasSize((int) report.tornBytes());
        assertThat(storage.list()).doesNotContain(making);
    }

    @Test
    void tornBytesThatWereKeptBeforeAreNotReplacedByOthers() throws LogException {
        byte[] torn = LOG.killed().bytes(LAST).clone();
        torn[torn.length - 1] = 7;
        DiskImage image = LOG.killed().with(LAST, torn);
        String kept = opened(image).keptIn();
        byte[] bytes = storage.image().bytes(kept);
        byte[] other = {1, 2, 3};

        String free = opened(image.with(kept, other)).keptIn();

        assertThat(free).isNotEqualTo(kept).endsWith(".2.torn");
        assertThat(storage.image().bytes(kept)).isEqualTo(other);
        assertThat(storage.image().bytes(free)).isEqualTo(bytes);
        assertThat(opened(image.with(kept, bytes)).keptIn()).isEqualTo(kept);
    }

    @Test
    void aDamagedFileIsNotTouchedAndTheLogGoesOnInANewOne() throws LogException {
        int lost = EVENTS - 6;
        DiskImage image = flipped(LOG.killed(), lost);
        RecoveryReport report = opened(image);
        assertThat(report.damage()).singleElement().satisfies(damage -> {
            assertThat(damage.firstOffset()).isEqualTo(lost);
            assertThat(damage.lostEvents()).isOne();
        });
        assertThat(report.tornBytes()).isZero();
        assertThat(report.keptIn()).isEmpty();
        assertThat(storage.image().bytes(LAST)).isEqualTo(image.bytes(LAST));
        assertThat(segments()).endsWith(LAST, SegmentName.segment(EVENTS));
        VerifyReport verified = HotLogReader.verify(storage, _ -> {});
        assertThat(verified.damage()).isEqualTo(report.damage());
        assertThat(verified.events()).isEqualTo(EVENTS - 1);
    }

    @Test
    void damageThatAnIndexCoversIsToldByTheCopyOnce() throws LogException {
        FaultyStorage indexed = new FaultyStorage(LOG.killed());
        SegmentFile file = SegmentFile.open(indexed, LAST);
        SegmentWalk walk = new SegmentWalk(
                file,
                new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, file.base(), file.sizeBytes(), EVENTS),
                _ -> {});
        do {
            assertThat(walk.advance()).isTrue();
        } while (walk.offset() < EVENTS - 2);
        SegmentWalk.Stretch covered = new SegmentWalk.Stretch(
                SegmentHeader.FIRST_FRAME, file.base(), walk.frame().position(), EVENTS - 2);
        IndexFile.write(indexed, file, IndexFile.build(file, covered, _ -> {}));
        RecoveryReport report = opened(flipped(flipped(indexed.image(), EVENTS - 6), EVENTS - 4));
        assertThat(report.damage()).extracting(Damage::firstOffset).containsExactly(EVENTS - 6L, EVENTS - 4L);
        assertThat(HotLogReader.verify(storage, _ -> {}).lostEvents()).isEqualTo(2);
    }

    @Test
    void aFileWithOneCopyOfItsHeaderIsKeptWhenItIsReplaced() throws LogException {
        byte[] bytes = LOG.killed().bytes(LAST).clone();
        bytes[0] ^= 1;
        RecoveryReport report = opened(LOG.killed().with(LAST, bytes));
        assertThat(storage.image().bytes(report.keptIn())).isEqualTo(bytes);
        assertThat(report.nextOffset()).isEqualTo(EVENTS);
        assertThat(HotLogReader.verify(storage, _ -> {}).isSound()).isTrue();
    }

    @Test
    void aClosingMarkWithoutWhatWasPublishedIsACleanEndInANewFile() throws LogException {
        RecoveryReport report = opened(LOG.closed().without(Published.NAME));
        assertThat(report.outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(report.nextOffset()).isEqualTo(EVENTS);
        assertThat(SegmentFile.open(storage, LAST).header().epoch())
                .isGreaterThan(LOG.headers().getLast().epoch());
    }

    @Test
    void bytesBehindAClosingMarkAreNoCleanEnd() throws LogException {
        byte[] bytes = LOG.closed().bytes(LAST).clone();
        bytes[bytes.length - 1] = 7;
        RecoveryReport report = opened(LOG.closed().with(LAST, bytes));
        assertThat(report.outcome()).isEqualTo(Outcome.RECOVERED);
        assertThat(report.tornBytes()).isPositive();
    }

    @Test
    void whereTheLastSegmentIsGoneTheLogGoesOnBehindIt() throws LogException {
        RecoveryReport report = opened(LOG.closed().without(LAST));
        assertThat(report.nextOffset()).isEqualTo(EVENTS);
        assertThat(report.keptIn()).isEmpty();
        assertThat(report.damage())
                .singleElement()
                .satisfies(damage -> assertThat(damage.problem()).contains("is missing"));
        assertThat(segments()).containsExactly(LOG.segment(0), LOG.segment(1), SegmentName.segment(EVENTS));
        assertThat(HotLogReader.verify(storage, _ -> {}).damage())
                .singleElement()
                .satisfies(damage -> {
                    assertThat(damage.firstOffset()).isEqualTo(2L * OF_SEGMENT);
                    assertThat(damage.lostEvents()).isEqualTo(Damage.UNKNOWN);
                });
    }

    @Test
    void aLongFileIsNotCopiedButGoneOnFromInANewOne() throws LogException {
        ParityLog log = new ParityLog();
        HotLog writer = log.open();
        int count = 6;
        for (int seq = 0; seq < count; seq++) {
            writer.append(Events.event("s", seq, LARGE_BYTES), Durability.FORCED);
        }
        storage = Script.killed(log.storage(), writer);
        byte[] before = storage.image().bytes(ParityLog.FIRST_SEGMENT);
        try (HotLog next = open(storage)) {
            assertThat(next.recovery().outcome()).isEqualTo(Outcome.RECOVERED);
            assertThat(next.recovery().copiedBytes()).isLessThan(2L * LARGE_BYTES);
            assertThat(next.append(Events.event("s", 1, LARGE_BYTES), Durability.FORCED))
                    .as("the same event again")
                    .isOne();
            assertThat(next.append(Events.event("s", count), Durability.FORCED)).isEqualTo(count);
        }
        assertThat(storage.image().bytes(ParityLog.FIRST_SEGMENT)).isEqualTo(before);
        assertThat(storage.list()).contains(SegmentName.index(0));
        assertThat(segments()).hasSize(2);
        assertThat(offsetsOf("s", 0, 1, count - 1, count)).containsExactly(0L, 1L, count - 1L, (long) count);
        assertThat(HotLogReader.verify(storage, _ -> {}).isSound()).isTrue();
    }

    @Test
    void damagedFactsAtTheVeryBeginningAreToldOnceAndCostNoEvent() throws LogException {
        ParityLog log = new ParityLog();
        HotLog writer = log.open();
        SessionFacts facts = new SessionFacts("s", Map.of(SessionFacts.TITLE, FuzzLog.TITLE));
        writer.append(new Batch(List.of(), List.of(facts), List.of()), Durability.FORCED);
        writer.append(Events.event("s", 0), Durability.FORCED);
        DiskImage killed = Script.killed(log.storage(), writer).image().without(Published.NAME);
        byte[] bytes = killed.bytes(ParityLog.FIRST_SEGMENT).clone();
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(FuzzLog.TITLE)] ^= 1;
        RecoveryReport report = opened(killed.with(ParityLog.FIRST_SEGMENT, bytes));
        assertThat(report.damage()).singleElement().satisfies(damage -> {
            assertThat(damage.position()).isEqualTo(SegmentHeader.FIRST_FRAME);
            assertThat(damage.lostEvents()).isZero();
        });
        assertThat(report.nextOffset()).isOne();
        assertThat(storage.image().bytes(report.keptIn())).isEqualTo(bytes);
        VerifyReport verified = HotLogReader.verify(storage, _ -> {});
        assertThat(verified.isSound()).isTrue();
        assertThat(verified.events()).isOne();
    }

    @Test
    void theNewFileIsClosedWhenThereIsNoMemoryToReadIt() {
        Operation named = new Operation.Rename(SegmentName.inTheMaking(LAST), LAST);
        Storage poor = new ForwardingStorage(storage) {
            @Override
            public MemorySegment map(String name) throws LogException {
                if (storage.trace().contains(named)) {
                    throw new OutOfMemoryError("as planned");
                }
                return super.map(name);
            }
        };
        assertThatThrownBy(() -> HotLog.open(poor, HotLogOptions.DEFAULTS, InstantSource.system()))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(storage.trace()).contains(named);
        assertThat(storage.openFiles()).isZero();
    }
}
