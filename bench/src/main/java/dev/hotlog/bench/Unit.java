// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.util.Locale;

/// What a figure counts, and how it is written.
enum Unit {
    EVENTS_A_SECOND("%,.0f/s"),
    MEGABYTES_A_SECOND("%,.0f MB/s"),
    NANOS("%,.0f ns"),
    MICROS("%,.1f us"),
    MILLIS("%,.0f ms"),
    BYTES("%,.0f B"),
    MIB("%,.0f MiB");

    private final String format;

    Unit(String format) {
        this.format = format;
    }

    boolean isTime() {
        return this != BYTES && this != MIB && this != MEGABYTES_A_SECOND;
    }

    /// What one call takes.
    ///
    /// @throws IllegalStateException when this is no unit of time
    double nanos(double figure) {
        return switch (this) {
            case EVENTS_A_SECOND -> 1e9 / figure;
            case NANOS -> figure;
            case MICROS -> figure * 1e3;
            case MILLIS -> figure * 1e6;
            case BYTES, MIB, MEGABYTES_A_SECOND -> throw new IllegalStateException(this + " is no unit of time");
        };
    }

    String text(double figure) {
        return String.format(Locale.ROOT, format, figure);
    }
}
