// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionPlacesTest {
    private static SessionKey session(int number) {
        return new SessionKey("session-" + number);
    }

    @Test
    void whereNothingIsNothingIsFound() {
        assertThat(SessionPlaces.NONE.indexes()).isZero();
        assertThat(SessionPlaces.NONE.of(session(0))).isEmpty();
        SessionPlaces empty = SessionPlaces.NONE.and(List.of(new int[0]));
        assertThat(empty.indexes()).isOne();
        assertThat(empty.of(session(0))).isEmpty();
    }

    @Test
    void eachSessionIsFoundWhereItIsInOrder() {
        Random random = new Random(7);
        int sessions = 3_000;
        List<List<Integer>> expected = IntStream.range(0, sessions)
                .<List<Integer>>mapToObj(_ -> new ArrayList<>())
                .toList();
        SessionPlaces places = SessionPlaces.NONE;
        for (int index = 0; index < 20; index++) {
            int[] here = IntStream.range(0, sessions)
                    .filter(session -> session == 0 || random.nextInt(10) == 0)
                    .toArray();
            for (int session : here) {
                expected.get(session).add(index);
            }
            SessionPlaces before = places;
            places = places.and(List.of(IntStream.of(here)
                    .map(session -> session(session).upperHash())
                    .toArray()));
            assertThat(before.indexes()).isEqualTo(index);
        }
        assertThat(places.indexes()).isEqualTo(20);
        for (int session = 0; session < sessions; session++) {
            assertThat(IntStream.of(places.of(session(session))).boxed())
                    .containsExactlyElementsOf(expected.get(session));
        }
        assertThat(places.of(session(sessions))).isEmpty();
    }

    @Test
    void sessionsOfOneHashAreFoundTogether() {
        int hash = session(1).upperHash();
        SessionPlaces places =
                SessionPlaces.NONE.and(List.of(new int[] {hash}, new int[] {hash + 1}, new int[] {hash, hash}));
        assertThat(places.count()).isEqualTo(4);
        assertThat(places.of(session(1))).containsExactly(0, 2);
    }

    @Test
    void theOrderOutlivesATableThatGrows() {
        // The last slot of every table: a run of them goes on at its begin.
        int last = -1;
        SessionKey key = withHashThatEndsIn(last);
        SessionPlaces places = SessionPlaces.NONE;
        for (int index = 0; index < 100; index++) {
            places = places.and(List.of(new int[] {key.upperHash()}));
            assertThat(places.of(key))
                    .containsExactly(IntStream.rangeClosed(0, index).toArray());
        }
    }

    private static SessionKey withHashThatEndsIn(int bits) {
        int mask = (1 << 10) - 1;
        return IntStream.iterate(0, number -> number + 1)
                .mapToObj(SessionPlacesTest::session)
                .filter(key -> (key.upperHash() & mask) == (bits & mask))
                .findFirst()
                .orElseThrow();
    }
}
