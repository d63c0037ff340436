// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryLogTest {
    private static final int EVENTS = 10_000;

    @TempDir
    private Path folder;

    @Test
    void thirtyDaysHaveAMillionEventsAtMost() {
        assertThat(HistoryLog.planned(folder, 10_000_000).eventsWithin(Duration.ofDays(30)))
                .isEqualTo(1_000_000);
        assertThat(HistoryLog.planned(folder, EVENTS).eventsWithin(Duration.ofDays(30)))
                .isEqualTo(EVENTS);
    }

    @Test
    void sessionsAreAHundredThousandAtMost() {
        assertThat(HistoryLog.planned(folder, EVENTS).sessions()).isEqualTo(100);
        assertThat(HistoryLog.planned(folder, 100_000_000).sessions()).isEqualTo(100_000);
    }

    @Test
    void aSmallHeapOpensItAndAnswers() throws IOException, InterruptedException {
        HistoryLog log = HistoryLog.planned(folder.resolve("log"), EVENTS);
        log.write();
        KilledWriter.run(log);

        Row row = SmallHeap.row(log);

        assertThat(row.figure()).isBetween(1.0, 64.0);
        assertThat(row.note()).contains("the first page of sessions");
    }
}
