// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UsageLedgerTest {
    private final Map<String, String> committed = new HashMap<>();
    private final UsageLedger ledger = new UsageLedger(source -> Optional.ofNullable(committed.get(source)));

    private static Usage telling(String message, String request, boolean sidechain, long in, long out) {
        Event cost = Event.of("s", 1)
                .measure(Measure.TOKENS_IN, in)
                .measure(Measure.TOKENS_OUT, out)
                .build();
        return new Usage.Growing(message, request, sidechain, cost);
    }

    private long[] count(Usage usage) throws LogException {
        Optional<Event> added = ledger.count("a", usage);
        for (Cursor cursor : ledger.changes()) {
            committed.put(cursor.source(), cursor.state());
        }
        ledger.committed();
        return added.map(e -> new long[] {e.measure(Measure.TOKENS_IN), e.measure(Measure.TOKENS_OUT)})
                .orElse(new long[0]);
    }

    @Test
    void whatIsRepeatedAddsNothingAndWhatGrowsAddsTheDifference() throws LogException {
        assertThat(count(telling("m", "r", false, 10, 1))).containsExactly(10, 1);
        assertThat(count(telling("m", "r", false, 10, 1))).isEmpty();
        assertThat(count(telling("m", "r", false, 10, 8))).containsExactly(0, 7);
        assertThat(count(telling("m", "r", false, 10, 3))).isEmpty();
        assertThat(committed).containsOnlyKeys("usage:a:m");
    }

    @Test
    void whatEarlierVersionsCountedIsNotCountedAgain() throws LogException {
        Event cost = Event.of("s", 1)
                .measure(Measure.TOKENS_IN, 10)
                .measure(Measure.TOKENS_OUT, 9)
                .measure(Measure.CACHE_CREATION_TOKENS, 30)
                .measure(Measure.CACHE_CREATION_1H_TOKENS, 20)
                .build();
        for (String earlier :
                List.of("10 8 30 40 main r\n", "10 8 30 40 0 main r\n", "9 9 9 9 main q\n10 8 30 40 side \n")) {
            committed.put("usage:a:m", earlier);
            UsageLedger fresh = new UsageLedger(source -> Optional.ofNullable(committed.get(source)));
            Event added =
                    fresh.count("a", new Usage.Growing("m", "r", false, cost)).orElseThrow();
            assertThat(added.measure(Measure.TOKENS_IN)).as(earlier).isZero();
            assertThat(added.measure(Measure.TOKENS_OUT)).isEqualTo(1);
            assertThat(added.measure(Measure.CACHE_CREATION_TOKENS)).isZero();
            assertThat(added.measure(Measure.CACHE_CREATION_1H_TOKENS)).isEqualTo(20);
        }
    }

    @Test
    void anotherRequestIsCountedUnlessOneOfThemIsASideConversation() throws LogException {
        assertThat(count(telling("m", "r1", false, 10, 1))).isNotEmpty();
        assertThat(count(telling("m", "r2", true, 10, 1))).isEmpty();
        assertThat(count(telling("m", "r3", false, 10, 1))).isNotEmpty();
        assertThat(count(telling("n", "r2", true, 10, 1))).isNotEmpty();
        assertThat(count(telling("n", "r1", false, 10, 1))).isEmpty();
        assertThat(count(telling("n", "", false, 10, 1))).isEmpty();
    }

    @Test
    void onceIsOnce() throws LogException {
        Event cost = Event.of("s", 1).measure(Measure.TOKENS_OUT, 4).build();
        assertThat(ledger.count("a", new Usage.Once("k", cost))).contains(cost);
        assertThat(ledger.count("a", new Usage.Once("k", cost))).isEmpty();
        assertThat(ledger.changes()).containsExactly(new Cursor("usage:a:k", "once"));
        ledger.discard();
        assertThat(ledger.count("a", new Usage.Once("k", cost))).contains(cost);
    }

    @Test
    void sumsDoNotDependOnTheOrderOfTellings() throws LogException {
        List<Usage> tellings = new ArrayList<>();
        Random random = new Random(7);
        for (int message = 0; message < 40; message++) {
            for (int i = 0; i < 5; i++) {
                tellings.add(telling("m" + message, "r" + message, random.nextBoolean(), 10, random.nextInt(50)));
            }
        }
        long expected = -1;
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(tellings, new Random(seed));
            committed.clear();
            UsageLedger fresh = new UsageLedger(source -> Optional.ofNullable(committed.get(source)));
            long sum = 0;
            for (Usage telling : tellings) {
                sum += fresh.count("a", telling)
                        .map(e -> e.measure(Measure.TOKENS_IN) + e.measure(Measure.TOKENS_OUT))
                        .orElse(0L);
            }
            assertThat(expected < 0 || sum == expected).as("seed %d", seed).isTrue();
            expected = sum;
        }
    }
}
