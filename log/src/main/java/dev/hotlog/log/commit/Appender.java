// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.recovery.RecoveredLog;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.storage.Storage;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Gives events their offsets: has them laid into the open group, rolls when the segment is full, and waits as far as
/// was asked.
/// Thread-safe.
public final class Appender implements AutoCloseable {
    /// A segment ends with a mark, and it is closed with one.
    private static final int MARKS_BYTES = 2 * FrameCursor.MARK_BYTES;

    private final CommitQueue queue;
    private final Keys keys;
    private final GroupFiller filler;
    private final ReentrantLock lock;
    private final long segmentBytes;

    private Appender(CommitQueue queue, Keys keys, long segmentBytes) {
        this.queue = queue;
        this.keys = keys;
        this.filler = new GroupFiller(queue, keys);
        this.lock = queue.lock();
        this.segmentBytes = segmentBytes;
    }

    /// Starts to work on a log that recovery has made fit.
    public static Appender start(
            Storage storage, RecoveredLog log, GroupRule rule, long segmentBytes, InstantSource clock)
            throws LogException {
        ReentrantLock lock = new ReentrantLock();
        Keys keys = new Keys(storage, log.sealed(), log.index());
        try {
            long nextOffset = log.report().nextOffset();
            CommitQueue queue = new CommitQueue(lock, rule, log.active().header(), log.position(), nextOffset);
            SegmentTurn turn = new SegmentTurn(storage, keys, lock, segmentBytes, clock);
            Published.File published = Published.File.open(storage);
            Appender appender = new Appender(queue, keys, segmentBytes);
            new Committer(queue, published, turn, log.active(), log.position(), nextOffset).start();
            return appender;
        } catch (LogException | RuntimeException | Error e) {
            // An OutOfMemoryError is also what a system tells that has no thread to give.
            log.active().closeAfter(e);
            throw e;
        }
    }

    /// Appends one event.
    ///
    /// @return its offset, or that of the same event when it was there
    public long append(Event event, Durability durability) throws LogException {
        long offset;
        CommitLatch latch;
        lock.lock();
        try {
            offset = lay(event, durability);
            latch = queue.latch(durability);
        } finally {
            lock.unlock();
        }
        queue.await(latch);
        return offset;
    }

    private long lay(Event event, Durability durability) throws LogException {
        while (true) {
            Group group = queue.open(durability);
            FrameWriter frames = group.frames();
            int start = frames.lengthBytes();
            long offset = queue.nextOffset();
            long earlier = filler.lay(event, offset, frames);
            if (isOverfull(frames, start)) {
                frames.rewindTo(start);
                queue.rollSegment();
                continue;
            }
            if (earlier >= 0) {
                frames.rewindTo(start);
                return earlier;
            }
            filler.index(group, start);
            queue.added(group, 1, offset + 1);
            return offset;
        }
    }

    /// A batch may be longer than a segment: then it has one of its own. A segment without events is not ended, since
    /// the next one would have its base.
    ///
    /// @throws IllegalArgumentException when a segment of its own has no room for it either
    private boolean isOverfull(FrameWriter frames, int start) {
        long end = frames.position() + MARKS_BYTES;
        if (end > segmentBytes && queue.hasEventsInSegment()) {
            return true;
        }
        if (end > SegmentFile.MOST_BYTES) {
            frames.rewindTo(start);
            throw new IllegalArgumentException("a segment of " + end + " bytes; the most is " + SegmentFile.MOST_BYTES);
        }
        return false;
    }

    /// Appends a batch: all of it, or nothing.
    ///
    /// @param offsets to be filled with the events' offsets
    /// @param duplicates to be filled with those that were there
    public void append(Batch batch, Durability durability, long[] offsets, BitSet duplicates) throws LogException {
        CommitLatch latch;
        lock.lock();
        try {
            lay(batch, durability, offsets, duplicates);
            latch = queue.latch(durability);
        } finally {
            lock.unlock();
        }
        queue.await(latch);
    }

    private void lay(Batch batch, Durability durability, long[] offsets, BitSet duplicates) throws LogException {
        while (true) {
            Group group = queue.open(durability);
            int start = group.frames().lengthBytes();
            GroupFiller.LaidBatch laid = filler.lay(batch, group.frames(), offsets, duplicates);
            if (laid.frames() == 0) {
                return;
            }
            if (isOverfull(group.frames(), start)) {
                group.frames().rewindTo(start);
                duplicates.clear();
                queue.rollSegment();
                continue;
            }
            filler.index(batch, group, start, duplicates);
            queue.added(group, laid.events(), queue.nextOffset() + laid.events());
            return;
        }
    }

    /// Returns once everything appended before is on disk.
    public void flush() throws LogException {
        CommitLatch latch;
        lock.lock();
        try {
            latch = queue.latch(Durability.FORCED);
        } finally {
            lock.unlock();
        }
        queue.await(latch);
    }

    public void awaitDurable(long offset) throws LogException {
        CommitLatch latch;
        lock.lock();
        try {
            latch = queue.latch(offset);
        } finally {
            lock.unlock();
        }
        queue.await(latch);
    }

    public OptionalLong offsetOf(String sessionId, long seq) throws LogException {
        lock.lock();
        try {
            EventFrame found = keys.find(sessionId, seq, queue);
            return found == null ? OptionalLong.empty() : OptionalLong.of(found.offset());
        } finally {
            lock.unlock();
        }
    }

    public Optional<String> cursor(String source) {
        lock.lock();
        try {
            return keys.cursor(source);
        } finally {
            lock.unlock();
        }
    }

    public Optional<SessionFacts> facts(String sessionId) {
        lock.lock();
        try {
            return keys.facts(sessionId);
        } finally {
            lock.unlock();
        }
    }

    /// What the queue counts, read under its lock.
    public <T> T ask(Function<CommitQueue, T> question) {
        lock.lock();
        try {
            return question.apply(queue);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws LogException {
        queue.close();
    }
}
