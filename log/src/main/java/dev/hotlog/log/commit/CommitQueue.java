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
/// Appenders hold the lock when they call, but for [#close]; the committer's side takes it by itself. Appenders wait
/// without heed to interrupts, which the end of the wait gives back: what they wait for comes within the group rule's
/// time and one force.
public final class CommitQueue {
    private final ReentrantLock lock;
    /// A group is due, or it is time to roll or to close.
    private final Condition due;
    /// There is a group to fill again: one was taken, the segment was rolled, or the log stopped.
    private final Condition room;
    /// A group was committed, or the log stopped.
    private final Condition committed;

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
        this.committed = lock.newCondition();
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
    long added(Group group, int events, long newNextOffset) {
        boolean first = group.isFresh();
        nextOffset = newNextOffset;
        group.added(events, newNextOffset);
        position = group.frames().position();
        if (first || group.isFull(rule)) {
            due.signal();
        }
        return group.number();
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
        committed.signalAll();
    }

    /// Waits for the group of that number as far as the word says.
    void awaitAs(Durability durability, long number) throws LogException {
        switch (durability) {
            case MEMORY -> {}
            case GROUP -> await(number);
            case FORCED -> {
                askForce(number);
                await(number);
            }
        }
    }

    private void askForce(long number) {
        if (filling.number() == number && !filling.isEmpty()) {
            filling.askForce();
            due.signal();
        }
    }

    private void await(long number) throws LogException {
        while (onDisk.groupNumber() < number) {
            checkAlive();
            committed.awaitUninterruptibly();
        }
    }

    /// Waits until the event of that offset is on disk, without asking for a force.
    ///
    /// @throws IllegalArgumentException when no event has that offset yet
    void awaitOffset(long offset) throws LogException {
        if (offset >= nextOffset) {
            throw new IllegalArgumentException("no event has offset " + offset + " yet");
        }
        while (onDisk.nextOffset() <= offset) {
            checkAlive();
            committed.awaitUninterruptibly();
        }
    }

    /// The number of the group that holds, or will hold, what was laid last.
    long lastNumber() {
        return filling.isEmpty() ? filling.number() - 1 : filling.number();
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
        checkAlive();
        if (closeAsked) {
            throw new LogException.Stopped("the log is closed", null);
        }
    }

    /// While it closes the log is alive: what waits is still committed.
    private void checkAlive() throws LogException {
        checkNotStopped();
        if (ended) {
            throw new LogException.Stopped("the log is closed", null);
        }
    }

    private void checkNotStopped() throws LogException {
        if (stopped != null) {
            throw new LogException.Stopped("the log stopped: " + stopped.getMessage(), stopped);
        }
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
                committed.awaitUninterruptibly();
            }
            checkNotStopped();
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
        lock.lock();
        try {
            onDisk.add(group);
            committed.signalAll();
        } finally {
            lock.unlock();
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
            committed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
