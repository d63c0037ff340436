// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Measure;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    @Test
    void thousandsAreSetApart() {
        assertThat(Figures.count(0)).isEqualTo("0");
        assertThat(Figures.count(171572224)).isEqualTo("171,572,224");
        assertThat(Figures.count(-1234)).isEqualTo("-1,234");
        assertThat(Figures.measure(Measure.ABSENT)).isEqualTo("-");
        assertThat(Figures.count(1, "event")).isEqualTo("1 event");
        assertThat(Figures.count(2000, "event")).isEqualTo("2,000 events");
    }

    @Test
    void bytesComeInTheUnitThatFits() {
        assertThat(Figures.bytes(0)).isEqualTo("0 bytes");
        assertThat(Figures.bytes(999)).isEqualTo("999 bytes");
        assertThat(Figures.bytes(1500)).isEqualTo("1.5 KB");
        assertThat(Figures.bytes(999_999)).isEqualTo("1.0 MB");
        assertThat(Figures.bytes(123_456_789)).isEqualTo("123 MB");
        assertThat(Figures.bytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
    }

    @Test
    void spansComeInTheirTwoLargestUnits() {
        assertThat(Figures.span(0)).isEqualTo("0 s");
        assertThat(Figures.span(12)).isEqualTo("<1 s");
        assertThat(Figures.span(59_999)).isEqualTo("59 s");
        assertThat(Figures.span(90_000)).isEqualTo("1 min");
        assertThat(Figures.span(2 * HOUR)).isEqualTo("2 h");
        assertThat(Figures.span(2 * HOUR + 5 * 60_000)).isEqualTo("2 h 5 min");
        assertThat(Figures.span(3 * DAY + 5 * HOUR)).isEqualTo("3 d 5 h");
    }

    @Test
    void whatAComputerTookIsToldFinely() {
        assertThat(Figures.took(0)).isEqualTo("0 ms");
        assertThat(Figures.took(999)).isEqualTo("999 ms");
        assertThat(Figures.took(1_250)).isEqualTo("1.3 s");
        assertThat(Figures.took(9_949)).isEqualTo("9.9 s");
        assertThat(Figures.took(59_499)).isEqualTo("59 s");
        assertThat(Figures.took(61_000)).isEqualTo("1 min 1 s");
        assertThat(Figures.took(2 * HOUR)).isEqualTo("2 h");
    }

    @Test
    void agesComeInOneUnit() {
        long now = 100_000 * DAY;
        assertThat(Figures.age(now, now)).isEqualTo("just now");
        assertThat(Figures.age(now, now - 61_000)).isEqualTo("1 min ago");
        assertThat(Figures.age(now, now - 3 * HOUR)).isEqualTo("3 h ago");
        assertThat(Figures.age(now, now - DAY)).isEqualTo("1 day ago");
        assertThat(Figures.age(now, now - 59 * DAY)).isEqualTo("59 days ago");
        assertThat(Figures.age(now, now - 61 * DAY)).isEqualTo("2 months ago");
        assertThat(Figures.age(now, now - 800 * DAY)).isEqualTo("2 years ago");
        assertThat(Figures.age(now, now + DAY)).isEqualTo("in the future");
    }

    @Test
    void moneyIsInDollars() {
        assertThat(Tokens.money(1_234_567_890)).isEqualTo("$1,234.57");
        assertThat(Tokens.money(-10_000)).isEqualTo("-$0.01");
    }

    @Test
    void aNumberHasACommaBetweenThousands() {
        for (long number : new long[] {
            0,
            7,
            -7,
            12,
            123,
            -123,
            999,
            1_000,
            -1_000,
            12_345,
            123_456,
            -123_456,
            1_234_567,
            Long.MAX_VALUE,
            Long.MIN_VALUE
        }) {
            assertThat(Figures.count(number)).isEqualTo(String.format(Locale.ROOT, "%,d", number));
        }
    }
}
