// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import java.util.Locale;
import java.util.Optional;

/// What the rows of a report stand for.
public enum Grouping {
    /// The local date, `2026-01-31`.
    DAY,
    /// The ISO week, `2026-W05`.
    WEEK,
    /// The month, `2026-01`.
    MONTH,
    /// The block of five hours, by its local start, `2026-01-31T14:00+01:00`: see [Blocks]. What is in none is in no
    /// row.
    BLOCK,
    SESSION,
    /// The directory that the sessions worked in.
    PROJECT,
    AGENT,
    MODEL,
    /// The tool called; events without a tool are in no row.
    TOOL;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// The word for it on a command line and in JSON, such as `day`.
    public String word() {
        return word;
    }

    /// Whether its rows follow one another in time.
    public boolean isTime() {
        return isDate() || this == BLOCK;
    }

    /// Whether a moment alone tells its row.
    boolean isDate() {
        return this == DAY || this == WEEK || this == MONTH;
    }

    public static Optional<Grouping> of(String word) {
        for (Grouping each : values()) {
            if (each.word.equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
