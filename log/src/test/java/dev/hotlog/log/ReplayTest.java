// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Kind;
import dev.hotlog.event.LogException;
import dev.hotlog.event.Measure;
import dev.hotlog.log.storage.FaultyStorage;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How a replay is narrowed down.
class ReplayTest {
    private static final int MANY = 200;

    private static final List<Event> EVENTS = List.of(
            Event.of("a", 0).ts(100, true).build(),
            Event.of("b", 0)
                    .ts(200, true)
                    .tool("Bash")
                    .toolCallId("t")
                    .stopReason("end")
                    .build(),
            Event.of("a", 1).ts(300, false).kind(Kind.ERROR).model("opus").build(),
            Event.of("ä", 0).ts(-1, true).measure(Measure.TOKENS_IN, 0).build());

    private final FaultyStorage storage = new FaultyStorage();

    @BeforeEach
    void append() throws LogException {
        try (HotLog log = ParityLog.open(storage)) {
            log.append(Batch.of(EVENTS), Durability.FORCED);
        }
    }

    private List<Long> offsets(UnaryOperator<Replay> narrowed) throws LogException {
        try (HotLogReader reader = HotLogReader.open(storage);
                Replay replay = narrowed.apply(reader.replay())) {
            return replay.events().map(EVENTS::indexOf).map(Long::valueOf).toList();
        }
    }

    @Test
    void sinceTakesItsMomentAndUntilDoesNot() throws LogException {
        assertThat(offsets(all -> all.since(200))).containsExactly(1L, 2L, 3L);
        assertThat(offsets(all -> all.since(201))).containsExactly(2L, 3L);
        assertThat(offsets(all -> all.until(200))).containsExactly(0L);
        assertThat(offsets(all -> all.until(201))).containsExactly(0L, 1L);
        assertThat(offsets(all -> all.since(200).until(300))).containsExactly(1L);
        assertThat(offsets(all -> all.since(300).until(200))).isEmpty();
    }

    @Test
    void aTimeBeyondAllTimesIsWithinNoOtherEnd() throws LogException {
        assertThat(offsets(all -> all.since(301).until(Long.MAX_VALUE))).containsExactly(3L);
        assertThat(offsets(all -> all.until(Long.MAX_VALUE - 1))).containsExactly(0L, 1L, 2L);
    }

    @Test
    void whateverNarrowsItDownMustHoldTogether() throws LogException {
        assertThat(offsets(all -> all.session("a"))).containsExactly(0L, 2L);
        assertThat(offsets(all -> all.session("a").since(101))).containsExactly(2L);
        assertThat(offsets(all -> all.session("a").from(1))).containsExactly(2L);
        assertThat(offsets(all -> all.session("ä"))).containsExactly(3L);
        assertThat(offsets(all -> all.session("nobody"))).isEmpty();
        assertThat(offsets(all -> all.where(event -> event.tool().isPresent()))).containsExactly(1L);
        assertThat(offsets(all -> all.session("a").where(event -> event.kind().equals(Kind.ERROR))))
                .containsExactly(2L);
        assertThat(offsets(all -> all.where(event -> event.seq() == 0).where(event -> event.offset() > 0)))
                .containsExactly(1L, 3L);
    }

    @Test
    void aViewTellsEveryFieldThatItsEventHas() throws LogException {
        try (HotLogReader reader = HotLogReader.open(storage)) {
            for (EventView view : reader.replay()) {
                Event event = EVENTS.get((int) view.offset());
                assertThat(view.tool()).isEqualTo(event.tool());
                assertThat(view.toolCallId()).isEqualTo(event.toolCallId());
                assertThat(view.stopReason()).isEqualTo(event.stopReason());
                assertThat(view.model()).isEqualTo(event.model());
                assertThat(view.tsExact()).isEqualTo(event.tsExact());
                for (Measure measure : Measure.ALL) {
                    assertThat(view.has(measure)).isEqualTo(event.has(measure));
                    assertThat(view.measure(measure)).isEqualTo(event.measure(measure));
                }
            }
        }
    }

    @Test
    void aViewKnowsItsSessionAlsoBesideOnesThatBeginAlike() throws LogException {
        try (HotLogReader reader = HotLogReader.open(storage)) {
            for (EventView view : reader.replay()) {
                String session = EVENTS.get((int) view.offset()).sessionId();
                assertThat(view.isOfSession(session)).isTrue();
                for (String other : List.of("", session + "a", session + "ä", "c", "ö")) {
                    assertThat(view.isOfSession(other)).as(other).isFalse();
                }
            }
        }
    }

    @Test
    void behindTheLastEventThereIsNone() throws LogException {
        try (HotLogReader reader = HotLogReader.open(storage)) {
            for (Replay replay :
                    List.of(reader.replay().from(3), reader.replay().session("ä"))) {
                Iterator<EventView> events = replay.iterator();
                assertThat(events.next().offset()).isEqualTo(3);
                assertThat(events.hasNext()).isFalse();
                assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
            }
        }
    }

    @Test
    void lastFirstGivesEachEventOnceAndTheLastPartFirst() throws LogException {
        FaultyStorage disk = new FaultyStorage();
        HotLogOptions small = HotLogOptions.DEFAULTS.withSegmentBytes(HotLogOptions.MIN_SEGMENT_BYTES);
        try (HotLog log = HotLog.open(disk, small, InstantSource.system())) {
            for (int seq = 0; seq < MANY; seq++) {
                log.append(Events.event("s", seq, 100));
            }
        }
        try (HotLogReader reader = HotLogReader.open(disk)) {
            int whole = partsOf(reader.replay(), MANY).size();
            assertThat(whole).isGreaterThan(2);
            for (int most : new int[] {1, 7, MANY}) {
                List<List<Long>> parts = partsOf(reader.replay(), most);
                assertThat(parts).allMatch(part -> part.size() <= most);
                assertThat(parts.reversed().stream().flatMap(List::stream))
                        .containsExactlyElementsOf(
                                LongStream.range(0, MANY).boxed().toList());
            }
            assertThat(partsOf(reader.replay().from(MANY - 3), 2))
                    .containsExactly(List.of(MANY - 2L, MANY - 1L), List.of(MANY - 3L));
            assertThat(partsOf(reader.replay().session("s"), 1)).hasSize(whole);
        }
    }

    @Test
    void theNewestTimeIsThatOfTheSegmentsThatAPartIsIn() throws LogException {
        FaultyStorage disk = new FaultyStorage();
        HotLogOptions small = HotLogOptions.DEFAULTS.withSegmentBytes(HotLogOptions.MIN_SEGMENT_BYTES);
        try (HotLog log = HotLog.open(disk, small, InstantSource.system())) {
            try (HotLogReader reader = HotLogReader.open(disk)) {
                assertThat(reader.replay().newestMillis()).isEqualTo(-1);
            }
            for (int seq = 0; seq < MANY; seq++) {
                Event event = Events.event("s", seq, 100);
                log.append(event.toBuilder().ts(10_000 - seq, true).build());
            }
        }
        try (HotLogReader reader = HotLogReader.open(disk)) {
            assertThat(reader.replay().newestMillis()).isEqualTo(10_000);
            List<Replay> parts = reader.replay().lastFirst(MANY);
            assertThat(parts).hasSizeGreaterThan(2);
            for (Replay part : parts) {
                assertThat(part.newestMillis())
                        .isEqualTo(
                                part.events().mapToLong(Event::tsMillis).max().orElse(-1));
            }
            assertThat(reader.replay().from(MANY).newestMillis()).isEqualTo(-1);
        }
    }

    @Test
    @Timeout(60)
    void partsOfNoEventAreRefused() throws LogException {
        try (HotLogReader reader = HotLogReader.open(storage)) {
            for (int none : new int[] {0, -1}) {
                assertThatThrownBy(() -> reader.replay().lastFirst(none))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("parts of " + none + " events");
            }
        }
    }

    private static List<List<Long>> partsOf(Replay replay, int most) {
        List<List<Long>> parts = new ArrayList<>();
        for (Replay part : replay.lastFirst(most)) {
            List<Long> offsets = new ArrayList<>();
            part.forEach(event -> offsets.add(event.offset()));
            if (!offsets.isEmpty()) {
                parts.add(offsets);
            }
        }
        return parts;
    }

    @Test
    void aViewsPayloadIsCopiedToTheBeginningOfWhatIsThere() throws LogException {
        try (HotLog log = ParityLog.open(storage)) {
            log.append(Event.of("p", 0).payload("{}").build(), Durability.FORCED);
        }
        try (HotLogReader reader = HotLogReader.open(storage)) {
            byte[] target = "abcd".getBytes(StandardCharsets.US_ASCII);
            reader.replay().session("p").iterator().next().copyPayload(target);
            assertThat(target).asString(StandardCharsets.US_ASCII).isEqualTo("{}cd");
        }
    }
}
