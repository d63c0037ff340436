// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.SegmentHeader;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    private long append(long offset) throws LogException {
        Group group = queue.open(Durability.MEMORY);
        group.frames().event(Event.of("s", offset).build(), offset, false);
        return queue.added(group, 1, offset + 1);
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
        long number = append(0);
        Thread committer = committing(Thread.State.TIMED_WAITING);
        queue.awaitAs(Durability.FORCED, number);
        committer.join();
        assertThat(queue.onDisk().nextOffset()).isEqualTo(1);
        assertThat(queue.onDisk().groupNumber()).isEqualTo(number);
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
}
