// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a writer answers about what was appended, on disk or not.
@Timeout(120)
class AskedWriterTest {
    private static final int TIMEOUT_SECONDS = 60;

    private FaultyStorage storage = new FaultyStorage();

    private HotLog open() throws LogException {
        return HotLog.open(storage, Script.OPTIONS, InstantSource.system());
    }

    private static Batch facts(String session, Map<String, String> facts) {
        return new Batch(List.of(), List.of(new SessionFacts(session, facts)), List.of());
    }

    private static Batch cursor(String source, String state) {
        return new Batch(List.of(), List.of(), List.of(new Cursor(source, state)));
    }

    /// Appends events of another session until there are so many segments.
    private void growTo(HotLog log, int segments) throws LogException {
        while (storage.list().stream().filter(name -> name.endsWith(".hotlog")).count() < segments) {
            log.append(Events.event("other", log.nextOffset(), 500), Durability.FORCED);
        }
    }

    @Test
    void factsAndCursorsAreKnownAsSoonAsTheyAreAppended() throws LogException {
        try (HotLog log = open()) {
            log.append(facts("s", Map.of(SessionFacts.TITLE, "t")), Durability.MEMORY);
            log.append(cursor("file", "line 1"), Durability.MEMORY);

            assertThat(log.facts("s")).contains(new SessionFacts("s", Map.of(SessionFacts.TITLE, "t")));
            assertThat(log.cursor("file")).contains("line 1");
            assertThat(log.facts("t")).isEmpty();
            assertThat(log.cursor("other file")).isEmpty();
        }
    }

    @Test
    void theLastOfEachFactCountsWhicheverSegmentsTheyAreIn() throws LogException {
        try (HotLog log = open()) {
            log.append(facts("s", Map.of(SessionFacts.TITLE, "old", SessionFacts.BRANCH, "main")));
            log.append(facts("early", Map.of(SessionFacts.TITLE, "early")));
            growTo(log, 2);
            log.append(facts("s", Map.of(SessionFacts.TITLE, "new")));
            growTo(log, 3);
            log.append(facts("s", Map.of(SessionFacts.MODEL, "opus")));
            log.append(facts("late", Map.of(SessionFacts.TITLE, "late")));
            tellsTheLastOfEachFact(log);
        }
        try (HotLog again = open()) {
            tellsTheLastOfEachFact(again);
        }
    }

    private static void tellsTheLastOfEachFact(HotLog log) {
        assertThat(log.facts("s"))
                .contains(new SessionFacts(
                        "s",
                        Map.of(
                                SessionFacts.TITLE, "new",
                                SessionFacts.BRANCH, "main",
                                SessionFacts.MODEL, "opus")));
        assertThat(log.facts("early")).contains(new SessionFacts("early", Map.of(SessionFacts.TITLE, "early")));
        assertThat(log.facts("late")).contains(new SessionFacts("late", Map.of(SessionFacts.TITLE, "late")));
    }

    @Test
    void theLastCursorOfASourceCountsWhicheverSegmentItIsIn() throws LogException {
        try (HotLog log = open()) {
            log.append(cursor("early", "line 1"));
            log.append(cursor("file", "line 1"));
            growTo(log, 2);
            log.append(cursor("file", "line 2"));
            growTo(log, 3);
            log.append(cursor("late", "line 3"));
            tellsTheLastCursors(log);
        }
        try (HotLog again = open()) {
            tellsTheLastCursors(again);
        }
    }

    private static void tellsTheLastCursors(HotLog log) {
        assertThat(log.cursor("early")).contains("line 1");
        assertThat(log.cursor("file")).contains("line 2");
        assertThat(log.cursor("late")).contains("line 3");
    }

    /// A batch that was not ended would not count, after a kill.
    @Test
    void aBatchOfFactsOrCursorsCountsWithAndWithoutEvents() throws LogException {
        SessionFacts title = new SessionFacts("s", Map.of(SessionFacts.TITLE, "t"));
        SessionFacts model = new SessionFacts("s", Map.of(SessionFacts.MODEL, "opus"));
        Cursor first = new Cursor("file", "line 1");
        Cursor last = new Cursor("file", "line 2");
        List<Event> events = Events.events("s", 2);

        HotLog titled = killedAfter(open(), new Batch(List.of(), List.of(title), List.of()));
        assertThat(titled.facts("s")).contains(title);
        HotLog begun = killedAfter(titled, new Batch(List.of(), List.of(), List.of(first)));
        assertThat(begun.cursor("file")).contains(first.state());
        HotLog modelled = killedAfter(begun, new Batch(events.subList(0, 1), List.of(model), List.of()));
        assertThat(modelled.facts("s")).contains(title.overlaidBy(model.facts()));
        try (HotLog done = killedAfter(modelled, new Batch(events.subList(1, 2), List.of(), List.of(last)));
                HotLogReader reader = HotLogReader.open(storage)) {
            assertThat(done.cursor("file")).contains(last.state());
            assertThat(reader.replay().events()).isEqualTo(events);
        }
    }

    /// Appends a batch, kills the writer, and opens the log anew.
    private HotLog killedAfter(HotLog log, Batch batch) throws LogException {
        log.append(batch, Durability.FORCED);
        storage = Script.killed(storage, log);
        return open();
    }

    @Test
    void statsCountWhatThisWriterHasPutOnDisk() throws LogException {
        try (HotLog log = open()) {
            log.append(Batch.of(Events.events("s", 2)), Durability.FORCED);
        }
        try (HotLog log = open()) {
            assertThat(log.stats()).isEqualTo(new WriterStats(0, 0, 0));
            Event event = Events.event("s", 2);
            log.append(event, Durability.FORCED);
            WriterStats one = log.stats();
            assertThat(one.events()).isOne();
            assertThat(one.frameBytes()).isGreaterThan(event.payload().lengthBytes());
            assertThat(one.forces()).isOne();
            // The same again is no event, and needs no force.
            log.append(event, Durability.FORCED);
            log.append(Batch.of(event), Durability.FORCED);
            log.flush();
            assertThat(log.stats()).isEqualTo(one);
            log.append(Batch.of(Events.event("s", 3), Events.event("s", 4)), Durability.FORCED);
            assertThat(log.stats()).isEqualTo(new WriterStats(3, 3 * one.frameBytes(), 2));
            log.append(Events.event("s", 5), Durability.MEMORY);
            assertThat(log.stats()).isEqualTo(new WriterStats(3, 3 * one.frameBytes(), 2));
        }
    }

    interface Question {
        void ask(HotLog log) throws LogException;
    }

    static Stream<Named<Question>> questions() {
        return Stream.of(
                Named.of("offsetOf", log -> log.offsetOf("s", 0)),
                Named.of("facts", log -> log.facts("s")),
                Named.of("cursor", log -> log.cursor("file")),
                Named.of("stats", HotLog::stats),
                Named.of("flush", HotLog::flush),
                Named.of("awaitDurable", log -> log.awaitDurable(0)),
                Named.of("append", log -> log.append(Events.event("s", 0))),
                Named.of("append a batch", log -> log.append(Batch.of(Events.event("s", 0)))));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whoHasAskedTheWriterHoldsNobodyUp(Question question) throws Exception {
        try (HotLog log = open()) {
            log.append(Events.event("s", 0), Durability.FORCED);
            question.ask(log);
            long offset = CompletableFuture.supplyAsync(() -> append(log, Events.event("t", 0)))
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(offset).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoHasClosedTheLogHoldsNobodyUp(boolean stopped) throws LogException {
        HotLog log = open();
        if (stopped) {
            storage.faults().failNext(operation -> operation instanceof Operation.Force, Fault.IO_ERROR);
            assertThatThrownBy(() -> log.append(Events.event("s", 0), Durability.FORCED))
                    .isInstanceOf(LogException.Stopped.class);
        }
        Script.abandon(log);
        assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> append(log, Events.event("t", 0)))
                        .get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(LogException.Stopped.class)
                .hasMessageContaining(stopped ? "the log stopped: cannot sync" : "the log is closed");
    }

    private static long append(HotLog log, Event event) {
        try {
            return log.append(event, Durability.FORCED);
        } catch (LogException e) {
            throw new CompletionException(e);
        }
    }
}
