// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommitLatchTest {
    private static final int THREADS = 20;
    private static final int ROUNDS = 1_000;

    private final CommitLatch latch = new CommitLatch();

    /// A thread at the latch, and what it tells the thread.
    private record Waiting(Thread thread, FutureTask<Boolean> committed) {
        static Waiting at(CommitLatch latch) {
            FutureTask<Boolean> committed = new FutureTask<>(latch::await);
            Thread thread = Thread.ofPlatform().start(committed);
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            return new Waiting(thread, committed);
        }
    }

    private List<Waiting> manyWaiting() {
        List<Waiting> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(Waiting.at(latch));
        }
        return all;
    }

    @Test
    void allWhoWaitGoOnOnceTheGroupIsCommitted() throws Exception {
        List<Waiting> all = manyWaiting();
        latch.open();
        for (Waiting one : all) {
            assertThat(one.committed.get()).isTrue();
        }
    }

    @Test
    void allWhoWaitAreToldThatTheGroupWasAbandoned() throws Exception {
        List<Waiting> all = manyWaiting();
        latch.abandon();
        for (Waiting one : all) {
            assertThat(one.committed.get()).isFalse();
        }
    }

    @Test
    void whoComesLaterDoesNotWait() {
        latch.open();
        assertThat(latch.await()).isTrue();
        assertThat(CommitLatch.COMMITTED.await()).isTrue();

        CommitLatch abandoned = new CommitLatch();
        abandoned.abandon();
        assertThat(abandoned.await()).isFalse();
    }

    @Test
    void anInterruptLetsNobodyGoAndIsFoundAfterTheWait() throws Exception {
        Waiting other = Waiting.at(latch);
        FutureTask<Boolean> interrupted = new FutureTask<>(() -> {
            latch.await();
            return Thread.currentThread().isInterrupted();
        });
        Thread thread = Thread.ofPlatform().unstarted(interrupted);
        thread.start();
        thread.interrupt();
        other.thread.interrupt();
        // It has heeded the interrupt, by waiting on.
        while (thread.isInterrupted() || thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(interrupted.isDone()).isFalse();
        assertThat(other.committed.isDone()).isFalse();
        latch.open();
        assertThat(interrupted.get()).isTrue();
        assertThat(other.committed.get()).isTrue();
    }

    @Test
    void nobodyWhoComesWhileItOpensIsLeftWaiting() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            CommitLatch opening = new CommitLatch();
            FutureTask<Boolean> committed = new FutureTask<>(opening::await);
            Thread thread = Thread.ofPlatform().start(committed);
            opening.open();
            assertThat(committed.get()).isTrue();
            thread.join();
        }
    }
}
