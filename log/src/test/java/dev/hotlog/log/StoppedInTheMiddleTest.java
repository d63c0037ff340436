// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.Operation;
import dev.hotlog.log.storage.StoredFile;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A log that stops tells who waits at once, whatever it has still to do.
class StoppedInTheMiddleTest {
    private static final long SECONDS = 180;
    /// More than what is indexed without a thread of its own.
    private static final int EVENTS_A_SEGMENT = 5_000;
    private static final int MOST_FRAME_BYTES = 128;

    private final CountDownLatch indexing = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void afterAFailedForceNobodyWaitsForAnIndexThatIsBeingWritten() throws Exception {
        FaultyStorage storage = new FaultyStorage();
        HotLogOptions options = HotLogOptions.DEFAULTS.withSegmentBytes(MOST_FRAME_BYTES * EVENTS_A_SEGMENT);
        HotLog log = HotLog.open(slowIndexes(storage), options, InstantSource.system());
        int seq = 0;
        while (indexing.getCount() > 0) {
            log.append(small(seq++), Durability.MEMORY);
        }
        storage.faults().failNext(operation -> operation instanceof Operation.Force, Fault.IO_ERROR);
        int failing = seq;
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> assertThatThrownBy(() -> log.append(small(failing), Durability.FORCED))
                        .isInstanceOf(LogException.Stopped.class));
        waiting.get(SECONDS / 3, TimeUnit.SECONDS);
        assertThatThrownBy(() -> log.append(small(failing + 1), Durability.MEMORY))
                .isInstanceOf(LogException.Stopped.class);
        goOn.countDown();
        assertThatThrownBy(log::close).isInstanceOf(LogException.Stopped.class);
        assertThat(storage.openFiles()).isZero();
    }

    private static Event small(int seq) {
        return Event.of("s", seq).build();
    }

    private ForwardingStorage slowIndexes(FaultyStorage storage) {
        return new ForwardingStorage(storage) {
            @Override
            public StoredFile create(String name) throws LogException {
                StoredFile file = super.create(name);
                return name.contains(".idx") ? slow(file) : file;
            }
        };
    }

    private StoredFile slow(StoredFile file) {
        return new ForwardingStorage.ForwardingFile(file) {
            @Override
            public void write(ByteBuffer bytes, long position) throws LogException {
                indexing.countDown();
                try {
                    assertThat(goOn.await(SECONDS, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                super.write(bytes, position);
            }
        };
    }
}
