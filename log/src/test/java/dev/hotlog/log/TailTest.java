// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TailTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private static List<Event> follow(Tail tail, int events) throws LogException, InterruptedException {
        List<Event> followed = new ArrayList<>();
        while (followed.size() < events && tail.next(LONG)) {
            assertThat(tail.event().offset()).isEqualTo(followed.size());
            followed.add(tail.event().toEvent());
        }
        return followed;
    }

    @Test
    void aTailGoesOnAcrossSegmentsAndWritersThatCloseAndOpen() throws Exception {
        long seed = Seeds.next();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            events.add(Events.event("s", i, random.nextInt(8) == 0 ? 20_000 : random.nextInt(600)));
        }
        HotLog.open(folder).close();
        try (HotLogReader reader = HotLogReader.open(folder);
                Tail tail = reader.tail(0);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<List<Event>> followed = thread.submit(() -> follow(tail, events.size()));
            for (int next = 0; next < events.size(); ) {
                int segmentBytes = (64 << 10) << random.nextInt(3);
                try (HotLog log = HotLog.open(folder, HotLogOptions.DEFAULTS.withSegmentBytes(segmentBytes))) {
                    int until = Math.min(events.size(), next + 1 + random.nextInt(80));
                    while (next < until) {
                        int count = 1 + random.nextInt(until - next);
                        Durability durability = Durability.values()[random.nextInt(3)];
                        log.append(Batch.of(events.subList(next, next + count)), durability);
                        next += count;
                    }
                }
            }
            assertThat(followed.get()).isEqualTo(events);
        }
    }

    @Test
    void aTailShowsNothingThatIsNotOnDiskAndGoesOnWithTheNextWriter() throws Exception {
        FaultyStorage storage = new FaultyStorage();
        HotLog first = open(storage);
        first.append(Events.event("s", 0), Durability.FORCED);
        try (HotLogReader reader = HotLogReader.open(storage);
                Tail tail = reader.tail(0)) {
            assertThat(follow(tail, 1)).containsExactly(Events.event("s", 0));
            storage.faults().failNext(operation -> operation instanceof Operation.Force, Fault.IO_ERROR);
            try {
                first.append(Events.event("lost", 0), Durability.FORCED);
            } catch (LogException.Stopped e) {
                assertThat(e).hasMessageContaining("Input/output error");
            }
            // The page cache has it, and so does the mapped file; the disk may not.
            assertThat(tail.next(Duration.ofMillis(300))).isFalse();
            Script.abandon(first);
            try (HotLog second = open(storage)) {
                second.append(Events.event("s", 1), Durability.FORCED);
                long next = 1;
                List<Event> followed = new ArrayList<>();
                while (next < second.nextOffset() && tail.next(LONG)) {
                    assertThat(tail.event().offset()).isEqualTo(next++);
                    followed.add(tail.event().toEvent());
                }
                assertThat(followed).endsWith(Events.event("s", 1));
            }
        }
    }

    private static HotLog open(FaultyStorage storage) throws LogException {
        return HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system());
    }

    @Test
    void aTailFromAnOffsetWaitsForItAndGivesWhatComesFromThereOn() throws Exception {
        try (HotLog log = HotLog.open(folder);
                HotLogReader reader = HotLogReader.open(folder);
                Tail tail = reader.tail(5)) {
            log.append(Batch.of(Events.events("s", 5)), Durability.FORCED);
            assertThat(tail.next(Duration.ZERO)).isFalse();
            log.append(Batch.of(Events.events("s", 5, 2, 20)), Durability.FORCED);
            assertThat(tail.next(LONG)).isTrue();
            assertThat(tail.event().offset()).isEqualTo(5);
            assertThat(tail.next(LONG)).isTrue();
            assertThat(tail.event().toEvent()).isEqualTo(Events.event("s", 6));
        }
    }

    @Test
    void closingATailEndsTheWaitInAnotherThread() throws Exception {
        HotLog.open(folder).close();
        try (HotLogReader reader = HotLogReader.open(folder);
                ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Tail tail = reader.tail(0);
            Future<Boolean> waiting = thread.submit(() -> tail.next(LONG));
            tail.close();
            assertThat(waiting.get()).isFalse();
            assertThat(tail.next(LONG)).isFalse();
        }
    }

    @Test
    void whatIsAppendedIsFollowedSoon() throws Exception {
        try (HotLog log = HotLog.open(folder);
                HotLogReader reader = HotLogReader.open(folder);
                Tail tail = reader.tail(0)) {
            for (int i = 0; i < 20; i++) {
                log.append(Events.event("s", i), Durability.FORCED);
                assertThat(tail.next(Duration.ZERO))
                        .as("what is acknowledged is there at once")
                        .isTrue();
            }
        }
    }
}
