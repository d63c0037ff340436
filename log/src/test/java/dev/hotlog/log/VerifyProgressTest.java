// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How verify tells how far it is.
class VerifyProgressTest {
    private static final int LOG_BYTES = 4 << 20;
    private static final int STEP_BYTES = 1 << 20;

    /// What is told of a log, which ends with all its bytes, in steps that are no longer than those.
    private static List<Long> told(FaultyStorage storage, long mostBytes) throws LogException {
        List<Long> told = new ArrayList<>();
        long bytes = HotLogReader.verify(storage, told::add).bytes();
        assertThat(told).isSorted();
        assertThat(told.getLast()).isEqualTo(bytes);
        long before = 0;
        for (long done : told) {
            assertThat(done - before).as("from %s to %s", before, done).isLessThanOrEqualTo(mostBytes);
            before = done;
        }
        return told;
    }

    @ParameterizedTest
    @ValueSource(ints = {1 << 10, 100 << 10, 1 << 20})
    void ofALongSegmentEachMegabyteIsToldTwiceAndNotEachEvent(int eventBytes) throws LogException {
        ParityLog log = new ParityLog();
        try (HotLog writer = log.open()) {
            writer.append(Batch.of(Events.events("s", 0, LOG_BYTES / eventBytes, eventBytes)), Durability.FORCED);
        }
        // And once of `published`.
        assertThat(told(log.storage(), STEP_BYTES))
                .hasSizeBetween(LOG_BYTES / STEP_BYTES, 3 * LOG_BYTES / STEP_BYTES + 1);
    }

    @Test
    void ofShortSegmentsEachIsTold() throws LogException {
        DiskImage log = new FuzzLog().closed();
        long longest = log.files().values().stream()
                .mapToLong(file -> file.length)
                .max()
                .orElseThrow();
        told(new FaultyStorage(log), longest);
    }
}
