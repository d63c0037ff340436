// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentName;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one thread that writes to the log. Appenders fill one group while it writes and forces the other.
///
/// Invariants (docs/design.md, Commit):
/// - a group is written only after the one before it was forced, so a frame on disk proves what lies before its write;
/// - a group is published, and its waiters return, only after it was forced;
/// - after a failure nothing is written, forced, published or acknowledged any more.
///
/// Appenders wait without heed to interrupts, which the end of the wait gives back: what they wait for comes within
/// the group rule's time and one force. The thread itself is nobody's to interrupt.
public final class Committer {
    private final ReentrantLock lock;
    /// A group is due, or it is time to roll or to close.
    private final Condition due;
    /// There is a group to fill again: one was taken, the segment was rolled, or the log stopped.
    private final Condition room;
    /// A group was committed, or the log stopped.
    private final Condition committed;

    private final GroupRule rule;
    private final Published.File published;
    private final Turn turn;
    private final Thread thread;

    // Guarded by the lock.
    private Group filling = new Group();
    private Group spare = new Group();
    private SegmentHeader header;
    private long position;
    private boolean rollAsked;
    private boolean closeAsked;
    private boolean ended;
    private long committedNumber;
    private long durableOffset;
    private long nextOffset;
    private @Nullable LogException stopped;
    private long forces;
    private long frameBytes;
    private long committedEvents;

    // The committer's own.
    private ActiveSegment segment;

    /// What happens where a segment ends, called by the committer's thread while no group waits and appenders are held
    /// off.
    interface Turn {
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

    /// @param lock guards the group that is filled, and whatever its filler keeps beside it
    /// @param segment to go on in, from `position`
    Committer(
            ReentrantLock lock,
            GroupRule rule,
            Published.File published,
            Turn turn,
            ActiveSegment segment,
            long position,
            long nextOffset) {
        this.lock = lock;
        this.due = lock.newCondition();
        this.room = lock.newCondition();
        this.committed = lock.newCondition();
        this.rule = rule;
        this.published = published;
        this.turn = turn;
        this.segment = segment;
        this.header = segment.header();
        this.position = position;
        this.nextOffset = nextOffset;
        this.durableOffset = nextOffset;
        this.filling.begin(1);
        this.thread = Thread.ofPlatform().daemon().name("hotlog-committer").unstarted(this::run);
    }

    /// Publishes where the log stands and begins to work.
    public void start() throws LogException {
        boolean started = false;
        try {
            published.write(header.base(), header.epoch(), position, nextOffset);
            thread.start();
            started = true;
        } finally {
            if (!started) {
                published.close();
            }
        }
    }

    // ---- what appenders call, holding the lock

    ReentrantLock lock() {
        return lock;
    }

    /// The group to lay frames into; waits until there is one. For a caller that will not wait for the disk it has room
    /// by the rule; the others join the group that is forced next, full or not: they bring no more until it was.
    ///
    /// @throws LogException.Stopped when the log takes no more
    public Group open(Durability durability) throws LogException {
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
    public long added(Group group, int events, long newNextOffset) {
        boolean first = group.isFresh();
        nextOffset = newNextOffset;
        group.added(events, newNextOffset);
        position = group.frames().position();
        if (first || group.isFull(rule)) {
            due.signal();
        }
        return group.number();
    }

    /// Ends the segment before anything more is laid, and waits until the next one is there.
    public void rollSegment() throws LogException {
        checkRunning();
        long oldBase = header.base();
        rollAsked = true;
        due.signal();
        while (header.base() == oldBase) {
            checkRunning();
            room.awaitUninterruptibly();
        }
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
        while (committedNumber < number) {
            checkAlive();
            committed.awaitUninterruptibly();
        }
    }

    /// Waits until the event of that offset is on disk, without asking for a force.
    ///
    /// @throws IllegalArgumentException when no event has that offset yet
    public void awaitOffset(long offset) throws LogException {
        if (offset >= nextOffset) {
            throw new IllegalArgumentException("no event has offset " + offset + " yet");
        }
        while (durableOffset <= offset) {
            checkAlive();
            committed.awaitUninterruptibly();
        }
    }

    /// The number of the group that holds, or will hold, what was laid last.
    public long lastNumber() {
        return filling.isEmpty() ? filling.number() - 1 : filling.number();
    }

    /// Sets `event` on the frame at that position of the segment if it may not be readable from the file yet.
    public boolean readUnwritten(long at, EventFrame event) {
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

    public long durableOffset() {
        return durableOffset;
    }

    public long forces() {
        return forces;
    }

    public long frameBytes() {
        return frameBytes;
    }

    public long committedEvents() {
        return committedEvents;
    }

    private void checkRunning() throws LogException {
        checkAlive();
        if (closeAsked) {
            throw new LogException.Stopped("the log is closed", null);
        }
    }

    /// While it closes the log is alive: what waits is still committed.
    private void checkAlive() throws LogException {
        if (stopped != null) {
            throw new LogException.Stopped("the log stopped: " + stopped.getMessage(), stopped);
        }
        if (ended) {
            throw new LogException.Stopped("the log is closed", null);
        }
    }

    /// Commits what waits, marks the end as closed, and ends the thread. Must not hold the lock.
    ///
    /// @throws LogException what stopped the log, when something had
    public void close() throws LogException {
        lock.lock();
        try {
            closeAsked = true;
            due.signal();
            while (!ended) {
                committed.awaitUninterruptibly();
            }
            if (stopped != null) {
                throw new LogException.Stopped("the log stopped: " + stopped.getMessage(), stopped);
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- the committer's thread

    private void run() {
        @Nullable LogException failure = null;
        try {
            work();
        } catch (LogException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new LogException.Stopped("the committer ended unexpectedly: " + e, e);
        }
        end(failure);
    }

    private void end(@Nullable LogException failure) {
        // Who waits is told first: what is left to do here may take long on a disk that fails.
        tell(failure, false);
        turn.end();
        tell(closed(segment::close, closed(published::close, failure)), true);
    }

    private void tell(@Nullable LogException failure, boolean last) {
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

    private void work() throws LogException {
        Step step;
        do {
            step = awaitStep();
            if (!step.group.isEmpty()) {
                commit(step.group);
            }
            if (step.roll) {
                roll();
            }
        } while (!step.close);
        turn.close(segment, position, nextOffset);
        segment.mark(FrameType.CLOSE, position, nextOffset);
        published.writeClosed(header.base(), header.epoch(), position, nextOffset);
    }

    /// What is to be done next, in this order.
    private record Step(Group group, boolean roll, boolean close) {}

    private Step awaitStep() throws LogException {
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

    private void commit(Group group) throws LogException {
        segment.commit(group.frames());
        published.write(header.base(), header.epoch(), group.frames().position(), group.nextOffset());
        lock.lock();
        try {
            committedNumber = group.number();
            durableOffset = group.nextOffset();
            forces++;
            frameBytes += group.frames().lengthBytes();
            committedEvents += group.events();
            committed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void roll() throws LogException {
        ActiveSegment next = turn.roll(segment, position, nextOffset);
        segment = next;
        published.write(next.header().base(), next.header().epoch(), SegmentHeader.FIRST_FRAME, nextOffset);
        lock.lock();
        try {
            header = next.header();
            position = SegmentHeader.FIRST_FRAME;
            rollAsked = false;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
