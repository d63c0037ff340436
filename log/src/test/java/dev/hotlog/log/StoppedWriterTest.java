// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.DeadWriter;
import dev.hotlog.log.storage.Chooser;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Rows F3 and F13 of docs/parity.md: a writer whose disk failed.
@Timeout(60)
class StoppedWriterTest {
    private static final HotLogOptions SMALL_SEGMENTS = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);

    private static HotLog open(FaultyStorage storage) throws LogException {
        return HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system());
    }

    private static List<Event> replayed(FaultyStorage storage) throws LogException {
        try (HotLogReader reader = HotLogReader.open(storage)) {
            return reader.replay().events().toList();
        }
    }

    private static boolean forces(Operation operation) {
        return operation instanceof Operation.Force;
    }

    @Test
    void f03AFullDiskStopsTheWriterAndOnceThereIsRoomNothingThatWasAcknowledgedIsMissing() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        storage.room(200_000);
        List<Event> acknowledged = new ArrayList<>();
        HotLog log = HotLog.open(storage, SMALL_SEGMENTS, InstantSource.system());
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        Event event = Events.event("s", i, 1_000);
                        log.append(event, Durability.FORCED);
                        acknowledged.add(event);
                    }
                })
                .isInstanceOf(LogException.Stopped.class)
                .hasMessageContaining("No space left on device");
        assertThat(acknowledged).hasSizeGreaterThan(50);
        assertThatThrownBy(() -> log.append(Events.event("t", 0), Durability.MEMORY))
                .isInstanceOf(LogException.Stopped.class);
        // On the full disk all is there to be read.
        assertThat(replayed(storage)).isEqualTo(acknowledged);
        Script.abandon(log);
        storage.room(Long.MAX_VALUE);
        FaultyStorage next = Script.killed(storage);
        try (HotLog second = open(next)) {
            for (Event event : acknowledged) {
                second.append(event, Durability.MEMORY);
            }
            second.append(Events.event("later", 0), Durability.FORCED);
        }
        assertThat(replayed(next))
                .startsWith(acknowledged.toArray(new Event[0]))
                .endsWith(Events.event("later", 0));
    }

    @Test
    void f13AfterAFailedForceTheWriterStopsAndTheOutcomeOfEachAppendIsKnown() throws Exception {
        FaultyStorage storage = new FaultyStorage();
        HotLog log = HotLog.open(storage, Script.OPTIONS, InstantSource.system());
        List<Event> events = Events.events("s", 6);
        log.append(Batch.of(events.subList(0, 2)), Durability.FORCED);
        log.append(events.get(2), Durability.MEMORY);
        storage.faults().failNext(StoppedWriterTest::forces, Fault.IO_ERROR);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            // One waits for its group, the other makes it due: both are told.
            Future<Long> waiting = threads.submit(() -> log.append(events.get(3), Durability.GROUP));
            Future<Long> forcing = threads.submit(() -> log.append(events.get(4), Durability.FORCED));
            assertThatThrownBy(waiting::get).hasCauseInstanceOf(LogException.Stopped.class);
            assertThatThrownBy(forcing::get)
                    .hasCauseInstanceOf(LogException.Stopped.class)
                    .hasMessageContaining("Input/output error");
        }
        for (Durability durability : Durability.values()) {
            assertThatThrownBy(() -> log.append(events.get(5), durability)).isInstanceOf(LogException.Stopped.class);
        }
        assertThatThrownBy(log::flush).isInstanceOf(LogException.Stopped.class);
        assertThatThrownBy(() -> log.awaitDurable(2)).isInstanceOf(LogException.Stopped.class);
        assertThat(log.durableOffset()).isEqualTo(2);
        // Beside the stopped writer readers see what is on disk, not what the page cache shows.
        assertThat(replayed(storage)).isEqualTo(events.subList(0, 2));
        assertThatThrownBy(log::close).isInstanceOf(LogException.Stopped.class);

        FaultyStorage next = Script.killed(storage);
        try (HotLog second = open(next)) {
            // Trying again is safe: what is there is not doubled.
            Receipt receipt = second.append(Batch.of(events), Durability.FORCED);
            assertThat(receipt.offset(5)).isEqualTo(5);
        }
        FaultyStorage left = next.crashed(Chooser.oldest());
        DeadWriter.bury(left);
        assertThat(replayed(left)).containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void aDiskThatIsFullForAWhileCostsNothingButTheAppendsThatWereRefused() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        List<Event> acknowledged = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            storage.room(Long.MAX_VALUE);
            HotLog log = HotLog.open(storage, SMALL_SEGMENTS, InstantSource.system());
            assertThat(log.nextOffset()).isGreaterThanOrEqualTo(acknowledged.size());
            storage.room(storage.usedBytes() + 10_000L * round);
            for (int i = 0; i < 200; i++) {
                Event event = Events.event("s" + round, i, 1_000);
                try {
                    log.append(event, Durability.FORCED);
                    acknowledged.add(event);
                } catch (LogException.Stopped e) {
                    assertThat(e).hasMessageContaining("No space left on device");
                    break;
                }
            }
            Script.abandon(log);
            storage = Script.killed(storage);
            List<Event> found = replayed(storage);
            assertThat(found).containsAll(acknowledged);
            acknowledged = new ArrayList<>(found);
        }
        assertThat(acknowledged).hasSizeGreaterThan(50);
    }
}
