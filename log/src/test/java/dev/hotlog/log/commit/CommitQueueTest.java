// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.SegmentHeader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What wakes the committer, which the test plays, and what it is told to do then.
@Timeout(60)
class CommitQueueTest {
    private static final int MANY = 1 << 20;
    private static final GroupRule RULE = new GroupRule(MANY, MANY, TimeUnit.HOURS.toNanos(1));

    private final ReentrantLock lock = new ReentrantLock();
    private final SegmentHeader header = new SegmentHeader(UUID.randomUUID(), 0, 1, 0, 0, 0);
    private CommitQueue queue = queue(RULE);

    @BeforeEach
    void appending() {
        lock.lock();
    }

    private CommitQueue queue(GroupRule rule) {
        return new CommitQueue(lock, rule, header, SegmentHeader.FIRST_FRAME, 0);
    }

    private void append(long offset) throws LogException {
        Group group = queue.open(Durability.MEMORY);
        group.frames().event(Event.of("s", offset).build(), offset, false);
        queue.added(group, 1, offset + 1);
    }

    /// Starts a committer that commits one group, and returns once it waits: for a group, or for more of one.
    private Thread committing(Thread.State waiting) {
        Thread committer = Thread.ofPlatform().start(() -> {
            try {
                queue.committed(queue.awaitStep().group());
            } catch (LogException e) {
                throw new AssertionError(e);
            }
        });
        lock.unlock();
        while (committer.getState() != waiting) {
            Thread.onSpinWait();
        }
        lock.lock();
        return committer;
    }

    /// Lets the committer go on, and returns once it has committed.
    private void committed(Thread committer) throws InterruptedException {
        lock.unlock();
        committer.join();
        lock.lock();
    }

    @Test
    void anEventThatNobodyWaitsForIsCommittedInItsTime() throws Exception {
        queue = queue(new GroupRule(MANY, MANY, 1));
        Thread committer = committing(Thread.State.WAITING);
        append(0);
        committed(committer);
        assertThat(queue.onDisk().nextOffset()).isEqualTo(1);
    }

    @Test
    void aGroupThatIsFullIsCommittedBeforeItsTime() throws Exception {
        queue = queue(new GroupRule(MANY, 2, TimeUnit.HOURS.toNanos(1)));
        append(0);
        Thread committer = committing(Thread.State.TIMED_WAITING);
        append(1);
        committed(committer);
        assertThat(queue.onDisk().nextOffset()).isEqualTo(2);
    }

    @Test
    void aForceThatIsAskedForLaterDoesNotWaitForTheGroupRule() throws Exception {
        append(0);
        Thread committer = committing(Thread.State.TIMED_WAITING);
        queue.latch(Durability.FORCED);
        committed(committer);
        assertThat(queue.onDisk().nextOffset()).isEqualTo(1);
    }

    @Test
    void aRollDoesNotWaitForTheGroupRule() throws Exception {
        append(0);
        Thread committer = committing(Thread.State.TIMED_WAITING);
        queue.rollSegment();
        committed(committer);
        assertThat(queue.onDisk().nextOffset()).isEqualTo(1);
        CommitQueue.Step step = queue.awaitStep();
        assertThat(step.roll()).isTrue();
        assertThat(step.close()).isFalse();
        assertThat(step.group().isEmpty()).isTrue();
    }

    @Test
    void aSegmentHasEventsFromItsFirstOn() throws LogException {
        assertThat(queue.hasEventsInSegment()).isFalse();
        append(0);
        assertThat(queue.hasEventsInSegment()).isTrue();
        queue.rolled(new SegmentHeader(header.logId(), 1, 2, 0, 1, SegmentHeader.FIRST_FRAME));
        assertThat(queue.hasEventsInSegment()).isFalse();
    }

    /// The committer's step, played by the test's own thread.
    private Group taken() throws LogException {
        return queue.awaitStep().group();
    }

    private Thread waiting(CommitLatch latch, List<Throwable> told) {
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                queue.await(latch);
            } catch (LogException e) {
                told.add(e);
            }
        });
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    /// Else all who wait for a group would have to get the lock, one after the other.
    @Test
    void whoWaitedForAGroupGoesOnWithoutTheLock() throws Exception {
        append(0);
        Thread waiting = waiting(queue.latch(Durability.FORCED), new ArrayList<>());
        queue.committed(taken());
        waiting.join();
        assertThat(lock.isHeldByCurrentThread()).isTrue();
    }

    @Test
    void eachWaitsForItsOwnGroup() throws Exception {
        append(0);
        CommitLatch first = queue.latch(Durability.FORCED);
        assertThat(queue.latch(Durability.GROUP)).isSameAs(first);
        Group inForce = taken();
        // What was laid last is in that group still.
        assertThat(queue.latch(Durability.FORCED)).isSameAs(first);
        append(1);
        CommitLatch second = queue.latch(Durability.FORCED);
        assertThat(second).isNotSameAs(first);
        assertThat(queue.latch(0)).isSameAs(first);
        assertThat(queue.latch(1)).isSameAs(second);

        queue.committed(inForce);
        queue.await(first);
        assertThat(queue.latch(0)).isSameAs(CommitLatch.COMMITTED);
        assertThat(queue.latch(1)).isSameAs(second);
        queue.committed(taken());
        queue.await(second);
        assertThat(queue.latch(Durability.FORCED)).isSameAs(CommitLatch.COMMITTED);
        assertThat(queue.latch(1)).isSameAs(CommitLatch.COMMITTED);
    }

    @Test
    void whoDoesNotWaitForTheDiskIsGivenNoLatch() throws LogException {
        append(0);
        assertThat(queue.latch(Durability.MEMORY)).isSameAs(CommitLatch.COMMITTED);
    }

    interface Ending {
        void end(CommitQueue queue);
    }

    static Stream<Named<Ending>> endings() {
        LogException why = new LogException.Stopped("why", null);
        return Stream.of(
                Named.of("stopped by an appender", queue -> queue.stop(why)),
                Named.of("failed", queue -> queue.end(why, false)),
                Named.of("ended", queue -> queue.end(why, true)));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void whoWaitsForEitherGroupIsToldWhenTheLogEnds(Ending ending) throws Exception {
        List<Throwable> told = Collections.synchronizedList(new ArrayList<>());
        append(0);
        Thread first = waiting(queue.latch(Durability.FORCED), told);
        taken();
        append(1);
        Thread second = waiting(queue.latch(Durability.GROUP), told);
        ending.end(queue);
        lock.unlock();
        first.join();
        second.join();
        assertThat(told)
                .hasSize(2)
                .allSatisfy(e ->
                        assertThat(e).isInstanceOf(LogException.Stopped.class).hasMessage("the log stopped: why"));
        lock.lock();
        // Nobody begins to wait for what will not come.
        assertThatThrownBy(() -> queue.latch(Durability.FORCED)).isInstanceOf(LogException.Stopped.class);
        assertThatThrownBy(() -> queue.latch(0)).isInstanceOf(LogException.Stopped.class);
    }
}
