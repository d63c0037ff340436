// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.Json;
import dev.hotlog.event.Kind;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.Source;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final int MOST_TEXT = 65_535;
    private static final int MOST_EVENT = 1 << 26;

    @TempDir
    private Path folder;

    private HotLog log;

    @BeforeEach
    void open() throws LogException {
        log = HotLog.open(folder);
    }

    @AfterEach
    void close() throws LogException {
        log.close();
    }

    static Stream<Event> eventsOverALimit() {
        String long1 = "ü".repeat(MOST_TEXT / 2 + 1);
        Event.Builder event = Event.of("s", 7);
        return Stream.of(
                event.tool(long1).build(),
                event.tool(null).toolCallId(long1).build(),
                event.toolCallId(null).stopReason(long1).build(),
                event.stopReason(null).model(long1).build(),
                event.model(null).kind(new Kind(long1)).build(),
                event.kind(Kind.COST).source(new Source(long1)).build(),
                event.source(Source.HOOK).payload(Json.of(new byte[MOST_EVENT])).build());
    }

    @ParameterizedTest
    @MethodSource("eventsOverALimit")
    void anEventOverALimitIsRefusedAndLeavesNothingBehind(Event event) throws LogException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> log.append(event, Durability.FORCED))
                .withMessageContaining("the most is");
        leavesNothingBehind(Batch.of(Events.event("s", 1), event));
        leavesNothingBehind(Batch.of(event, Events.event("s", 1)));
    }

    private void leavesNothingBehind(Batch batch) throws LogException {
        long before = log.nextOffset();
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(batch, Durability.FORCED));
        assertThat(log.nextOffset()).isEqualTo(before);
        assertThat(log.offsetOf("s", 1)).isEmpty();
        log.append(Events.event("between", before), Durability.FORCED);
        try (HotLogReader reader = HotLogReader.open(folder)) {
            assertThat(reader.nextOffset()).isEqualTo(before + 1);
            assertThat(reader.replay().events())
                    .allSatisfy(event -> assertThat(event.sessionId()).isEqualTo("between"));
        }
    }

    static Stream<Batch> batchesOverALimit() {
        Map<String, String> many = new HashMap<>();
        IntStream.rangeClosed(0, MOST_TEXT).forEach(i -> many.put("name " + i, ""));
        String long1 = "x".repeat(MOST_TEXT + 1);
        List<Event> events = List.of(Events.event("s", 1));
        return Stream.of(
                new Batch(events, List.of(new SessionFacts("s", many)), List.of()),
                new Batch(events, List.of(new SessionFacts("s", Map.of(long1, ""))), List.of()),
                new Batch(events, List.of(new SessionFacts("s", Map.of("title", long1))), List.of()),
                new Batch(events, List.of(), List.of(new Cursor("file", long1))),
                new Batch(events, List.of(), List.of(new Cursor("x".repeat(4_097), ""))));
    }

    @ParameterizedTest
    @MethodSource("batchesOverALimit")
    void factsAndCursorsOverALimitAreRefusedAndLeaveNothingBehind(Batch batch) throws LogException {
        leavesNothingBehind(batch);
        assertThat(log.cursor("file")).isEmpty();
        assertThat(log.facts("s")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ü", "€", "𝄞", "\0", "\ud800"})
    void aTextAtItsLimitComesBack(String letter) throws LogException {
        int bytes = letter.getBytes(StandardCharsets.UTF_8).length;
        String text = letter.repeat(bytes == 0 ? 0 : MOST_TEXT / bytes);
        Event event = Event.of("s", -1)
                .ts(Long.MAX_VALUE, true)
                .tool(text)
                .toolCallId(text)
                .stopReason(text)
                .model(text)
                .build();
        log.append(
                new Batch(
                        List.of(event),
                        List.of(new SessionFacts("s", Map.of("title", text))),
                        List.of(new Cursor("file", text))),
                Durability.FORCED);
        String kept = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        try (HotLogReader reader = HotLogReader.open(folder)) {
            Event read = reader.get("s", -1).orElseThrow();
            assertThat(List.of(read.tool().orElseThrow(), read.toolCallId().orElseThrow()))
                    .containsOnly(kept);
            assertThat(List.of(read.stopReason().orElseThrow(), read.model().orElseThrow()))
                    .containsOnly(kept);
            assertThat(reader.facts("s").orElseThrow().fact("title")).contains(kept);
            assertThat(reader.cursor("file")).contains(kept);
        }
    }

    @Test
    void thePayloadAtItsLimitComesBack() throws LogException {
        byte[] payload = new byte[MOST_EVENT - 100];
        for (int i = 0; i < payload.length; i += 997) {
            payload[i] = (byte) i;
        }
        Event event = Event.of("s", 0).payload(Json.of(payload)).build();
        log.append(event, Durability.FORCED);
        try (HotLogReader reader = HotLogReader.open(folder)) {
            assertThat(reader.get("s", 0)).contains(event);
        }
    }

    @Test
    void eventsAndBatchesLongerThanASegmentHaveOneOfTheirOwn(@TempDir Path other) throws LogException {
        HotLogOptions small = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);
        List<Event> events = Stream.of(
                        Events.events("one", 0, 3, 200_000), Events.events("s", 3), Events.events("two", 0, 30, 10_000))
                .flatMap(List::stream)
                .toList();
        try (HotLog log = HotLog.open(other, small)) {
            events.subList(0, 6).forEach(event -> append(log, event));
            log.append(Batch.of(events.subList(6, 36)), Durability.FORCED);
        }
        try (HotLogReader reader = HotLogReader.open(other);
                HotLog again = HotLog.open(other, small)) {
            assertThat(reader.replay().events()).isEqualTo(events);
            assertThat(reader.info().segments()).isEqualTo(5);
            assertThat(again.append(events.getFirst(), Durability.FORCED)).isZero();
        }
    }

    private static void append(HotLog log, Event event) {
        try {
            log.append(event, Durability.FORCED);
        } catch (LogException e) {
            throw new UncheckedIOException(e);
        }
    }
}
