// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.SegmentName;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What was appended and is not on disk yet, and who waits for it: appenders fill one group while the [Committer]
/// writes and forces the other.
///
/// Appenders hold the lock when they call, but for [#await] and [#close]; the committer's side takes it by
/// itself. Appenders wait without heed to interrupts, which the end of the wait gives back: what they wait for
/// comes within the group rule's time and one force.
public final class CommitQueue {
    private final ReentrantLock lock;
    /// A group is due, or it is time to roll or to close.
    private final Condition due;
    /// There is a group to fill again: one was taken, the segment was rolled, or the log stopped.
    private final Condition room;
    /// The log has ended.
    private final Condition end;

    private final GroupRule rule;

    // All guarded by the lock.
    private Group filling = new Group();
    private Group spare = new Group();
    private SegmentHeader header;
    private long position;
    private boolean rollAsked;
    private boolean closeAsked;
    private boolean ended;
    private long nextOffset;
    private @Nullable LogException stopped;
    private final OnDisk onDisk;

    /// @param lock guards the group that is filled, and whatever its filler keeps beside it
    /// @param header of the segment to go on in, from `position`
    CommitQueue(ReentrantLock lock, GroupRule rule, SegmentHeader header, long position, long nextOffset) {
        this.lock = lock;
        this.due = lock.newCondition();
        this.room = lock.newCondition();
        this.end = lock.newCondition();
        this.rule = rule;
        this.header = header;
        this.position = position;
        this.nextOffset = nextOffset;
        this.onDisk = new OnDisk(nextOffset);
        this.filling.begin(1);
    }

    ReentrantLock lock() {
        return lock;
    }

    // ---- what appenders call

    /// The group to lay frames into; waits until there is one. For a caller that will not wait for the disk it has room
    /// by the rule; the others join the group that is forced next, full or not: they bring no more until it was.
    ///
    /// @throws LogException.Stopped when the log takes no more
    Group open(Durability durability) throws LogException {
        assert lock.isHeldByCurrentThread();
        while (true) {
            checkRunning();
            if (!rollAsked && (durability != Durability.MEMORY || !filling.isFull(rule))) {
                if (filling.isEmpty()) {
                    filling.frames().begin(header, position);
                }
                return filling;
            }
            room.awaitUninterruptibly();
        }
    }

    /// Takes in what has been laid into the open group.
    void added(Group group, int events, long newNextOffset) {
        boolean first = group.isFresh();
        nextOffset = newNextOffset;
        group.added(events, newNextOffset);
        position = group.frames().position();
        if (first || group.isFull(rule)) {
            due.signal();
        }
    }

    /// Ends the segment before anything more is laid: [#open] waits until the next one is there.
    void rollSegment() {
        rollAsked = true;
        due.signal();
    }

    /// Stops the log as after a failed write: nothing more is written.
    void stop(LogException why) {
        stopped = stopped == null ? why : stopped;
        due.signal();
        room.signalAll();
        abandonGroups();
    }

    private void abandonGroups() {
        filling.abandon();
        spare.abandon();
    }

    /// What to [#await] until all that was laid is as safe as the word says.
    CommitLatch latch(Durability durability) throws LogException {
        return switch (durability) {
            case MEMORY -> CommitLatch.COMMITTED;
            case GROUP -> lastLatch();
            case FORCED -> {
                if (!filling.isEmpty()) {
                    filling.askForce();
                    due.signal();
                }
                yield lastLatch();
            }
        };
    }

    private CommitLatch lastLatch() throws LogException {
        return latch(filling.isEmpty() ? spare : filling);
    }

    private CommitLatch latch(Group group) throws LogException {
        if (onDisk.groupNumber() >= group.number()) {
            return CommitLatch.COMMITTED;
        }
        checkAlive();
        return group.latch();
    }

    /// What to [#await] until the event of that offset is on disk; asks for no force.
    ///
    /// @throws IllegalArgumentException when no event has that offset yet
    CommitLatch latch(long offset) throws LogException {
        if (offset >= nextOffset) {
            throw new IllegalArgumentException("no event has offset " + offset + " yet");
        }
        if (offset < onDisk.nextOffset()) {
            return CommitLatch.COMMITTED;
        }
        return latch(offset < spare.nextOffset() ? spare : filling);
    }

    /// Waits for a latch's group. Must not hold the lock: all who wait would have to get it back, one by one.
    ///
    /// @throws LogException.Stopped when the group is not committed any more
    void await(CommitLatch latch) throws LogException {
        if (latch.await()) {
            return;
        }
        lock.lock();
        try {
            throw over();
        } finally {
            lock.unlock();
        }
    }

    /// Sets `event` on the frame at that position of the segment if it may not be readable from the file yet.
    boolean readUnwritten(long at, EventFrame event) {
        return filling.frames().readEventAt(at, event) || spare.frames().readEventAt(at, event);
    }

    boolean hasEventsInSegment() {
        return nextOffset > header.base();
    }

    String segmentName() {
        return SegmentName.segment(header.base());
    }

    public long nextOffset() {
        return nextOffset;
    }

    public OnDisk onDisk() {
        return onDisk;
    }

    private void checkRunning() throws LogException {
        if (stopped != null || closeAsked) {
            throw over();
        }
    }

    /// While it closes the log is alive: what waits is still committed.
    private void checkAlive() throws LogException {
        if (stopped != null || ended) {
            throw over();
        }
    }

    private LogException.Stopped over() {
        return stopped == null
                ? new LogException.Stopped("the log is closed", null)
                : new LogException.Stopped("the log stopped: " + stopped.getMessage(), stopped);
    }

    /// Asks the committer to commit what waits and to end, and waits until it has. Must not hold the lock.
    ///
    /// @throws LogException what stopped the log, when something had
    void close() throws LogException {
        lock.lock();
        try {
            closeAsked = true;
            due.signal();
            while (!ended) {
                end.awaitUninterruptibly();
            }
            if (stopped != null) {
                throw over();
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- what the committer calls

    /// What is to be done next, in this order.
    ///
    /// @param group to be committed; may be empty
    record Step(Group group, boolean roll, boolean close) {}

    /// Waits until there is something to do.
    Step awaitStep() throws LogException {
        lock.lock();
        try {
            while (!rollAsked && !closeAsked && !isDue() && stopped == null) {
                awaitSignal();
            }
            if (stopped != null) {
                throw stopped;
            }
            return new Step(take(), rollAsked, closeAsked);
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue() {
        return !filling.isEmpty() && filling.nanosLeft(rule, System.nanoTime()) <= 0;
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is in awaitStep
    private void awaitSignal() {
        if (filling.isEmpty()) {
            due.awaitUninterruptibly();
            return;
        }
        try {
            due.awaitNanos(filling.nanosLeft(rule, System.nanoTime()));
        } catch (InterruptedException _) {
            // The thread is handed to nobody who could interrupt it; if the flag stayed it would close the channel.
        }
    }

    private Group take() {
        Group taken = filling;
        if (!taken.isEmpty()) {
            filling = spare;
            spare = taken;
            filling.begin(taken.number() + 1);
            room.signalAll();
        }
        return taken;
    }

    /// The group is on disk and published: its waiters return.
    void committed(Group group) {
        @Nullable CommitLatch latch;
        lock.lock();
        try {
            onDisk.add(group);
            latch = group.takeLatch();
        } finally {
            lock.unlock();
        }
        if (latch != null) {
            latch.open();
        }
    }

    /// A new segment is there, and published: appenders go on in it.
    void rolled(SegmentHeader next) {
        lock.lock();
        try {
            header = next;
            position = SegmentHeader.FIRST_FRAME;
            rollAsked = false;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Tells everyone who waits that nothing is committed any more.
    ///
    /// @param failure why; null when the log was closed
    /// @param last whether the files are closed too
    void end(@Nullable LogException failure, boolean last) {
        lock.lock();
        try {
            stopped = stopped == null ? failure : stopped;
            ended = last;
            room.signalAll();
            abandonGroups();
            end.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
