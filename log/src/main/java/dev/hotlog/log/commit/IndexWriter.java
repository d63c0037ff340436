// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.log.segment.IndexedSegment;
import org.jspecify.annotations.Nullable;

/// Writes the indexes of segments that were filled, in a thread of its own so that commits go on meanwhile: one at a
/// time. Until an index is in its file, the one in the heap serves. For one thread, the committer's.
final class IndexWriter {
    /// So few events are indexed faster than a thread begins.
    private static final int FEW_EVENTS = 4_096;

    private @Nullable Thread writing;

    /// Writes the segment's index, now or soon. First waits for the one before: memory for two is the most it takes.
    void write(IndexedSegment filled) {
        await();
        if (filled.endOffset() - filled.file().base() <= FEW_EVENTS) {
            filled.moveIndexToFile();
        } else {
            writing = Thread.ofPlatform().daemon().name("hotlog-index").start(filled::moveIndexToFile);
        }
    }

    /// Returns once nothing is being written any more.
    void await() {
        Thread thread = writing;
        writing = null;
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
