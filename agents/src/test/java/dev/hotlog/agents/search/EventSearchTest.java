// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.search.Query.Form;
import dev.hotlog.event.Batch;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventSearchTest {
    private static final HotLogOptions SMALL = HotLogOptions.DEFAULTS.withSegmentBytes(HotLogOptions.MIN_SEGMENT_BYTES);
    private static final int MANY = 300;
    private static final long SEED = System.nanoTime();
    private static final int ALL = Integer.MAX_VALUE;

    @TempDir
    Path temp;

    private Path log;

    @BeforeEach
    void whereTheLogWillBe() {
        log = temp.resolve("log");
    }

    private void append(List<Event> events) throws Exception {
        try (HotLog writer = HotLog.open(log, SMALL)) {
            for (Event event : events) {
                writer.append(event);
            }
        }
    }

    private static Event event(String session, long seq, String payload) {
        return Event.of(session, seq).ts(1_000 * seq, true).payload(payload).build();
    }

    private static Event saying(long seq, String text) {
        return event(seq % 2 == 0 ? "even" : "odd", seq, "{\"type\":\"answer\",\"block\":{\"text\":\"" + text + "\"}}");
    }

    private List<Long> seqs(String text, EventFilter filter, long most) throws Exception {
        List<Long> seqs = new ArrayList<>();
        for (Hit hit : hits(text, filter, most)) {
            seqs.add(hit.event().seq());
        }
        return seqs;
    }

    private List<Hit> hits(String text, EventFilter filter, long most) throws Exception {
        return hits(text, filter, most, MANY, damage -> assertThat(damage).isNull());
    }

    private List<Hit> hits(String text, EventFilter filter, long most, int partEvents, Consumer<Damage> onDamage)
            throws Exception {
        List<Hit> hits = new ArrayList<>();
        try (History history = History.open(log);
                EventSearch search =
                        new EventSearch(history, filter, Query.smart(text, Form.PLAIN), most, onDamage, partEvents)) {
            while (hits.size() < most && search.advance()) {
                hits.add(search.hit());
            }
        }
        return hits;
    }

    @Test
    void theNewestComesFirstWhicheverSegmentItIsIn() throws Exception {
        List<Event> events = new ArrayList<>();
        List<Long> expected = new ArrayList<>();
        for (long seq = 0; seq < MANY; seq++) {
            boolean wanted = seq % 7 == 0 || (seq > 100 && seq < 130);
            events.add(saying(seq, wanted ? "the needle " + seq : "hay"));
            if (wanted) {
                expected.addFirst(seq);
            }
        }
        append(events);

        assertThat(seqs("needle", EventFilter.ALL, ALL)).isEqualTo(expected);
        assertThat(seqs("needle", EventFilter.ALL, 5)).isEqualTo(expected.subList(0, 5));
        for (int partEvents : new int[] {1, 7, 50}) {
            assertThat(hits("needle", EventFilter.ALL, ALL, partEvents, _ -> {}))
                    .as("parts of " + partEvents)
                    .extracting(hit -> hit.event().seq())
                    .isEqualTo(expected);
        }
        assertThat(seqs("needle 105", EventFilter.ALL, ALL)).containsExactly(105L);
        assertThat(seqs("Needle", EventFilter.ALL, ALL)).isEmpty();
        assertThat(seqs("answer", EventFilter.ALL, ALL)).isEmpty(); // a type is nothing that anybody said
    }

    @Test
    void theNewestComesFirstInWhateverOrderTheLogTookThemIn() throws Exception {
        Random random = new Random(SEED);
        List<Event> events = new ArrayList<>();
        for (long seq = 0; seq < MANY; seq++) {
            // Few times, of which 0 is not known and a negative one is beyond all calendars, so that many are the same.
            long millis = 1_000L * (random.nextInt(100) - 1);
            events.add(Event.of("s", seq)
                    .ts(millis, true)
                    .payload("{\"type\":\"answer\",\"block\":\"needle\"}")
                    .build());
        }
        append(events);
        List<Long> expected = events.stream()
                .sorted(Comparator.comparingLong(
                                (Event event) -> event.tsMillis() < 0 ? Long.MAX_VALUE : event.tsMillis())
                        .thenComparingLong(Event::seq)
                        .reversed())
                .map(Event::seq)
                .toList();

        EventFilter one = EventFilter.ALL.of(new SessionFilter(Set.of("s"), Set.of(), Set.of()));
        for (EventFilter filter : List.of(EventFilter.ALL, one)) {
            for (int most : new int[] {1, 2, 20, MANY - 1, MANY, ALL}) {
                for (int partEvents : new int[] {1, 7, 50, MANY}) {
                    assertThat(hits("needle", filter, most, partEvents, _ -> {}))
                            .as("seed %d, the newest %d, parts of %d", SEED, most, partEvents)
                            .extracting(hit -> hit.event().seq())
                            .isEqualTo(expected.subList(0, Math.min(most, MANY)));
                }
            }
        }
    }

    @Test
    void onlyWhatTheFilterMeansIsLookedThrough() throws Exception {
        List<Event> events = new ArrayList<>();
        for (long seq = 0; seq < MANY; seq++) {
            events.add(saying(seq, "x"));
        }
        append(events);
        try (HotLog writer = HotLog.open(log, SMALL)) {
            SessionFacts facts = new SessionFacts("odd", Map.of(SessionFacts.AGENT, "codex"));
            writer.append(new Batch(List.of(), List.of(facts), List.of()));
        }

        EventFilter even = EventFilter.ALL.of(new SessionFilter(Set.of("even"), Set.of(), Set.of()));
        assertThat(seqs("x", even, 2)).containsExactly(298L, 296L);
        EventFilter codex = EventFilter.ALL.of(new SessionFilter(Set.of(), Set.of("codex"), Set.of()));
        assertThat(seqs("x", codex, ALL)).hasSize(MANY / 2).startsWith(299L, 297L);
        EventFilter early = EventFilter.ALL.during(new Span(1_000, 4_000));
        assertThat(seqs("x", early, ALL)).containsExactly(3L, 2L, 1L);
    }

    @Test
    void whatIsShownAndSaidIsFoundOnce() throws Exception {
        append(List.of(
                said(0, "the needle"),
                shown(2, "the needle"),
                shown(4, "a needle"),
                said(6, "a needle"),
                shown(8, "another needle"),
                shown(9, "the needle of others"),
                said(10, "the needle")));
        assertThat(seqs("needle", EventFilter.ALL, ALL)).containsExactly(10L, 9L, 8L, 6L, 0L);
        assertThat(seqs("needle", EventFilter.ALL, 4)).containsExactly(10L, 9L, 8L, 6L);
        assertThat(seqs("needle", EventFilter.ALL, 5)).containsExactly(10L, 9L, 8L, 6L, 0L);
    }

    private static Event shown(long seq, String text) {
        return saying(seq, text).toBuilder().kind(Kind.LIFECYCLE).build();
    }

    private static Event said(long seq, String text) {
        return saying(seq, text).toBuilder().kind(Kind.MESSAGE).build();
    }

    @Test
    void whatIsShownTwiceIsNoEchoOfItself() throws Exception {
        append(List.of(shown(0, "the needle"), shown(2, "the needle")));
        assertThat(seqs("needle", EventFilter.ALL, ALL)).containsExactly(2L, 0L);
    }

    @Test
    void whatALongerPayloadLeftBehindIsNotFoundInTheNext() throws Exception {
        append(List.of(saying(1, "short and then the needle"), saying(2, "short")));
        assertThat(seqs("needle", EventFilter.ALL, ALL)).containsExactly(1L);
    }

    @Test
    void aHugePayloadIsLookedThroughToItsEnd() throws Exception {
        String hay = "hay ".repeat(2 << 20);
        append(List.of(saying(0, "needle"), saying(1, hay + "needle"), saying(2, hay), saying(3, "a needle")));
        List<Hit> hits = hits("needle", EventFilter.ALL, ALL);
        assertThat(hits).extracting(hit -> hit.event().seq()).containsExactly(3L, 1L, 0L);
        assertThat(hits.get(1).excerpt().before()).endsWith("hay hay ").hasSizeLessThan(1_000);
    }

    @Test
    void damageIsToldOnceAndEverythingElseIsFound() throws Exception {
        List<Event> events = new ArrayList<>();
        for (long seq = 0; seq < MANY; seq++) {
            events.add(saying(seq, "needle-" + seq + "-"));
        }
        append(events);
        List<Path> segments = segments();
        Path damaged = segments.getLast();
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("needle-290-")] ^= 1;
        Files.write(damaged, bytes);
        Files.delete(segments.get(1));

        for (int partEvents : new int[] {1, 7, MANY}) {
            List<Damage> told = new ArrayList<>();
            List<Hit> hits = hits("needle", EventFilter.ALL, ALL, partEvents, told::add);
            assertThat(hits)
                    .extracting(hit -> hit.event().seq())
                    .contains(0L, 289L, 291L)
                    .doesNotContain(290L);
            assertThat(told).as("parts of " + partEvents).hasSize(2);
            assertThat(told.get(1).firstOffset()).isEqualTo(290); // what is unreadable is told first
            told.clear();
            hits("needle", EventFilter.ALL, 1, 1, told::add);
            assertThat(told)
                    .element(0)
                    .satisfies(damage -> assertThat(damage.firstOffset()).isLessThan(290));
        }
    }

    @Test
    void whatCannotBeReadIsToldThoughThereIsEnoughNewer() throws Exception {
        List<Event> events = new ArrayList<>();
        for (long seq = 0; seq < MANY; seq++) {
            events.add(saying(seq, "needle").toBuilder()
                    .ts(1_000 * (MANY - seq), true)
                    .build());
        }
        append(events);
        Files.delete(segments().get(1));

        List<Damage> told = new ArrayList<>();
        assertThat(hits("needle", EventFilter.ALL, 1, 7, told::add))
                .extracting(hit -> hit.event().seq())
                .containsExactly(0L);
        assertThat(told).hasSize(1);
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return files.filter(file -> file.toString().endsWith(".hotlog"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void anEmptyLogHasNothing() throws Exception {
        append(List.of());
        assertThat(hits("x", EventFilter.ALL, ALL)).isEmpty();
    }
}
