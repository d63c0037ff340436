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
        SessionPlaces empty = SessionPlaces.NONE.and(new int[0]);
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
            places = places.and(IntStream.of(here)
                    .map(session -> session(session).upperHash())
                    .toArray());
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
        SessionPlaces places = SessionPlaces.NONE
                .and(new int[] {hash})
                .and(new int[] {hash + 1})
                .and(new int[] {hash, hash});
        assertThat(places.of(session(1))).containsExactly(0, 2);
    }
}
