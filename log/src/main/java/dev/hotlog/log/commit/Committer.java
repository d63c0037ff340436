// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.Published;
import org.jspecify.annotations.Nullable;

/// The one thread that writes to the log: it takes one group after the other from the [CommitQueue].
///
/// Invariants (docs/design.md, Commit):
/// - a group is written only after the one before it was forced, so a frame on disk proves what lies before its write;
/// - a group is published, and its waiters return, only after it was forced;
/// - after a failure nothing is written, forced, published or acknowledged any more.
///
/// The thread is nobody's to interrupt.
final class Committer {
    private final CommitQueue queue;
    private final Published.File published;
    private final Turn turn;
    private final Thread thread;
    /// Made early: when there is no memory left, none is needed to say so.
    private final LogException unexplained = new LogException.Stopped("the committer ended for want of memory", null);
    // The thread's own, once it runs: what is on disk ends at that position of the segment, with the event before that
    // offset.
    private ActiveSegment segment;
    private long position;
    private long nextOffset;

    /// What happens where a segment ends, called by the committer's thread while no group waits and appenders are held
    /// off.
    interface Turn extends ActiveSegment.Reserve {
        /// So many bytes of frames more are on disk, up to that position of the segment.
        void committed(long bytes, long end);

        /// Makes the next segment and ends this one.
        ///
        /// @param full the segment that ends
        /// @param end the position in it behind the last frame
        /// @param nextOffset the offset that the next event takes
        /// @return the new segment, durable with its name
        ActiveSegment roll(ActiveSegment full, long end, long nextOffset) throws LogException;

        /// Makes the log ready for its next opening, before it is marked as closed.
        void close(ActiveSegment last, long end, long nextOffset) throws LogException;

        /// Returns once nothing is written any more, after whatever end of the thread.
        void end();
    }

    /// @param segment to go on in, from `position`
    Committer(
            CommitQueue queue,
            Published.File published,
            Turn turn,
            ActiveSegment segment,
            long position,
            long nextOffset) {
        this.queue = queue;
        this.published = published;
        this.turn = turn;
        this.segment = segment;
        this.position = position;
        this.nextOffset = nextOffset;
        this.thread = Thread.ofPlatform().daemon().name("hotlog-committer").unstarted(this::run);
    }

    /// Publishes where the log stands, for good, and begins to work.
    void start() throws LogException {
        boolean started = false;
        try {
            publish();
            // Else a close that was published before might be all that the disk has, and what a failed force was about
            // be built on. (docs/design.md, R5)
            published.force();
            thread.start();
            started = true;
        } finally {
            if (!started) {
                published.close();
            }
        }
    }

    private void publish() throws LogException {
        SegmentHeader header = segment.header();
        published.write(header.base(), header.epoch(), position, nextOffset);
    }

    private void run() {
        @Nullable LogException failure = null;
        try {
            work();
        } catch (LogException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = told(e);
        }
        end(failure);
    }

    private LogException told(Throwable unexpected) {
        try {
            return new LogException.Stopped("the committer ended unexpectedly: " + unexpected, unexpected);
        } catch (OutOfMemoryError _) {
            return unexplained;
        }
    }

    private void work() throws LogException {
        CommitQueue.Step step;
        do {
            step = queue.awaitStep();
            if (!step.group().isEmpty()) {
                commit(step.group());
            }
            if (step.roll()) {
                roll();
            }
        } while (!step.close());
        close();
    }

    private void commit(Group group) throws LogException {
        segment.commit(group.frames(), turn);
        position = group.frames().position();
        nextOffset = group.nextOffset();
        publish();
        queue.committed(group);
        turn.committed(group.frames().lengthBytes(), position);
    }

    private void roll() throws LogException {
        segment = turn.roll(segment, position, nextOffset);
        position = SegmentHeader.FIRST_FRAME;
        publish();
        queue.rolled(segment.header());
    }

    private void close() throws LogException {
        SegmentHeader header = segment.header();
        turn.close(segment, position, nextOffset);
        segment.mark(FrameType.CLOSE, position, nextOffset);
        published.writeClosed(header.base(), header.epoch(), position, nextOffset);
    }

    private void end(@Nullable LogException failure) {
        // Who waits is told first: what is left to do here may take long on a disk that fails.
        queue.end(failure, false);
        @Nullable LogException last = failure;
        try {
            turn.end();
            last = closed(segment::close, closed(published::close, failure));
        } finally {
            queue.end(last, true);
        }
    }

    private interface Closing {
        void close() throws LogException;
    }

    private static @Nullable LogException closed(Closing file, @Nullable LogException failure) {
        try {
            file.close();
            return failure;
        } catch (LogException e) {
            return failure == null ? e : failure;
        }
    }
}
