// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import dev.hotlog.log.index.SealedIndex;
import dev.hotlog.log.recovery.RecoveredLog;
import dev.hotlog.log.recovery.Recovery;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.DiskStorage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexWriterTest {
    private static final int MANY_EVENTS = IndexWriter.FEW_EVENTS + 1;

    @TempDir
    private Path folder;

    @Test
    void anIndexIsWrittenAllTheSameWhenNoThreadIsToBeHad() throws LogException {
        IndexedSegment filled = filled();
        IndexWriter writer = new IndexWriter(_ -> new Thread() {
            @Override
            public synchronized void start() {
                throw new OutOfMemoryError("unable to create native thread");
            }
        });
        writer.write(filled);
        writer.await();
        assertThat(new DiskStorage(folder).list()).contains(SegmentName.index(0));
        assertThat(filled.<Object>ask(index -> index)).isInstanceOf(SealedIndex.class);
    }

    private IndexedSegment filled() throws LogException {
        try (HotLog log = HotLog.open(folder)) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < MANY_EVENTS; i++) {
                events.add(Event.of("s", i).build());
            }
            log.append(Batch.of(events));
        }
        DiskStorage storage = new DiskStorage(folder);
        RecoveredLog log = new Recovery(storage, HotLogOptions.DEFAULTS.segmentBytes(), InstantSource.system()).run();
        log.active().close();
        SegmentFile file = SegmentFile.open(storage, SegmentName.segment(0));
        return IndexedSegment.filled(storage, file, log.position(), MANY_EVENTS, log.index());
    }
}
