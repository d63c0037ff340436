// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.util.Locale;

/// What a row of the table should reach.
///
/// @param bound has no meaning when nothing is asked
record Asked(Sort sort, double bound) {
    /// The row is there for information.
    static final Asked NOTHING = new Asked(Sort.NOTHING, 0);

    enum Sort {
        NOTHING,
        RATIO_AT_LEAST,
        RATIO_AT_MOST,
        FIGURE_AT_LEAST,
        FIGURE_AT_MOST
    }

    static Asked ratioAtLeast(double bound) {
        return new Asked(Sort.RATIO_AT_LEAST, bound);
    }

    static Asked ratioAtMost(double bound) {
        return new Asked(Sort.RATIO_AT_MOST, bound);
    }

    static Asked figureAtLeast(double bound) {
        return new Asked(Sort.FIGURE_AT_LEAST, bound);
    }

    static Asked figureAtMost(double bound) {
        return new Asked(Sort.FIGURE_AT_MOST, bound);
    }

    String text(Unit unit) {
        return switch (sort) {
            case NOTHING -> "";
            case RATIO_AT_LEAST -> String.format(Locale.ROOT, "ratio >= %.2f", bound);
            case RATIO_AT_MOST -> String.format(Locale.ROOT, "ratio <= %.2f", bound);
            case FIGURE_AT_LEAST -> ">= " + unit.text(bound);
            case FIGURE_AT_MOST -> "<= " + unit.text(bound);
        };
    }

    /// `yes` or `NO`; empty when nothing is asked.
    String met(double figure, double ratio) {
        return switch (sort) {
            case NOTHING -> "";
            case RATIO_AT_LEAST -> yesIf(ratio >= bound);
            case RATIO_AT_MOST -> yesIf(ratio <= bound);
            case FIGURE_AT_LEAST -> yesIf(figure >= bound);
            case FIGURE_AT_MOST -> yesIf(figure <= bound);
        };
    }

    private static String yesIf(boolean reached) {
        return reached ? "yes" : "NO";
    }
}
