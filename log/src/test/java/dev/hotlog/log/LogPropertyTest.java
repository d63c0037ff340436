// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.segment.DeadWriter;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.SimulatedDisk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Any batches, any segment size, any reopening: what replays is what was committed, in order, and found by every way
/// that leads to it.
///
/// `-Dhotlog.sequences=2000` plays so many, `-Dhotlog.seed=` the same ones as a former run.
class LogPropertyTest {
    private static final int SEQUENCES = Integer.getInteger("hotlog.sequences", 100);
    private static final int STEPS = 150;

    @Test
    void whatReplaysIsWhatWasCommitted() {
        long seed = Seeds.next();
        long start = System.nanoTime();
        for (int i = 0; i < SEQUENCES; i++) {
            long ofSequence = seed + i * 0x9E3779B97F4A7C15L;
            try {
                new Play(ofSequence).run();
            } catch (AssertionError | LogException | RuntimeException e) {
                throw new AssertionError("-Dhotlog.sequences=1 -Dhotlog.seed=" + ofSequence, e);
            }
        }
        System.out.printf(
                "stateful sequences, seed %d: %,d of %d steps; %,d ms%n",
                seed, SEQUENCES, STEPS, (System.nanoTime() - start) / 1_000_000);
    }

    private static final class Play {
        private static final List<String> SESSIONS = List.of("s", "größer", "日本語", "x".repeat(1024));
        private static final List<Duration> WAITS = List.of(Duration.ZERO, Duration.ofMillis(1));

        private final Random random;
        private HotLogOptions options;
        private FaultyStorage storage = new FaultyStorage();
        private HotLog log;
        private HotLogReader reader;
        private int seen;
        private Sent sent = new Sent();
        private int acknowledged;
        private final Map<String, Event> events = new HashMap<>();
        private final Map<String, Long> offsets = new HashMap<>();

        Play(long seed) throws LogException {
            random = new Random(seed);
            open();
            reader = HotLogReader.open(storage);
        }

        private void open() throws LogException {
            options = HotLogOptions.DEFAULTS
                    .withSegmentBytes((64 << 10) << random.nextInt(3))
                    .withGroup(1 << random.nextInt(20), 1 + random.nextInt(10), WAITS.get(random.nextInt(2)));
            log = HotLog.open(storage, options, InstantSource.system());
            assertThat(log.recovery().damage()).isEmpty();
        }

        void run() throws LogException {
            for (int i = 0; i < STEPS; i++) {
                switch (random.nextInt(25)) {
                    case 0 -> closed();
                    case 1 -> killed();
                    case 2 -> crashed();
                    case 3, 4 -> conflict();
                    case 5 -> flush();
                    case 6, 7, 8 -> duplicate();
                    case 9, 10, 11, 12 -> batch();
                    default -> append();
                }
                prefixGrows();
            }
            flush();
            everythingIsThere(reader);
            log.close();
            everythingIsThere(HotLogReader.open(storage));
        }

        private Durability durability() {
            return Durability.values()[random.nextInt(Durability.values().length)];
        }

        private void append() throws LogException {
            Event event = freshEvent();
            Durability durability = durability();
            take(Batch.of(event));
            long offset = log.append(event, durability);
            assertThat(offset).isEqualTo(offsetOf(event));
            acknowledge(durability);
        }

        private Event freshEvent() {
            String session = SESSIONS.get(random.nextInt(SESSIONS.size()));
            long seq;
            do {
                seq = switch (random.nextInt(4)) {
                    case 0 -> random.nextLong();
                    case 1 -> Long.MIN_VALUE + random.nextInt(1000);
                    default -> random.nextInt(1000);
                };
            } while (events.containsKey(session + seq));
            int payload = random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(500);
            return Events.any(session, seq, random, payload);
        }

        private void take(Batch batch) {
            long next = sent.after(sent.batches()).events().size();
            for (Event event : batch.events()) {
                events.put(key(event), event);
                offsets.put(key(event), next++);
            }
            sent.add(batch);
        }

        private static String key(Event event) {
            return event.sessionId() + event.seq();
        }

        private long offsetOf(Event event) {
            return offsets.get(key(event));
        }

        private void acknowledge(Durability durability) {
            if (durability != Durability.MEMORY) {
                acknowledged = sent.batches();
            }
        }

        private void batch() throws LogException {
            List<Event> all = new ArrayList<>();
            List<Event> fresh = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                if (!events.isEmpty() && random.nextInt(5) == 0) {
                    all.add(known());
                } else {
                    Event event = freshEvent();
                    if (fresh.stream().noneMatch(other -> key(other).equals(key(event)))) {
                        fresh.add(event);
                        all.add(event);
                    }
                }
                if (!all.isEmpty() && random.nextInt(5) == 0) {
                    all.add(all.get(random.nextInt(all.size())));
                }
            }
            Durability durability = durability();
            List<SessionFacts> facts = facts();
            List<Cursor> cursors = cursors();
            if (!fresh.isEmpty() || !facts.isEmpty() || !cursors.isEmpty()) {
                take(new Batch(fresh, facts, cursors));
            }
            Receipt receipt = log.append(new Batch(all, facts, cursors), durability);
            assertThat(receipt.size() - receipt.duplicates()).isEqualTo(fresh.size());
            for (int i = 0; i < all.size(); i++) {
                assertThat(receipt.offset(i)).isEqualTo(offsetOf(all.get(i)));
            }
            acknowledge(durability);
        }

        private List<SessionFacts> facts() {
            return random.nextInt(3) > 0
                    ? List.of()
                    : List.of(new SessionFacts(
                            SESSIONS.get(random.nextInt(SESSIONS.size())),
                            Map.of("fact " + random.nextInt(3), "ä" + random.nextInt())));
        }

        private List<Cursor> cursors() {
            return random.nextInt(3) > 0
                    ? List.of()
                    : List.of(new Cursor("source " + random.nextInt(3), "state " + random.nextInt()));
        }

        private Event known() {
            List<Event> all = sent.after(sent.batches()).events();
            return all.get(random.nextInt(all.size()));
        }

        private void duplicate() throws LogException {
            if (!events.isEmpty()) {
                Event event = known();
                Durability durability = durability();
                assertThat(log.append(event, durability)).isEqualTo(offsetOf(event));
                acknowledge(durability);
                assertThat(log.offsetOf(event.sessionId(), event.seq())).hasValue(offsetOf(event));
            }
        }

        private void conflict() {
            if (!events.isEmpty()) {
                Event event = known();
                Event other = event.toBuilder().payload("{\"other\":1}").build();
                Batch batch = new Batch(List.of(freshEvent(), other), facts(), List.of(new Cursor("never", "")));
                assertThatThrownBy(() -> log.append(batch, durability()))
                        .isInstanceOfSatisfying(
                                LogException.KeyTaken.class,
                                taken -> assertThat(taken.offset()).isEqualTo(offsetOf(event)));
            }
        }

        private void flush() throws LogException {
            log.flush();
            acknowledged = sent.batches();
        }

        private void closed() throws LogException {
            log.close();
            acknowledged = sent.batches();
            open();
        }

        private void killed() throws LogException {
            FaultyStorage next = Script.killed(storage, log);
            reopen(next);
        }

        private void crashed() throws LogException {
            FaultyStorage left = storage.crashed(random.nextLong());
            Script.abandon(log);
            reopen(new FaultyStorage(
                    new SimulatedDisk(DeadWriter.bury(left.image()), SimulatedDisk.USUAL_SECTOR_BYTES)));
        }

        private void reopen(FaultyStorage next) throws LogException {
            storage = next;
            int batches = sent.batchesIn(sent.read(HotLogReader.open(storage)), acknowledged, sent.batches());
            open();
            reader = HotLogReader.open(storage);
            sent = sent.first(batches);
            acknowledged = batches;
            seen = 0;
            events.clear();
            offsets.clear();
            List<Event> left = sent.after(batches).events();
            for (int offset = 0; offset < left.size(); offset++) {
                events.put(key(left.get(offset)), left.get(offset));
                offsets.put(key(left.get(offset)), (long) offset);
            }
        }

        /// Events alone: a batch may be committed while a reader is asked one thing after the other.
        private void prefixGrows() throws LogException {
            List<Event> read = reader.replay().events().toList();
            assertThat(sent.isPrefix(read, acknowledged))
                    .as("%s events are whole batches", read.size())
                    .isTrue();
            assertThat(read.size()).as("events that a reader sees").isGreaterThanOrEqualTo(seen);
            seen = read.size();
        }

        private void everythingIsThere(HotLogReader by) throws LogException {
            Contents all = sent.after(sent.batches());
            assertThat(sent.read(by)).isEqualTo(all);
            all.areAllFoundBy(by);
            Map<String, List<Event>> bySession = new TreeMap<>();
            all.events()
                    .forEach(event -> bySession
                            .computeIfAbsent(event.sessionId(), _ -> new ArrayList<>())
                            .add(event));
            for (Map.Entry<String, List<Event>> session : bySession.entrySet()) {
                assertThat(by.replay().session(session.getKey()).events()).isEqualTo(session.getValue());
                isSummarized(by.session(session.getKey()).orElseThrow(), session.getValue());
            }
            assertThat(by.sessions().map(SessionSummary::sessionId))
                    .containsExactlyInAnyOrderElementsOf(bySession.keySet());
            assertThat(by.get("s", 1_000_000)).isEmpty();
            assertThat(by.cursor("never")).isEmpty();
            replaysFromAnywhere(by, all.events());
        }

        private void isSummarized(SessionSummary summary, List<Event> of) {
            assertThat(summary.firstOffset()).isEqualTo(offsetOf(of.getFirst()));
            assertThat(summary.lastOffset()).isEqualTo(offsetOf(of.getLast()));
            assertThat(summary.lastSeq())
                    .isEqualTo(of.stream()
                            .map(Event::seq)
                            .max(Long::compareUnsigned)
                            .orElseThrow());
            assertThat(summary.totals().events()).isEqualTo(of.size());
        }

        private void replaysFromAnywhere(HotLogReader by, List<Event> all) throws LogException {
            for (int i = 0; i < 5 && !all.isEmpty(); i++) {
                int from = random.nextInt(all.size());
                List<Event> rest = new ArrayList<>();
                for (EventView view : by.replay().from(from)) {
                    assertThat(view.offset()).isEqualTo(from + rest.size());
                    rest.add(view.toEvent());
                }
                assertThat(rest).isEqualTo(all.subList(from, all.size()));
            }
        }
    }
}
