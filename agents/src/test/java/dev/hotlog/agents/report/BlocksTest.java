// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BlocksTest {
    private static Blocks of(String... quarters) {
        return Blocks.of(Stream.of(quarters).map(BlocksTest::millis).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static long millis(String time) {
        return Instant.parse("2026-03-01T" + time + ":00Z").toEpochMilli();
    }

    private static String startOf(String time, Blocks blocks) {
        return blocks.startOf(millis(time)).isEmpty()
                ? "none"
                : Instant.ofEpochMilli(blocks.startOf(millis(time)).getAsLong())
                        .toString()
                        .substring(11, 16);
    }

    @Test
    void aBlockBeginsAtTheHourOfItsFirstCallAndLastsFiveHours() {
        Blocks blocks = of("09:45", "13:30", "14:45");

        assertThat(startOf("08:45", blocks)).isEqualTo("none");
        assertThat(startOf("09:00", blocks)).isEqualTo("09:00");
        assertThat(startOf("13:45", blocks)).isEqualTo("09:00");
        assertThat(startOf("14:00", blocks)).isEqualTo("14:00");
        assertThat(startOf("18:45", blocks)).isEqualTo("14:00");
        assertThat(startOf("19:00", blocks)).isEqualTo("none");
    }

    @Test
    void theNextOneWaitsForTheNextCall() {
        Blocks blocks = of("01:00", "12:15");

        assertThat(startOf("06:00", blocks)).isEqualTo("none");
        assertThat(startOf("11:45", blocks)).isEqualTo("none");
        assertThat(startOf("12:00", blocks)).isEqualTo("12:00");
        assertThat(startOf("12:00", Blocks.NONE)).isEqualTo("none");
    }
}
