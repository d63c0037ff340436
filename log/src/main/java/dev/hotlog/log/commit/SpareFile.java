// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.Zeros;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/// The file of the segment to come: another thread fills it with zeros, so that commits need not wait for space.
///
/// It is derived, and of no name that counts until a segment takes it: whatever goes wrong with it, the next segment
/// begins in a file of its own. For one thread, the committer's.
final class SpareFile {
    /// So much is written at once, and forced: commits meanwhile wait for the disk to take that much, and no more.
    static final int PIECE_BYTES = 1 << 20;

    private final Storage storage;
    private final long mostBytes;
    private final ThreadFactory threads;
    private @Nullable Filling filling;

    /// @param mostBytes how long a segment grows
    SpareFile(Storage storage, long mostBytes, ThreadFactory threads) {
        this.storage = storage;
        this.mostBytes = mostBytes;
        this.threads = threads;
    }

    /// Begins to fill a file, unless there is one, or there was no room for one since the last was taken.
    void prepare() {
        if (filling == null) {
            filling = new Filling();
            filling.start();
        }
    }

    /// The file, as far as it is filled, for the caller to go on with and to close; empty when there is none.
    Optional<ActiveSegment.Space> take() {
        Filling taken = filling;
        filling = null;
        return taken == null ? Optional.empty() : taken.end();
    }

    /// Deletes the file, if there is one.
    ///
    /// @return whether there was one since this was asked last, so that the disk has more room now
    boolean release() {
        Filling ended = filling;
        if (ended == null) {
            return false;
        }
        ended.end().ifPresent(filled -> discard(filled.file()));
        return ended.gaveBack();
    }

    private void discard(StoredFile file) {
        try {
            file.close();
            storage.delete(SegmentName.SPARE);
        } catch (LogException | RuntimeException | Error _) {
            // The next opening deletes it.
        }
    }

    /// One file being filled. The thread's until it has ended.
    private final class Filling {
        private volatile boolean ended;
        private @Nullable Thread thread;
        private @Nullable StoredFile file;
        private long bytes;
        /// There was a file, and nobody was told that its room is free again.
        private boolean holdsRoom;

        void start() {
            try {
                Thread started = threads.newThread(this::fill);
                started.start();
                thread = started;
            } catch (OutOfMemoryError _) {
                // What a system tells that has no thread to give. The next segment will do without.
            }
        }

        private void fill() {
            try {
                storage.delete(SegmentName.SPARE);
                StoredFile made = storage.create(SegmentName.SPARE);
                file = made;
                holdsRoom = true;
                while (bytes < mostBytes && !ended) {
                    long piece = Math.min(PIECE_BYTES, mostBytes - bytes);
                    Zeros.write(made, bytes, bytes + piece);
                    made.force();
                    bytes += piece;
                }
            } catch (LogException | RuntimeException | Error _) {
                // What is not forced does not count, and nothing is ever written behind it.
                StoredFile failed = file;
                file = null;
                if (failed != null) {
                    discard(failed);
                }
            }
        }

        /// Whether there was a file, when asked the first time; after its end.
        boolean gaveBack() {
            boolean had = holdsRoom;
            holdsRoom = false;
            return had;
        }

        /// Ends it where it is.
        Optional<ActiveSegment.Space> end() {
            ended = true;
            Thread joined = thread;
            thread = null;
            if (joined != null) {
                IndexWriter.await(joined);
            }
            StoredFile made = file;
            file = null;
            return made == null ? Optional.empty() : Optional.of(new ActiveSegment.Space(made, bytes));
        }
    }
}
