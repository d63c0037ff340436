// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Amounts drawn rather than told, so that the eye finds the large ones.
final class Bars {
    /// Of one column, from an eighth to all of it: to the right, and upwards.
    private static final String LYING = "▏▎▍▌▋▊▉█";

    private static final String STANDING = "▁▂▃▄▅▆▇█";
    private static final int EIGHTHS = 8;

    private Bars() {}

    /// A bar as long as its share of the largest; what is not nothing can be seen.
    static String bar(long amount, long largest, int columns) {
        if (amount <= 0) {
            return "";
        }
        int eighths = eighths(amount, largest, columns * EIGHTHS);
        int rest = eighths % EIGHTHS;
        String end = rest == 0 ? "" : LYING.substring(rest - 1, rest);
        return LYING.substring(EIGHTHS - 1).repeat(eighths / EIGHTHS) + end;
    }

    /// One column each, as high as its share of the largest; none where there is nothing.
    static String sparkline(long... amounts) {
        long largest = LongStream.of(amounts).max().orElse(0);
        return LongStream.of(amounts)
                .mapToObj(amount -> {
                    int height = amount <= 0 ? 0 : eighths(amount, largest, EIGHTHS);
                    return height == 0 ? " " : STANDING.substring(height - 1, height);
                })
                .collect(Collectors.joining());
    }

    private static int eighths(long amount, long largest, int all) {
        return Math.max(1, (int) Math.round((double) amount / largest * all));
    }
}
