// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import dev.hotlog.log.recovery.RecoveredLog;
import dev.hotlog.log.recovery.Recovery;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.DiskStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Makes segments without an index file, and tells who writes one.
final class FilledSegments {
    private final Storage storage;
    private final Queue<Thread> writers = new ConcurrentLinkedQueue<>();

    /// @param folder on the disk
    FilledSegments(Path folder) {
        storage = new ForwardingStorage(new DiskStorage(folder)) {
            @Override
            public StoredFile create(String name) throws LogException {
                if (name.contains(".idx")) {
                    writers.add(Thread.currentThread());
                }
                return super.create(name);
            }
        };
    }

    /// The threads that have written indexes, one for each, in order.
    List<Thread> writers() {
        return List.copyOf(writers);
    }

    /// A segment of so many events, behind others.
    IndexedSegment of(int events) throws LogException {
        HotLogOptions options = HotLogOptions.DEFAULTS.withSegmentBytes(HotLogOptions.MIN_SEGMENT_BYTES);
        long base;
        try (HotLog log = HotLog.open(storage.directory(), options)) {
            log.append(batch(log.nextOffset(), IndexWriter.FEW_EVENTS));
            base = log.nextOffset();
            log.append(batch(base, events));
        }
        RecoveredLog log = new Recovery(storage, options.segmentBytes(), InstantSource.system()).run();
        log.active().close();
        SegmentFile file = SegmentFile.open(storage, SegmentName.segment(base));
        assertThat(storage.list()).doesNotContain(SegmentName.index(base));
        return IndexedSegment.filled(storage, file, log.position(), base + events, log.index());
    }

    private static Batch batch(long firstSeq, int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(Event.of("s", firstSeq + i).build());
        }
        return Batch.of(events);
    }
}
