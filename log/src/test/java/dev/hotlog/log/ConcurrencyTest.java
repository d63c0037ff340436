// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ConcurrencyTest {
    private static final int THREADS = 4;
    private static final int EVENTS_BEFORE_CLOSE = 50;
    private static final HotLogOptions SMALL_SEGMENTS = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);

    @TempDir
    private Path folder;

    private static <T> List<T> inThreads(List<Callable<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(tasks.size())) {
            for (Future<T> result : threads.invokeAll(tasks)) {
                results.add(result.get());
            }
        }
        return results;
    }

    @Test
    void theSameEventsFromManyThreadsAreAppendedOnce() throws Exception {
        List<Event> events = Events.events("s", 0, 200, 900);
        List<List<Long>> offsets;
        try (HotLog log = HotLog.open(folder, SMALL_SEGMENTS)) {
            offsets = inThreads(IntStream.range(0, THREADS)
                    .mapToObj(seed -> (Callable<List<Long>>) () -> appendAll(log, events, new Random(seed)))
                    .toList());
        }
        assertThat(offsets).containsOnly(offsets.getFirst());
        assertThat(offsets.getFirst()).doesNotHaveDuplicates();
        try (HotLogReader reader = HotLogReader.open(folder)) {
            assertThat(reader.replay().events()).containsExactlyInAnyOrderElementsOf(events);
        }
    }

    private static List<Long> appendAll(HotLog log, List<Event> events, Random random) throws LogException {
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < events.size(); ) {
            Durability durability = random.nextInt(10) == 0 ? Durability.FORCED : Durability.MEMORY;
            int count = Math.min(events.size() - i, 1 + random.nextInt(5));
            if (random.nextBoolean()) {
                Receipt receipt = log.append(Batch.of(events.subList(i, i + count)), durability);
                IntStream.range(0, count).forEach(at -> offsets.add(receipt.offset(at)));
                i += count;
            } else {
                offsets.add(log.append(events.get(i++), durability));
            }
        }
        return offsets;
    }

    @Test
    void appendsOfVirtualThreadsReturnOnceTheyAreOnDisk() throws Exception {
        int threads = 64;
        int eventsEach = 20;
        try (HotLog log = HotLog.open(folder, SMALL_SEGMENTS);
                ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Long>>> tasks = IntStream.range(0, threads)
                    .mapToObj(task -> (Callable<List<Long>>) () -> forced(log, "s" + task, eventsEach))
                    .toList();
            List<Long> offsets = new ArrayList<>();
            for (Future<List<Long>> done : virtual.invokeAll(tasks)) {
                assertThat(done.get()).isSorted();
                offsets.addAll(done.get());
            }
            assertThat(offsets)
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, log.nextOffset()).boxed().toList())
                    .hasSize(threads * eventsEach);
        }
    }

    private static List<Long> forced(HotLog log, String session, int count) throws LogException {
        List<Long> offsets = new ArrayList<>();
        for (Event event : Events.events(session, 0, count, 300)) {
            offsets.add(log.append(event, Durability.FORCED));
            assertThat(log.durableOffset()).isGreaterThan(offsets.getLast());
        }
        return offsets;
    }

    @Test
    void readersBesideManyAppendingThreadsSeeAGrowingPrefixInTheOrderOfEachThread() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        HotLog.open(folder).close();
        try (HotLog log = HotLog.open(folder, SMALL_SEGMENTS);
                ExecutorService readers = Executors.newFixedThreadPool(2)) {
            List<Future<Long>> reading =
                    List.of(readers.submit(() -> readUntil(done)), readers.submit(() -> readUntil(done)));
            inThreads(IntStream.range(0, THREADS)
                    .mapToObj(i -> (Callable<List<Long>>)
                            () -> appendAll(log, Events.events("s" + i, 0, 400, 500), new Random(i)))
                    .toList());
            log.flush();
            done.set(true);
            for (Future<Long> each : reading) {
                assertThat(each.get()).isEqualTo(THREADS * 400L);
            }
        }
    }

    private long readUntil(AtomicBoolean done) throws LogException {
        long seen = 0;
        try (HotLogReader reader = HotLogReader.open(folder)) {
            boolean last;
            do {
                last = done.get();
                long next = 0;
                long[] seqs = new long[THREADS];
                for (EventView event : reader.replay()) {
                    assertThat(event.offset()).isEqualTo(next++);
                    int thread = event.sessionId().charAt(1) - '0';
                    assertThat(event.seq()).isEqualTo(seqs[thread]++);
                }
                assertThat(next).isGreaterThanOrEqualTo(seen);
                seen = next;
                for (int thread = 0; thread < THREADS; thread++) {
                    if (seqs[thread] > 0) {
                        assertThat(reader.get("s" + thread, seqs[thread] - 1)).isPresent();
                        assertThat(reader.session("s" + thread).orElseThrow().lastSeq())
                                .isGreaterThanOrEqualTo(seqs[thread] - 1);
                    }
                }
            } while (!last);
        }
        return seen;
    }

    @Test
    void closingWhileOthersAppendLosesNothingThatWasAcknowledged() throws Exception {
        for (int round = 0; round < 10; round++) {
            Path log = folder.resolve("log" + round);
            List<Event> acknowledged = new ArrayList<>();
            HotLog writer = HotLog.open(log, SMALL_SEGMENTS);
            Thread appending = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; i < 100_000; i++) {
                        Event event = Events.event("s", i, 300);
                        writer.append(event, i % 3 == 0 ? Durability.FORCED : Durability.MEMORY);
                        acknowledged.add(event);
                    }
                } catch (LogException.Stopped _) {
                    // It is closed.
                } catch (LogException e) {
                    throw new AssertionError(e);
                }
            });
            while (writer.nextOffset() < EVENTS_BEFORE_CLOSE) {
                Thread.onSpinWait();
            }
            writer.close();
            appending.join();
            try (HotLogReader reader = HotLogReader.open(log)) {
                // What was appended before closing was put on disk by it.
                assertThat(reader.replay().events()).isEqualTo(acknowledged);
            }
        }
    }
}
