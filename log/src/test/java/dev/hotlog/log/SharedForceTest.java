// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.StoredFile;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who shares a force while the disk takes its time, and who waits for it.
@Timeout(60)
class SharedForceTest {
    private static final int GROUP_EVENTS = 2;
    /// A group is due once it is full, however long that takes.
    private static final HotLogOptions OPTIONS =
            HotLogOptions.DEFAULTS.withGroup(Integer.MAX_VALUE, GROUP_EVENTS, Duration.ofHours(1));
    private static final int THREADS = 20;

    private final Semaphore disk = new Semaphore(1);

    @Test
    void appendsThatWaitForTheDiskShareOneForceHoweverManyTheyAre() throws Exception {
        try (HotLog log = open()) {
            disk.acquire();
            List<Thread> threads = new ArrayList<>();
            threads.add(appending(log, "first", 1, Durability.FORCED));
            await(disk::hasQueuedThreads);
            for (int i = 0; i < THREADS; i++) {
                threads.add(appending(log, "s" + i, 1, Durability.FORCED));
            }
            await(() -> log.nextOffset() == 1 + THREADS);
            disk.release();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(log.stats().forces()).isEqualTo(2);
            assertThat(log.durableOffset()).isEqualTo(1 + THREADS);
        }
    }

    @Test
    void appendsThatDoNotWaitForTheDiskRiskTwoGroupsAtMost() throws Exception {
        try (HotLog log = open()) {
            disk.acquire();
            Thread thread = appending(log, "s", THREADS, Durability.MEMORY);
            await(() -> log.nextOffset() == 2 * GROUP_EVENTS && thread.getState() == Thread.State.WAITING);
            long durable = log.durableOffset();
            disk.release();
            thread.join();
            assertThat(durable).isZero();
            assertThat(log.nextOffset()).isEqualTo(THREADS);
        }
    }

    private HotLog open() throws LogException {
        return HotLog.open(new SlowStorage(), OPTIONS, InstantSource.system());
    }

    private static Thread appending(HotLog log, String session, int events, Durability durability) {
        return Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; i < events; i++) {
                    log.append(Events.event(session, i), durability);
                }
            } catch (LogException e) {
                throw new AssertionError(session, e);
            }
        });
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        while (!condition.holds()) {
            Thread.sleep(1);
        }
    }

    /// Forces nothing while the test holds the disk.
    private final class SlowStorage extends ForwardingStorage {
        SlowStorage() {
            super(new FaultyStorage());
        }

        @Override
        public StoredFile create(String name) throws LogException {
            return new ForwardingFile(super.create(name)) {
                @Override
                public void force() throws LogException {
                    disk.acquireUninterruptibly();
                    try {
                        super.force();
                    } finally {
                        disk.release();
                    }
                }
            };
        }
    }
}
