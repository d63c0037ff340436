// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Rollup;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanTest {
    private static final long QUARTER = Rollup.QUARTER_MILLIS;

    @Test
    void wholeQuartersHaveNoRaggedParts() {
        assertThat(Span.ALWAYS.ragged()).isEmpty();
        assertThat(new Span(QUARTER, 5 * QUARTER).ragged()).isEmpty();
        assertThat(new Span(3 * QUARTER, Long.MAX_VALUE).ragged()).isEmpty();
    }

    @Test
    void raggedPartsAndCoveredQuartersAreTogetherEveryMomentOnce() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            long since = random.nextLong(6 * QUARTER);
            Span span = new Span(since, since + random.nextLong(6 * QUARTER));
            List<Span> ragged = span.ragged();
            for (int i = 0; i < 50; i++) {
                long moment = random.nextLong(12 * QUARTER);
                long covered =
                        ragged.stream().filter(part -> part.contains(moment)).count()
                                + (span.coversQuarter(moment / QUARTER * QUARTER) ? 1 : 0);
                assertThat(covered)
                        .as("seed %d %s moment %d", seed, span, moment)
                        .isEqualTo(span.contains(moment) ? 1 : 0);
            }
        }
    }
}
