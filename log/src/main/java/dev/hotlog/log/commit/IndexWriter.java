// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.log.segment.IndexedSegment;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// Writes the indexes of segments that were filled, in a thread of its own so that commits go on meanwhile:
/// one at a time. Until an index is in its file, the one in the heap serves; whatever goes wrong, it goes on
/// serving. For one thread, the committer's.
final class IndexWriter {
    /// So few events are indexed faster than a thread begins.
    static final int FEW_EVENTS = 4_096;

    private final ThreadFactory threads;
    private @Nullable Thread writing;

    IndexWriter() {
        this(Thread.ofPlatform().daemon().name("hotlog-index").factory());
    }

    IndexWriter(ThreadFactory threads) {
        this.threads = threads;
    }

    /// Writes the segment's index, now or soon. First waits for the one before: memory for two is the most it takes.
    void write(IndexedSegment filled) {
        await();
        if (filled.endOffset() - filled.file().base() <= FEW_EVENTS || !startWriting(filled)) {
            move(filled);
        }
    }

    private boolean startWriting(IndexedSegment filled) {
        try {
            Thread thread = threads.newThread(() -> move(filled));
            thread.start();
            writing = thread;
            return true;
        } catch (OutOfMemoryError _) {
            return false; // What a system tells that has no thread to give. Commits wait a little, this once.
        }
    }

    private static void move(IndexedSegment filled) {
        try {
            filled.index().moveToFile();
        } catch (RuntimeException | Error _) {
            // A file that is derived is no reason to stop a log, nor to print. The index in the heap is whole.
        }
    }

    /// Returns once nothing is being written any more.
    void await() {
        Thread thread = writing;
        writing = null;
        if (thread != null) {
            await(thread);
        }
    }

    /// Returns once the thread has ended. An interrupt makes it no shorter; its flag is set again.
    static void await(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
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
