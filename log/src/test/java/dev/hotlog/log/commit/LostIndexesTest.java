// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Which thread writes the indexes that a crash has cost.
@Timeout(60)
class LostIndexesTest {
    private static final int HALF_OF_FEW = IndexWriter.FEW_EVENTS / 2;

    @TempDir
    private Path folder;

    private FilledSegments segments;

    @BeforeEach
    void inFolder() {
        segments = new FilledSegments(folder);
    }

    @Test
    void indexesOfFewEventsAreThereWhenTheLogIsOpen() throws LogException {
        LostIndexes indexes = new LostIndexes(List.of(segments.of(HALF_OF_FEW), segments.of(HALF_OF_FEW)));
        indexes.write();
        assertThat(segments.writers()).hasSize(2).containsOnly(Thread.currentThread());
        indexes.end();
    }

    @Test
    void nobodyWaitsForIndexesOfManyEventsWhenTheLogIsOpened() throws LogException {
        LostIndexes indexes = new LostIndexes(List.of(segments.of(HALF_OF_FEW), segments.of(HALF_OF_FEW + 1)));
        indexes.write();
        while (segments.writers().isEmpty()) {
            Thread.onSpinWait();
        }
        indexes.end();
        assertThat(segments.writers()).doesNotContain(Thread.currentThread());
    }
}
