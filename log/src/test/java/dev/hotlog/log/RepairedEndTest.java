// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import dev.hotlog.event.RecoveryReport.Outcome;
import dev.hotlog.event.RepairReport;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.storage.FaultyStorage;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RepairedEndTest {
    private static final FuzzLog LOG = new FuzzLog();
    private static final int FROM_THE_END = 16;

    @Test
    void aLogWhoseTornEndRepairHasCutIsClosedCleanlyInANewerFile() throws LogException {
        String segment = LOG.segment(2);
        byte[] torn = LOG.killed().bytes(segment).clone();
        torn[torn.length - FROM_THE_END] = 1;
        FaultyStorage storage = new FaultyStorage(LOG.killed().with(segment, torn));
        RepairReport report = HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system());
        assertThat(report.tornBytes()).isPositive();
        assertThat(storage.openFiles()).isZero();
        long epoch = SegmentFile.open(storage, segment).header().epoch();
        assertThat(epoch).isGreaterThan(LOG.headers().get(2).epoch());
        try (HotLog log = HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system())) {
            assertThat(log.recovery().outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(log.nextOffset()).isEqualTo(LOG.events().size());
        }
        assertThat(SegmentFile.open(storage, segment).header().epoch())
                .as("the file that the next writer goes on in")
                .isEqualTo(epoch);
    }
}
