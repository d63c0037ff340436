// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RecoveryReport.Outcome;
import dev.hotlog.event.RepairReport;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What repair makes of files of which nothing can be read, and of damage that costs no event.
class RepairedSegmentsTest {
    private static final FuzzLog LOG = new FuzzLog();
    private static final int EVENTS = LOG.events().size();
    private static final int OF_SEGMENT = EVENTS / 3;
    private static final byte[] DIARY = "Dear diary, ".repeat(200).getBytes(StandardCharsets.UTF_8);

    private FaultyStorage storage = new FaultyStorage(LOG.closed());

    private RepairReport repaired(DiskImage image) throws LogException {
        storage = new FaultyStorage(image);
        RepairReport report = HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system());
        VerifyReport after = HotLogReader.verify(storage, _ -> {});
        assertThat(after.isSound()).isTrue();
        assertThat(after.events()).isEqualTo(report.events());
        return report;
    }

    private void isGoneOnWithAt(long nextOffset) throws LogException {
        try (HotLog log = HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system())) {
            assertThat(log.recovery().outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(log.nextOffset()).isEqualTo(nextOffset);
        }
    }

    private byte[] kept(RepairReport report) {
        return storage.image()
                .bytes(storage.directory()
                        .relativize(report.movedAside().getFirst())
                        .toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aSegmentOfWhichNothingCanBeReadCostsThatOneWhereverItLies(int number) throws LogException {
        String segment = LOG.segment(number);
        RepairReport report = repaired(LOG.closed().with(segment, DIARY));
        assertThat(report.segmentsRewritten()).isOne();
        assertThat(report.lostEvents()).isEqualTo(OF_SEGMENT);
        assertThat(report.events()).isEqualTo(EVENTS - OF_SEGMENT);
        assertThat(kept(report)).isEqualTo(DIARY);
        assertThat(SegmentFile.open(storage, segment).header().base())
                .isEqualTo(LOG.headers().get(number).base());
        isGoneOnWithAt(EVENTS);
    }

    @Test
    void aFileUnderTheNameOfASegmentThatNeverWasIsMovedAside() throws LogException {
        String stray = SegmentName.segment(3);
        RepairReport report = repaired(LOG.closed().with(stray, DIARY));
        assertThat(report.segmentsRewritten()).isZero();
        assertThat(report.lostEvents()).isZero();
        assertThat(report.events()).isEqualTo(EVENTS);
        assertThat(report.movedAside()).hasSize(1);
        assertThat(kept(report)).isEqualTo(DIARY);
        assertThat(storage.list()).doesNotContain(stray);
        isGoneOnWithAt(EVENTS);
    }

    @Test
    void damagedFactsCostNoEvent() throws LogException {
        byte[] bytes = LOG.closed().bytes(LOG.segment(1)).clone();
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(FuzzLog.TITLE)] ^= 1;
        RepairReport report = repaired(LOG.closed().with(LOG.segment(1), bytes));
        assertThat(report.damage())
                .singleElement()
                .satisfies(damage -> assertThat(damage.lostEvents()).isZero());
        assertThat(report.segmentsRewritten()).isOne();
        assertThat(report.lostEvents()).isZero();
        assertThat(report.events()).isEqualTo(EVENTS);
    }

    @Test
    void aMarkThatNoEventIsLostContradictsItselfAndIsNotCopied() throws LogException {
        SegmentHeader header = new SegmentHeader(LOG.headers().getFirst().logId(), 0, 1, 0, 0, 0);
        FrameWriter frames = new FrameWriter();
        frames.begin(header, SegmentHeader.FIRST_FRAME);
        frames.event(Events.event("s", 0), 0, false);
        long position = frames.position();
        frames.lost(1, 0);
        long lengthBytes = frames.position() - position;
        frames.mark(FrameType.CLOSE, 1);
        byte[] file = new byte[(int) frames.position()];
        header.toBytes().get(file, 0, header.toBytes().remaining());
        frames.written().get(file, SegmentHeader.FIRST_FRAME, frames.lengthBytes());
        RepairReport report = repaired(DiskImage.EMPTY.with(LOG.segment(0), file));
        assertThat(report.damage())
                .containsExactly(
                        new Damage("a frame that contradicts itself", LOG.segment(0), position, lengthBytes, 1, 0));
        assertThat(report.segmentsRewritten()).isOne();
        assertThat(report.events()).isOne();
        isGoneOnWithAt(1);
    }
}
