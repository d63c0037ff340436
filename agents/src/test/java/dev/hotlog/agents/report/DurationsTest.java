// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DurationsTest {
    private static Durations of(long... millis) {
        Durations durations = new Durations();
        LongStream.of(millis).forEach(durations::add);
        return durations;
    }

    @Test
    void ofNoneNothingIsKnown() {
        assertThat(of().count()).isZero();
        assertThat(of().percentile(50)).isEmpty();
    }

    @Test
    void shortOnesAreExact() {
        Durations durations = of(127, 3, 0, 1, 2);

        assertThat(durations.count()).isEqualTo(5);
        assertThat(durations.percentile(50)).hasValue(2);
        assertThat(durations.percentile(95)).hasValue(127);
        assertThat(durations.percentile(20)).hasValue(0);
    }

    @Test
    void longOnesAreWithinOnePercentOfWhatSortingTells() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long[] millis = LongStream.generate(() -> random.nextLong(1L << (1 + random.nextInt(62))))
                .limit(1 + random.nextInt(5000))
                .toArray();
        Durations durations = of(millis);
        Arrays.sort(millis);

        for (int percent : new int[] {1, 50, 95, 100}) {
            long exact = millis[Math.ceilDiv(millis.length * percent, 100) - 1];
            assertThat(durations.percentile(percent).orElseThrow())
                    .as("percentile %d, seed %d", percent, seed)
                    .isCloseTo(exact, within(exact < 128 ? 0 : exact / 100));
        }
    }
}
