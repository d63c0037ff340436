// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.util.Locale;

/// What a figure counts, and how it is written.
enum Unit {
    EVENTS_A_SECOND("%,.0f/s"),
    NANOS("%,.0f ns"),
    MICROS("%,.1f us"),
    MILLIS("%,.0f ms"),
    BYTES("%,.0f B");

    private final String format;

    Unit(String format) {
        this.format = format;
    }

    String text(double figure) {
        return String.format(Locale.ROOT, format, figure);
    }
}
