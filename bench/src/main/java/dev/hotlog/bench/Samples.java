// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.util.Arrays;

/// What was measured, time after time.
final class Samples {
    private static final int FIRST_CAPACITY = 16;
    /// 99.9 percent of 1,000 is 999, whatever binary fractions say.
    private static final double ROUNDING = 1e-6;

    private double[] values = new double[FIRST_CAPACITY];
    private int count;

    void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = value;
    }

    int count() {
        return count;
    }

    double median() {
        return percentile(50);
    }

    /// The least value that so many percent of all do not exceed; of an even number, the median is the lower
    /// one.
    double percentile(double percent) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent * count / 100 - ROUNDING);
        return sorted[Math.clamp(rank, 1, count) - 1];
    }

    /// The median of the ratios, round by round: what slows a whole round down slows both halves of it.
    double medianRatio(Samples baseline) {
        if (count != baseline.count) {
            throw new IllegalArgumentException(count + " rounds beside " + baseline.count);
        }
        Samples ratios = new Samples();
        for (int i = 0; i < count; i++) {
            ratios.add(values[i] / baseline.values[i]);
        }
        return ratios.median();
    }
}
