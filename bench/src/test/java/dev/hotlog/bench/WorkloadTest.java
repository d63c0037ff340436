// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hotlog.event.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final int MANY = 20_000;

    private final List<Event> events = new Workload().events(0, MANY);

    @Test
    void isTheSameEveryTime() {
        assertThat(new Workload().events(0, MANY)).isEqualTo(events);
        assertThat(new Workload().event(MANY - 1)).isEqualTo(events.getLast());
        assertThat(new Workload().tally(MANY))
                .isEqualTo(
                        new Tally(MANY, events.stream().mapToLong(Tally::digest).sum()));
    }

    @Test
    void aHundredSessionsTakeTurns() {
        Workload workload = new Workload();
        for (int number = 0; number < MANY; number++) {
            assertThat(events.get(number).sessionId())
                    .isEqualTo(events.get(number % Workload.SESSIONS).sessionId())
                    .isEqualTo(workload.sessionId(number));
            assertThat(events.get(number).seq())
                    .isEqualTo(number / Workload.SESSIONS)
                    .isEqualTo(workload.seq(number));
        }
    }

    @Test
    void noKeyComesTwice() {
        Set<String> keys = new HashSet<>();
        for (Event event : events) {
            assertThat(keys.add(event.sessionId() + "/" + event.seq())).isTrue();
        }
    }

    @Test
    void ofManySessionsAHundredAreAtWorkAtATime() {
        int sessions = 5 * Workload.SESSIONS;
        int eventsEach = 10;
        Workload workload = new Workload(sessions, eventsEach, 1);
        Set<String> keys = new HashSet<>();
        Set<String> ids = new HashSet<>();
        int once = sessions * eventsEach;
        for (int number = 0; number < 2 * once; number++) {
            Event event = workload.event(number);
            assertThat(keys.add(event.sessionId() + "/" + event.seq())).isTrue();
            if (number < once) {
                ids.add(event.sessionId());
                int atWorkSoFar = (number / (Workload.SESSIONS * eventsEach) + 1) * Workload.SESSIONS;
                assertThat(ids).hasSizeLessThanOrEqualTo(atWorkSoFar);
            }
        }
        assertThat(ids).hasSize(sessions);
    }

    @Test
    void payloadsAreAbout300BytesOfJson() {
        double mean = events.stream()
                .mapToInt(event -> event.payload().lengthBytes())
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(300, within(10.0));
        assertThat(events.getFirst().payload().toString()).startsWith("{\"").endsWith("\"}");
    }

    @Test
    void halfOfTheOptionalNumbersAreSet() {
        assertThat(events)
                .allSatisfy(event ->
                        assertThat(Integer.bitCount(event.presentMeasures())).isEqualTo(6));
    }
}
