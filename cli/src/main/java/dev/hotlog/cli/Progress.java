// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.util.Locale;

/// How far a long work has come, on a terminal's last line; told at most ten times a second.
final class Progress {
    private static final long PAUSE_MILLIS = 100;
    private static final int BAR_COLUMNS = 24;

    private final Desk desk;
    private final String verb;
    private long nextMillis;

    /// @param verb what is done to the bytes, such as `checked`
    Progress(Desk desk, String verb) {
        this.desk = desk;
        this.verb = verb;
    }

    /// So many bytes of nobody knows how many.
    void done(long bytes) {
        if (isDue()) {
            desk.talk().progress(Figures.bytes(bytes) + " " + verb);
        }
    }

    /// So many bytes of all, and what is being worked on.
    void done(long bytes, long allBytes, String what) {
        if (isDue()) {
            double part = allBytes <= 0 ? 0 : Math.min(1.0, (double) bytes / allBytes);
            int full = (int) (part * BAR_COLUMNS);
            String bar = "█".repeat(full) + "░".repeat(BAR_COLUMNS - full);
            String line = String.format(
                    Locale.ROOT,
                    "%s %3.0f%%  %s of %s  %s",
                    bar,
                    part * 100,
                    Figures.bytes(bytes),
                    Figures.bytes(allBytes),
                    Printable.line(what));
            desk.talk().progress(TextWidth.cut(line, desk.width() - 1));
        }
    }

    private boolean isDue() {
        long now = desk.now().toEpochMilli();
        if (!desk.talk().showsProgress() || now < nextMillis) {
            return false;
        }
        nextMillis = now + PAUSE_MILLIS;
        return true;
    }
}
