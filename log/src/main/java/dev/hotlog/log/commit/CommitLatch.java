// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Where appenders wait for one group, outside the [CommitQueue]'s lock: opened when the group is on disk, or
/// abandoned when it never will be.
final class CommitLatch {
    /// For those who need not wait.
    static final CommitLatch COMMITTED = new CommitLatch();

    static {
        COMMITTED.open();
    }

    private enum Outcome {
        UNKNOWN,
        COMMITTED,
        ABANDONED
    }

    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
    private volatile Outcome outcome = Outcome.UNKNOWN;

    /// Lets everyone go; their group is on disk.
    void open() {
        end(Outcome.COMMITTED);
    }

    /// Lets everyone go; their group is not committed any more.
    void abandon() {
        end(Outcome.ABANDONED);
    }

    /// Makes all ready to run at once. If each woke the next, as in a shared synchronizer of the JDK, the
    /// last would wait until all the others had run, which takes long on a busy machine. Needs no memory.
    private void end(Outcome how) {
        assert outcome == Outcome.UNKNOWN;
        outcome = how;
        @Nullable Thread next;
        while ((next = waiting.poll()) != null) {
            LockSupport.unpark(next);
        }
    }

    /// Waits without heed to interrupts, which the end of the wait gives back.
    ///
    /// @return whether the group is on disk
    boolean await() {
        if (outcome == Outcome.UNKNOWN) {
            // Who is not found waiting when the outcome is set finds the outcome.
            waiting.add(Thread.currentThread());
            park();
        }
        return outcome == Outcome.COMMITTED;
    }

    private void park() {
        boolean interrupted = false;
        while (outcome == Outcome.UNKNOWN) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
