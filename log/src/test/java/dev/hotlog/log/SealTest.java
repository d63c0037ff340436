// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import dev.hotlog.event.RepairReport;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ImageStorage;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// What verify says of the mark that ends a sealed segment, which may be all that tells that another one follows.
class SealTest {
    private static final FuzzLog LOG = new FuzzLog();
    private static final String SEALED = LOG.segment(0);
    private static final int MARK = (int) LOG.headers().get(1).previousEnd();

    /// The first sealed segment with other bytes in place of its mark.
    private static DiskImage withMark(byte[] mark) {
        byte[] bytes = LOG.closed().bytes(SEALED).clone();
        System.arraycopy(mark, 0, bytes, MARK, mark.length);
        return LOG.closed().with(SEALED, bytes);
    }

    private static byte[] mark() {
        return Arrays.copyOfRange(LOG.closed().bytes(SEALED), MARK, MARK + FrameCursor.MARK_BYTES);
    }

    private static VerifyReport verified(DiskImage image) throws LogException {
        return HotLogReader.verify(new ImageStorage(image), _ -> {});
    }

    @Test
    void aMarkThatCannotBeReadIsToldAndMadeAnewByRepair() throws LogException {
        for (int bit = 0; bit < Long.SIZE; bit++) {
            byte[] flipped = mark();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            DiskImage damaged = withMark(flipped);
            assertThat(verified(damaged).damage())
                    .as("bit %d", bit)
                    .singleElement()
                    .satisfies(damage -> {
                        assertThat(damage.problem()).isEqualTo("the mark that ends the segment cannot be read");
                        assertThat(damage.file()).isEqualTo(SEALED);
                        assertThat(damage.position()).isEqualTo(MARK);
                        assertThat(damage.lostEvents()).isZero();
                    });
            FaultyStorage storage = new FaultyStorage(damaged);
            RepairReport report = HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system());
            assertThat(report.lostEvents()).isZero();
            assertThat(report.events()).isEqualTo(LOG.events().size());
            assertThat(verified(storage.image()).isSound()).isTrue();
        }
    }

    @Test
    void aMarkThatAPowerCutHasTornIsNoDamage() throws LogException {
        for (int written = 0; written < FrameCursor.MARK_BYTES; written++) {
            assertThat(verified(withMark(Arrays.copyOf(Arrays.copyOf(mark(), written), FrameCursor.MARK_BYTES)))
                            .isSound())
                    .as("%d bytes written", written)
                    .isTrue();
        }
        byte[] secondSector = mark();
        Arrays.fill(secondSector, 0, Long.BYTES, (byte) 0);
        assertThat(verified(withMark(secondSector)).isSound()).isTrue();
    }

    @Test
    void theBeginOfAFrameThatATakeoverLeftThereIsNoDamage() throws LogException {
        byte[] first = LOG.closed().bytes(SEALED);
        byte[] begin = Arrays.copyOfRange(
                first, SegmentHeader.FIRST_FRAME, SegmentHeader.FIRST_FRAME + FrameCursor.MARK_BYTES);
        assertThat(verified(withMark(begin)).isSound()).isTrue();
    }
}
