// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class SamplesTest {
    private static Samples of(double... values) {
        Samples samples = new Samples();
        for (double value : values) {
            samples.add(value);
        }
        return samples;
    }

    @Test
    void theMedianHeedsNoOutlier() {
        assertThat(of(5, 1, 900).median()).isEqualTo(5);
        assertThat(of(4, 3, 1, 2).median()).isEqualTo(2);
    }

    @Test
    void aPercentileIsOneOfTheValues() {
        Samples samples = new Samples();
        for (int i = 1_000; i > 0; i--) {
            samples.add(i);
        }
        assertThat(samples.percentile(99)).isEqualTo(990);
        assertThat(samples.percentile(99.9)).isEqualTo(999);
        assertThat(samples.percentile(100)).isEqualTo(1_000);
        assertThat(samples.percentile(0)).isEqualTo(1);
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        assertThat(of(8, 1, 4).medianRatio(of(10, 2, 4))).isEqualTo(0.8);
    }

    @Test
    void nothingMeasuredIsAnErrorAndNotZero() {
        assertThatIllegalStateException().isThrownBy(() -> new Samples().median());
    }
}
