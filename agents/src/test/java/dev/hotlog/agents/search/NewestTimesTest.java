// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NewestTimesTest {
    @Test
    void theFloorIsTheOldestOfThoseWantedOnceThereAreEnough() {
        NewestTimes times = new NewestTimes(3);
        times.add(50);
        times.add(10);
        assertThat(times.floorMillis()).isEqualTo(Long.MIN_VALUE);
        times.add(30);
        assertThat(times.floorMillis()).isEqualTo(10);
        times.add(5);
        assertThat(times.floorMillis()).isEqualTo(10);
        times.add(10);
        assertThat(times.floorMillis()).isEqualTo(10);
        times.add(40);
        assertThat(times.floorMillis()).isEqualTo(30);
    }

    @Test
    void whoWantsAllHasNoFloor() {
        NewestTimes times = new NewestTimes(Long.MAX_VALUE);
        for (long millis = 0; millis < 1_000; millis++) {
            times.add(millis);
        }
        assertThat(times.floorMillis()).isEqualTo(Long.MIN_VALUE);
    }
}
