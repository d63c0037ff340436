// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RecoveryReport.Outcome;
import dev.hotlog.event.RepairReport;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionLoss;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What repair says that it found and did, and what it leaves in the folder of damaged files.
class RepairReportTest {
    private static final FuzzLog LOG = new FuzzLog();
    private static final int EVENTS = LOG.events().size();
    private static final int OF_SEGMENT = EVENTS / 3;
    /// Of a file that is gone it is not known which epochs it had after others.
    private static final long BEHIND_UNKNOWN_EPOCHS = LOG.headers().size() + 1L + (1 << 10);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final byte[] DIARY = "Dear diary, ".repeat(200).getBytes(StandardCharsets.UTF_8);

    private FaultyStorage storage = new FaultyStorage(LOG.closed());

    private static String index(int number) {
        return SegmentName.index(LOG.headers().get(number).base());
    }

    private static String aside(String name) {
        return SegmentName.DAMAGED_FOLDER + "/" + name;
    }

    private RepairReport repaired() throws LogException {
        VerifyReport found = HotLogReader.verify(storage, _ -> {});
        RepairReport report = HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.fixed(NOW));
        assertThat(storage.openFiles()).isZero();
        assertThat(storage.image().files().keySet())
                .noneMatch(SegmentName::isInTheMaking)
                .containsAll(report.movedAside().stream()
                        .map(file -> storage.directory().relativize(file).toString())
                        .toList());
        assertThat(report.damage()).isEqualTo(found.damage());
        assertThat(report.losses()).isEqualTo(found.losses());
        VerifyReport after = HotLogReader.verify(storage, _ -> {});
        assertThat(after.isSound()).isTrue();
        assertThat(after.losses()).isEmpty();
        assertThat(after.events()).isEqualTo(report.events());
        return report;
    }

    private RepairReport repaired(DiskImage image) throws LogException {
        storage = new FaultyStorage(image);
        return repaired();
    }

    /// One bit of the payload of the event at that offset is another.
    private static DiskImage damaged(DiskImage image, int offset) {
        String segment = LOG.segment(offset / OF_SEGMENT);
        byte[] bytes = image.bytes(segment).clone();
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("{\"i\":" + offset + "}")] ^= 1;
        return image.with(segment, bytes);
    }

    private String text(int base, long epoch) {
        return new String(storage.image().bytes(aside(SegmentName.repairReport(base, epoch))), StandardCharsets.UTF_8);
    }

    private static String expectedText(String file, Damage damage, long lost, String ofSessions) {
        return "Hotlog repaired %s on %s.\n%s\n"
                .concat("Events lost: %d. The file as it was, if it was there, lies beside this.\n")
                .formatted(file, NOW, damage, lost)
                .concat(ofSessions);
    }

    private List<byte[]> kept(RepairReport report) {
        return report.movedAside().stream()
                .map(file -> storage.image()
                        .bytes(storage.directory().relativize(file).toString()))
                .toList();
    }

    /// That a writer finds the log closed cleanly, and gives that offset next.
    private void isGoneOnWithAt(long nextOffset) throws LogException {
        try (HotLog log = HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system())) {
            assertThat(log.recovery().outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(log.nextOffset()).isEqualTo(nextOffset);
        }
    }

    @Test
    void aSoundLogIsChangedInNothing() throws LogException {
        RepairReport report = repaired();
        assertThat(report).isEqualTo(new RepairReport(List.of(), List.of(), List.of(), 0, 0, 0, EVENTS, 0));
        assertThat(storage.image().fingerprint()).isEqualTo(LOG.closed().fingerprint());
    }

    @Test
    void eachSegmentThatIsMadeAnewHasAReportOfItsOwnDamage() throws LogException {
        DiskImage damaged = damaged(damaged(LOG.closed(), 3), 12);
        RepairReport report = repaired(damaged);
        assertThat(report.segmentsRewritten()).isEqualTo(2);
        assertThat(report.indexesRebuilt()).isEqualTo(2);
        assertThat(report.events()).isEqualTo(EVENTS - 2);
        assertThat(report.lostEvents()).isEqualTo(2);
        assertThat(report.tornBytes()).isZero();
        assertThat(report.losses()).containsExactly(new SessionLoss("s-0", 2));
        assertThat(report.movedAside())
                .containsExactly(
                        storage.directory().resolve(aside(SegmentName.replaced(0, 4))),
                        storage.directory().resolve(aside(SegmentName.replacedIndex(0, 4))),
                        storage.directory().resolve(aside(SegmentName.replaced(OF_SEGMENT, 5))),
                        storage.directory().resolve(aside(SegmentName.replacedIndex(OF_SEGMENT, 5))));
        assertThat(kept(report))
                .containsExactly(
                        damaged.bytes(LOG.segment(0)),
                        damaged.bytes(index(0)),
                        damaged.bytes(LOG.segment(1)),
                        damaged.bytes(index(1)));
        assertThat(report.damage()).hasSize(2);
        assertThat(text(0, 4))
                .isEqualTo(expectedText(LOG.segment(0), report.damage().getFirst(), 1, "Of session s-0: 1.\n"));
        assertThat(text(OF_SEGMENT, 5))
                .isEqualTo(expectedText(LOG.segment(1), report.damage().getLast(), 1, "Of session s-0: 1.\n"));
        assertThat(report.damage().getLast().firstOffset()).isEqualTo(12);
        isGoneOnWithAt(EVENTS);
    }

    @Test
    void aMissingSegmentIsMadeWithAReportOfWhatItHad() throws LogException {
        RepairReport report = repaired(LOG.closed().without(LOG.segment(1)).without(index(1)));
        assertThat(report.segmentsRewritten()).isOne();
        assertThat(report.indexesRebuilt()).isOne();
        assertThat(report.lostEvents()).isEqualTo(OF_SEGMENT);
        assertThat(report.events()).isEqualTo(EVENTS - OF_SEGMENT);
        assertThat(report.movedAside()).isEmpty();
        assertThat(report.damage()).hasSize(1);
        assertThat(text(OF_SEGMENT, BEHIND_UNKNOWN_EPOCHS))
                .isEqualTo(expectedText(
                        LOG.segment(1),
                        report.damage().getFirst(),
                        OF_SEGMENT,
                        "Of sessions that no sound index tells: %d.\n".formatted(OF_SEGMENT)));
        assertThat(storage.list()).contains(index(1));
        SegmentHeader made = SegmentFile.open(storage, LOG.segment(1)).header();
        assertThat(made.createdMillis()).isEqualTo(NOW.toEpochMilli());
        assertThat(made.previousEpoch()).isEqualTo(LOG.headers().get(0).epoch());
        assertThat(made.previousEnd()).isEqualTo(LOG.headers().get(1).previousEnd());
        isGoneOnWithAt(EVENTS);
    }

    @Test
    void theIndexOfAMissingSegmentTellsWhoseEventsAreLostAndIsKept() throws LogException {
        RepairReport report = repaired(LOG.closed().without(LOG.segment(1)));
        assertThat(report.losses())
                .containsExactly(new SessionLoss("s-0", 3), new SessionLoss("s-1", 2), new SessionLoss("s-2", 3));
        assertThat(report.movedAside())
                .containsExactly(storage.directory()
                        .resolve(aside(SegmentName.replacedIndex(OF_SEGMENT, BEHIND_UNKNOWN_EPOCHS))));
        assertThat(kept(report)).containsExactly(LOG.closed().bytes(index(1)));
        assertThat(text(OF_SEGMENT, BEHIND_UNKNOWN_EPOCHS))
                .endsWith("Of session s-0: 3.\nOf session s-1: 2.\nOf session s-2: 3.\n");
    }

    @Test
    void theLastSegmentThatIsMissingIsMadeAndItsOffsetsAreNotGivenAgain() throws LogException {
        RepairReport report = repaired(LOG.closed().without(LOG.segment(2)));
        assertThat(report.segmentsRewritten()).isOne();
        assertThat(report.lostEvents()).isEqualTo(OF_SEGMENT);
        assertThat(storage.list()).contains(LOG.segment(2)).doesNotContain(index(2));
        isGoneOnWithAt(EVENTS);
    }

    @Test
    void aSegmentOfWhichNothingCanBeReadIsKeptWithItsIndex() throws LogException {
        RepairReport report = repaired(LOG.closed().with(LOG.segment(1), DIARY));
        assertThat(report.lostEvents()).isEqualTo(OF_SEGMENT);
        assertThat(report.losses()).hasSize(3);
        assertThat(kept(report)).containsExactly(DIARY, LOG.closed().bytes(index(1)));
        isGoneOnWithAt(EVENTS);
    }

    @Test
    void aSealedSegmentWithoutEventsStandsForTheMissingOneBehindIt() throws LogException {
        SegmentHeader header = new SegmentHeader(LOG.headers().getFirst().logId(), 0, 1, 0, 0, 0);
        FrameWriter frames = new FrameWriter();
        frames.begin(header, SegmentHeader.FIRST_FRAME);
        frames.mark(FrameType.SEAL, 0);
        byte[] file = new byte[SegmentHeader.FIRST_FRAME + frames.lengthBytes()];
        header.toBytes().get(file, 0, header.toBytes().remaining());
        frames.written().get(file, SegmentHeader.FIRST_FRAME, frames.lengthBytes());
        RepairReport report = repaired(DiskImage.EMPTY.with(LOG.segment(0), file));
        assertThat(report.segmentsRewritten()).isOne();
        assertThat(report.indexesRebuilt()).isZero();
        assertThat(storage.list().stream().filter(name -> SegmentName.base(name).isPresent()))
                .containsExactly(LOG.segment(0));
        assertThat(report.lostEvents()).isPositive();
        isGoneOnWithAt(report.lostEvents());
    }

    @Test
    void anIndexThatIsDamagedOrMissingIsBuiltAndTheOldOneIsKept() throws LogException {
        byte[] damaged = LOG.closed().bytes(index(0)).clone();
        damaged[damaged.length / 2] ^= 1;
        RepairReport report = repaired(LOG.closed().with(index(0), damaged).without(index(1)));
        assertThat(report.indexesRebuilt()).isEqualTo(2);
        assertThat(report.segmentsRewritten()).isZero();
        assertThat(kept(report)).containsExactly(damaged);
        assertThat(text(0, 1)).isEqualTo(expectedText(index(0), report.damage().getFirst(), 0, ""));
        assertThat(report.losses()).isEmpty();
        assertThat(report.damage()).singleElement().satisfies(damage -> {
            assertThat(damage.file()).isEqualTo(index(0));
            assertThat(damage.problem()).isEqualTo("the index: it does not say what the segment says");
            assertThat(damage.position()).isEqualTo(damaged.length / 2);
            assertThat(damage.lostEvents()).isZero();
        });
        DiskImage mended = storage.image();
        assertThat(mended.without(aside(SegmentName.replacedIndex(0, 1)))
                        .without(aside(SegmentName.repairReport(0, 1)))
                        .fingerprint())
                .isEqualTo(LOG.closed().fingerprint());
    }

    @Test
    void theIndexOfAnotherSegmentIsKeptTooThoughItIsNoDamage() throws LogException {
        byte[] other = LOG.closed().bytes(index(1));
        RepairReport report = repaired(LOG.closed().with(index(0), other));
        assertThat(report.damage()).isEmpty();
        assertThat(report.indexesRebuilt()).isOne();
        assertThat(kept(report)).containsExactly(other);
        assertThat(text(0, 1)).startsWith("Hotlog repaired " + index(0)).contains("Events lost: 0.");
    }

    @Test
    void eachByteThatIsOtherInAnIndexIsTold() throws LogException {
        byte[] index = LOG.closed().bytes(index(0));
        int toldExactly = 0;
        for (int i = 0; i < index.length; i++) {
            byte[] changed = index.clone();
            changed[i] ^= 1;
            storage = new FaultyStorage(LOG.closed().with(index(0), changed));
            List<Damage> told = HotLogReader.verify(storage, _ -> {}).damage();
            if (told.isEmpty()) {
                // Of another segment, or of another kind: derived, and no damage.
                assertThat(HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.fixed(NOW))
                                .indexesRebuilt())
                        .as("byte %d", i)
                        .isOne();
            } else {
                assertThat(told).hasSize(1);
                Damage damage = told.getFirst();
                assertThat(damage.file()).isEqualTo(index(0));
                assertThat(damage.position()).isLessThanOrEqualTo(i);
                assertThat(damage.position() + damage.lengthBytes()).isEqualTo(index.length);
                toldExactly += damage.position() == i ? 1 : 0;
            }
        }
        assertThat(toldExactly).isGreaterThan(index.length / 2);
    }

    @Test
    void filesThatWereNeverFinishedAreGoneAfterRepair() throws LogException {
        String unfinished = SegmentName.inTheMaking(LOG.segment(1));
        assertThat(repaired(LOG.closed().with(unfinished, DIARY)).isUnchanged()).isTrue();
        assertThat(storage.list()).doesNotContain(unfinished);
    }

    @Test
    void whatIsCutOffATornEndIsKeptWhereTheReportSays() throws LogException {
        byte[] torn = LOG.killed().bytes(LOG.segment(2)).clone();
        torn[torn.length - 1] = 1;
        RepairReport report = repaired(LOG.killed().with(LOG.segment(2), torn));
        assertThat(report.segmentsRewritten()).isZero();
        assertThat(report.tornBytes()).isPositive();
        assertThat(report.events()).isEqualTo(EVENTS);
        assertThat(report.movedAside()).singleElement().satisfies(file -> {
            byte[] kept =
                    storage.image().bytes(storage.directory().relativize(file).toString());
            assertThat(kept).hasSize((int) report.tornBytes()).endsWith(1);
        });
        isGoneOnWithAt(EVENTS);
    }

    @Test
    void theLastSegmentIsMadeAnewAndPublishedAsClosed() throws LogException {
        RepairReport report = repaired(damaged(LOG.closed(), EVENTS - 3));
        assertThat(report.indexesRebuilt()).as("it had none").isZero();
        assertThat(report.lostEvents()).isOne();
        SegmentFile made = SegmentFile.open(storage, LOG.segment(2));
        assertThat(Published.find(storage)).hasValueSatisfying(published -> {
            assertThat(published.isOf(made)).isTrue();
            assertThat(published.nextOffset()).isEqualTo(EVENTS);
        });
        assertThat(made.header().previousEnd()).isEqualTo(LOG.headers().get(2).previousEnd());
        assertThat(made.header().previousEpoch()).isEqualTo(LOG.headers().get(1).epoch());
        isGoneOnWithAt(EVENTS);
    }

    @Test
    void factsAndCursorsOfSegmentsThatAreMadeAnewAreKept() throws LogException {
        repaired(damaged(damaged(damaged(LOG.closed(), 3), 11), 21));
        try (HotLogReader reader = HotLogReader.open(storage)) {
            assertThat(reader.cursor(FuzzLog.SOURCE)).contains(FuzzLog.STATES.getLast());
            assertThat(reader.facts("s-1").orElseThrow().facts()).containsEntry(SessionFacts.TITLE, FuzzLog.TITLE);
        }
    }

    @Test
    void aFileIsForcedBeforeItHasItsNameAndThatIsForcedToo() throws LogException {
        repaired(damaged(LOG.closed(), 3));
        List<Operation> trace = storage.trace();
        for (String made : List.of(LOG.segment(0), SegmentName.repairReport(0, 4))) {
            String making = SegmentName.inTheMaking(made);
            List<Operation> operations = trace.stream()
                    .filter(operation -> switch (operation) {
                        case Operation.Write write -> write.name().equals(making);
                        case Operation.Force force -> force.name().equals(making);
                        case Operation.Rename rename -> rename.from().equals(making);
                        default -> false;
                    })
                    .toList();
            assertThat(operations).hasSizeGreaterThan(2);
            assertThat(operations.getLast()).isInstanceOf(Operation.Rename.class);
            assertThat(operations.get(operations.size() - 2)).isInstanceOf(Operation.Force.class);
        }
        String segment = LOG.segment(0);
        int named = trace.indexOf(new Operation.Rename(SegmentName.inTheMaking(segment), segment));
        assertThat(trace.get(named + 1)).isInstanceOf(Operation.ForceDirectory.class);
    }
}
