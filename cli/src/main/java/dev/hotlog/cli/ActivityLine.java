// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.Report;
import java.io.IOException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The tokens of each day as a small drawing on one line, for who sees no days in a table.
final class ActivityLine {
    /// Beside the drawing: two dates and what it shows.
    private static final int WORDS_COLUMNS = 48;

    private static final int MOST_COLUMNS = 60;
    private static final int LEAST_COLUMNS = 10;

    private final Desk desk;

    ActivityLine(Desk desk) {
        this.desk = desk;
    }

    /// @param byDay of the time that is to be drawn
    void print(Report byDay) throws IOException {
        List<Report.Row> days = byDay.rows().stream()
                .filter(row -> day(row).isPresent() && tokens(row) > 0)
                .toList();
        int columns = Math.min(MOST_COLUMNS, desk.width() - WORDS_COLUMNS);
        if (days.size() < 2 || columns < LEAST_COLUMNS) {
            return;
        }
        LocalDate first = day(days.getFirst()).orElseThrow();
        LocalDate last = day(days.getLast()).orElseThrow();
        long span = ChronoUnit.DAYS.between(first, last) + 1;
        long step = Math.ceilDiv(span, columns);
        long[] tokens = new long[(int) Math.ceilDiv(span, step)];
        for (Report.Row row : days) {
            tokens[(int) (ChronoUnit.DAYS.between(first, day(row).orElseThrow()) / step)] += tokens(row);
        }
        desk.page()
                .line(first + " " + desk.ink().paint(Colour.CYAN, Bars.sparkline(tokens)) + " " + last
                        + desk.ink()
                                .paint(Colour.DIM, step == 1 ? "  tokens a day" : "  tokens each " + step + " days"));
    }

    private static Optional<LocalDate> day(Report.Row row) {
        return row.key().getFirst().map(LocalDate::parse);
    }

    private static long tokens(Report.Row row) {
        return PriceTable.tokens(row.sums().totals());
    }
}
