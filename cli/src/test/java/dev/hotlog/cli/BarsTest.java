// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarsTest {
    @Test
    void aBarIsAsLongAsItsShareAndWhatIsThereIsSeen() {
        assertThat(Bars.bar(100, 100, 4)).isEqualTo("████");
        assertThat(Bars.bar(50, 100, 4)).isEqualTo("██");
        assertThat(Bars.bar(55, 100, 4)).isEqualTo("██▎");
        assertThat(Bars.bar(1, 1_000_000, 4)).isEqualTo("▏");
        assertThat(Bars.bar(0, 100, 4)).isEmpty();
        assertThat(Bars.bar(0, 0, 4)).isEmpty();
    }

    @Test
    void aSparklineHasOneColumnEach() {
        assertThat(Bars.sparkline(0, 1, 4, 8, 0)).isEqualTo(" ▁▄█ ");
        assertThat(Bars.sparkline(0, 0)).isEqualTo("  ");
        assertThat(Bars.sparkline()).isEmpty();
    }
}
