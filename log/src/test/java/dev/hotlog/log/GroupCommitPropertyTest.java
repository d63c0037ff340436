// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many short plays of a few threads that append, ask, flush and close at once, each held against the log as one
/// thread alone would see it: there is an order of all calls, in which each lies between its begin and its end, and
/// gives what it gave.
///
/// Offsets tell that order for all that append; so it is looked for nowhere, only checked.
@Timeout(300)
class GroupCommitPropertyTest {
    private static final int PLAYS = 600;
    private static final int THREADS = 3;
    private static final int CALLS = 8;
    private static final int KEYS = 10;
    private static final long STOPPED = -2;
    private static final long ABSENT = -1;

    private enum Word {
        APPEND,
        OFFSET_OF,
        FLUSH,
        CLOSE
    }

    /// One call and what came of it.
    ///
    /// @param key of the event, for calls that have one
    /// @param begin and `end`: moments, of which no two are the same
    /// @param result the offset; or that there is none, or that the log had stopped
    /// @param durable what [HotLog#durableOffset] told right after
    private record Call(
            Word word,
            int key,
            Durability durability,
            long begin,
            long end,
            long result,
            boolean duplicate,
            long durable) {
        boolean isBefore(Call other) {
            return end < other.begin;
        }

        boolean appended() {
            return word == Word.APPEND && result >= 0;
        }

        boolean isNew() {
            return appended() && !duplicate;
        }
    }

    @Test
    void callsThatRunAtOnceGiveWhatTheyWouldOneAfterTheOther() throws Exception {
        long seed = Seeds.next();
        Random random = new Random(seed);
        int calls = 0;
        int atOnce = 0;
        for (int play = 0; play < PLAYS; play++) {
            long playSeed = random.nextLong();
            try {
                List<Call> all = play(playSeed);
                calls += all.size();
                atOnce += overlapping(all);
            } catch (AssertionError e) {
                throw new AssertionError("play " + play + " of seed " + seed, e);
            }
        }
        System.out.printf("group commit, seed %d: %,d calls, %,d pairs of them at once%n", seed, calls, atOnce);
        assertThat(atOnce).isGreaterThan(PLAYS);
    }

    private static int overlapping(List<Call> calls) {
        int pairs = 0;
        for (int i = 0; i < calls.size(); i++) {
            for (int j = 0; j < i; j++) {
                pairs += calls.get(i).isBefore(calls.get(j)) || calls.get(j).isBefore(calls.get(i)) ? 0 : 1;
            }
        }
        return pairs;
    }

    private static List<Call> play(long seed) throws Exception {
        Random random = new Random(seed);
        FaultyStorage disk = new FaultyStorage();
        HotLogOptions options = HotLogOptions.DEFAULTS
                .withSegmentBytes(HotLogOptions.MIN_SEGMENT_BYTES)
                .withGroup(
                        1 << (8 + random.nextInt(8)), 1 + random.nextInt(4), Duration.ofNanos(random.nextInt(200_000)));
        HotLog log = HotLog.open(new SlowStorage(disk, random.nextLong()), options, InstantSource.system());
        AtomicLong clock = new AtomicLong();
        CountDownLatch start = new CountDownLatch(1);
        List<List<Call>> told = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        int payload = random.nextInt(10) == 0 ? 20_000 : 20;
        boolean closes = random.nextInt(4) == 0;
        for (int i = 0; i < THREADS; i++) {
            List<Call> own = new ArrayList<>();
            told.add(own);
            Random choices = new Random(random.nextLong());
            boolean closer = closes && i == 0;
            threads.add(Thread.ofPlatform().start(() -> {
                await(start);
                for (int call = 0; call < CALLS; call++) {
                    own.add(call(log, clock, choices, payload));
                }
                if (closer) {
                    own.add(close(log, clock));
                }
            }));
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        List<Call> calls = told.stream().flatMap(List::stream).toList();
        assertThat(calls).hasSizeGreaterThanOrEqualTo(THREADS * CALLS);
        if (!closes) {
            log.close();
        }
        check(calls);
        isKept(calls, disk, payload);
        return calls;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Event event(int key, int payload) {
        return Events.event("s" + key % 2, key, payload);
    }

    private static Call call(HotLog log, AtomicLong clock, Random choices, int payload) {
        int key = choices.nextInt(KEYS);
        Event event = event(key, payload);
        Durability durability = Durability.values()[choices.nextInt(3)];
        int what = choices.nextInt(10);
        Word word = what < 7 ? Word.APPEND : what < 9 ? Word.OFFSET_OF : Word.FLUSH;
        long begin = clock.incrementAndGet();
        long result = STOPPED;
        boolean duplicate = false;
        try {
            switch (word) {
                case APPEND -> {
                    Receipt receipt = log.append(Batch.of(event), durability);
                    result = receipt.offset(0);
                    duplicate = receipt.isDuplicate(0);
                }
                case OFFSET_OF -> {
                    OptionalLong found = log.offsetOf(event.sessionId(), event.seq());
                    result = found.orElse(ABSENT);
                }
                case FLUSH, CLOSE -> {
                    log.flush();
                    result = ABSENT;
                }
            }
        } catch (LogException.Stopped _) {
            // Closed meanwhile: checked below.
        } catch (LogException e) {
            throw new AssertionError(e);
        }
        long durable = log.durableOffset();
        return new Call(word, key, durability, begin, clock.incrementAndGet(), result, duplicate, durable);
    }

    private static Call close(HotLog log, AtomicLong clock) {
        long begin = clock.incrementAndGet();
        try {
            log.close();
        } catch (LogException e) {
            throw new AssertionError(e);
        }
        long durable = log.durableOffset();
        return new Call(Word.CLOSE, 0, Durability.FORCED, begin, clock.incrementAndGet(), ABSENT, false, durable);
    }

    private static void check(List<Call> calls) {
        Map<Integer, Call> firsts = new HashMap<>();
        for (Call call : calls) {
            if (call.isNew()) {
                assertThat(firsts.put(call.key, call))
                        .as("two are new: %s", call)
                        .isNull();
            }
        }
        List<Long> offsets = firsts.values().stream().map(Call::result).sorted().toList();
        for (int i = 0; i < offsets.size(); i++) {
            assertThat(offsets.get(i)).as("offsets are dense: %s", offsets).isEqualTo(i);
        }
        for (Call call : calls) {
            check(call, firsts);
            for (Call later : calls) {
                if (call.isBefore(later)) {
                    check(call, later);
                }
            }
        }
    }

    private static void check(Call call, Map<Integer, Call> firsts) {
        Call first = firsts.get(call.key);
        boolean tells = call.appended() || (call.word == Word.OFFSET_OF && call.result >= 0);
        if (tells) {
            assertThat(first)
                    .as("%s tells of an event that nobody appended", call)
                    .isNotNull();
            assertThat(call.result).as("%s, first %s", call, first).isEqualTo(first.result);
            assertThat(call.isBefore(first)).as("%s knew of %s", call, first).isFalse();
        }
        if (call.appended() && call.durability != Durability.MEMORY) {
            assertThat(call.durable).as("%s is on disk", call).isGreaterThan(call.result);
        }
    }

    /// What must hold of two calls of which one ended before the other began.
    private static void check(Call call, Call later) {
        if (call.isNew() && later.isNew()) {
            assertThat(call.result).as("%s before %s", call, later).isLessThan(later.result);
        }
        if (call.appended() && later.word == Word.OFFSET_OF && later.key == call.key) {
            assertThat(later.result).as("%s before %s", call, later).isEqualTo(call.result);
        }
        if (call.appended() && (later.word == Word.FLUSH || later.word == Word.CLOSE) && later.result != STOPPED) {
            assertThat(later.durable).as("%s before %s", call, later).isGreaterThan(call.result);
        }
        assertThat(later.durable).as("%s before %s", call, later).isGreaterThanOrEqualTo(call.durable);
        if (later.word == Word.APPEND && (call.word == Word.CLOSE || call.result == STOPPED)) {
            assertThat(later.result).as("%s before %s", call, later).isEqualTo(STOPPED);
        }
    }

    /// The log that is left holds all that was acknowledged, in memory or on disk, since it was closed.
    private static void isKept(List<Call> calls, FaultyStorage disk, int payload) throws LogException {
        try (HotLogReader reader = HotLogReader.open(disk)) {
            for (Call call : calls) {
                if (call.appended()) {
                    assertThat(reader.at(call.result)).as("%s", call).contains(event(call.key, payload));
                }
            }
            assertThat(reader.nextOffset())
                    .isEqualTo(calls.stream().filter(Call::isNew).count());
            assertThat(HotLogReader.verify(disk, _ -> {}).isSound()).isTrue();
        }
    }

    /// Takes its time where the committer does, now and then.
    private static final class SlowStorage extends ForwardingStorage {
        private final Random random;

        SlowStorage(Storage to, long seed) {
            super(to);
            random = new Random(seed);
        }

        @Override
        public StoredFile create(String name) throws LogException {
            return slow(super.create(name));
        }

        @Override
        public StoredFile open(String name) throws LogException {
            return slow(super.open(name));
        }

        private StoredFile slow(StoredFile file) {
            return new ForwardingFile(file) {
                @Override
                public void force() throws LogException {
                    super.force();
                    if (random.nextInt(3) == 0) {
                        LockSupport.parkNanos(random.nextInt(100_000));
                    }
                }
            };
        }
    }
}
