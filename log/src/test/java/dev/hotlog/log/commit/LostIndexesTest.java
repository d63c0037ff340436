// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.storage.DiskStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.StoredFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Which thread writes the indexes that a crash has cost.
@Timeout(60)
class LostIndexesTest {
    @TempDir
    private Path folder;

    private final Queue<Thread> writers = new ConcurrentLinkedQueue<>();

    private IndexedSegment lost(int events) throws LogException {
        return FilledSegment.of(
                new ForwardingStorage(new DiskStorage(folder)) {
                    @Override
                    public StoredFile create(String name) throws LogException {
                        writers.add(Thread.currentThread());
                        return super.create(name);
                    }
                },
                events);
    }

    @Test
    void indexesOfFewEventsAreThereWhenTheLogIsOpen() throws LogException {
        LostIndexes indexes =
                new LostIndexes(List.of(lost(IndexWriter.FEW_EVENTS / 2), lost(IndexWriter.FEW_EVENTS / 2)));
        writers.clear();
        indexes.write();
        assertThat(writers).hasSize(2).containsOnly(Thread.currentThread());
        indexes.end();
    }

    @Test
    void nobodyWaitsForIndexesOfManyEventsWhenTheLogIsOpened() throws LogException {
        LostIndexes indexes =
                new LostIndexes(List.of(lost(IndexWriter.FEW_EVENTS / 2), lost(IndexWriter.FEW_EVENTS / 2 + 1)));
        writers.clear();
        indexes.write();
        while (writers.isEmpty()) {
            Thread.onSpinWait();
        }
        indexes.end();
        assertThat(writers).doesNotContain(Thread.currentThread());
    }
}
