// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import java.util.Arrays;
import java.util.OptionalLong;

/// How long things took: counted by length rather than kept, so that a million of them take no more room than a few.
///
/// Lengths below 128 ms are told exactly, longer ones to within 1 %. Mutable and for one thread.
public final class Durations {
    /// Between two powers of two there are so many lengths that are told apart, as a power of two itself.
    private static final int STEP_BITS = 6;
    private static final int STEPS = 1 << STEP_BITS;
    private static final int EXACT = 2 * STEPS;

    private long[] counts = {};
    private long count;

    void add(long millis) {
        int place = place(millis);
        if (place >= counts.length) {
            counts = Arrays.copyOf(counts, place + STEPS);
        }
        counts[place]++;
        count++;
    }

    /// How many there are.
    public long count() {
        return count;
    }

    /// The length in milliseconds that so many of a hundred do not exceed; empty when there is none.
    public OptionalLong percentile(int percent) {
        long left = Math.ceilDiv(count * percent, 100);
        for (int place = 0; place < counts.length; place++) {
            left -= counts[place];
            if (left <= 0 && counts[place] > 0) {
                return OptionalLong.of(middle(place));
            }
        }
        return OptionalLong.empty();
    }

    private static int place(long millis) {
        if (millis < EXACT) {
            return (int) millis;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(millis) - STEP_BITS;
        return (shift << STEP_BITS) + (int) (millis >>> shift);
    }

    /// Of the lengths that share a place.
    private static long middle(int place) {
        if (place < EXACT) {
            return place;
        }
        int shift = (place >>> STEP_BITS) - 1;
        long least = (long) (place - (shift << STEP_BITS)) << shift;
        return least + (1L << shift) / 2;
    }
}
