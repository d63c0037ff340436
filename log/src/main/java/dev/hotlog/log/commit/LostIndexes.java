// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.log.segment.IndexedSegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds the indexes that recovery found missing and writes them, the newest first, in a thread of its own:
/// they may be many, and until one is there its segment's frames serve. What cannot be written now is left
/// for the next opening. The writer's lock is held until [#end()] has returned.
public final class LostIndexes {
    private final List<IndexedSegment> segments;
    private @Nullable Thread thread;
    private volatile boolean ending;

    /// @param segments without an index, oldest first
    public LostIndexes(List<IndexedSegment> segments) {
        this.segments = segments;
    }

    /// Begins to write. When all of them together are faster to write than a thread begins, they are there
    /// on return.
    public void write() {
        long events = 0;
        for (IndexedSegment segment : segments) {
            events += segment.endOffset() - segment.file().base();
        }
        if (events <= IndexWriter.FEW_EVENTS) {
            writeAll();
        } else {
            start();
        }
    }

    private void start() {
        try {
            thread = Thread.ofPlatform().daemon().name("hotlog-lost-indexes").start(this::writeAll);
        } catch (OutOfMemoryError _) {
            // What a system tells that has no thread to give: frames serve as they did.
        }
    }

    private void writeAll() {
        try {
            for (int i = segments.size() - 1; i >= 0 && !ending; i--) {
                segments.get(i).index().writeLost();
            }
        } catch (RuntimeException | Error _) {
            // They are derived: no reason to refuse a log, nor to print.
        }
    }

    /// Begins no other index, and returns once nothing is being written any more.
    public void end() {
        ending = true;
        Thread writing = thread;
        if (writing != null) {
            IndexWriter.await(writing);
        }
    }
}
