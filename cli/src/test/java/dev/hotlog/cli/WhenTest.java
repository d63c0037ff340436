// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WhenTest {
    private static final Instant NOW = Instant.parse("2026-03-29T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static When when(String said) throws Refusal {
        return When.of(said, NOW, BERLIN);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00+02:00, 2026-01-31T10:00:00Z",
        "2026-01-31T12:00, 2026-01-31T11:00:00Z",
        "2026-01-31T12:00:01.5, 2026-01-31T11:00:01.500Z",
        "7d, 2026-03-22T12:00:00Z",
        "24h, 2026-03-28T12:00:00Z",
        "30m, 2026-03-29T11:30:00Z",
        "2w, 2026-03-15T12:00:00Z",
        "0d, 2026-03-29T12:00:00Z",
        "now, 2026-03-29T12:00:00Z",
    })
    void timesAreMoments(String said, Instant meant) throws Refusal {
        assertThat(when(said)).isEqualTo(new When(meant.toEpochMilli(), meant.toEpochMilli()));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31, 2026-01-30T23:00:00Z, 2026-01-31T23:00:00Z",
        "today, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z", // 23 hours: the clocks go forward
        "Yesterday, 2026-03-27T23:00:00Z, 2026-03-28T23:00:00Z",
    })
    void datesAreWholeDaysOfTheZone(String said, Instant start, Instant end) throws Refusal {
        assertThat(when(said)).isEqualTo(new When(start.toEpochMilli(), end.toEpochMilli()));
    }

    @Test
    void nothingIsBefore1970() throws Refusal {
        assertThat(when("99999d").start()).isZero();
        assertThat(when("1066-10-14").end()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "d",
                "-1d",
                "soon",
                "2026-13-01",
                "2026-02-30",
                "7y",
                "99999999999999999999h",
                "9999999999999999w",
                "12:00"
            })
    void whatIsNoTimeIsRefused(String said) {
        assertThatThrownBy(() -> when(said))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("is not a time; times look like 2026-01-31");
    }
}
