// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.storage.FaultyStorage;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class HotLogReaderTest {
    @Test
    void aTornPublishedFileDoesNotMakeAReaderLookForTheEndAtEveryCall() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system())) {
            log.append(Batch.of(Events.events("s", 100)), Durability.FORCED);
        }
        FaultyStorage torn = new FaultyStorage(storage.image().with(Published.NAME, new byte[64]));
        try (HotLogReader reader = HotLogReader.open(torn)) {
            long before = torn.faults().met();
            for (int i = 0; i < 10_000; i++) {
                assertThat(reader.get("s", i % 100)).isPresent();
            }
            assertThat(torn.faults().met() - before).as("looks at the disk").isLessThan(1_000);
        }
    }
}
