// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The same rows, measured at several sizes of the log.
///
/// @param sizes in events, ascending
/// @param rows those of each size, in the same order
record Growth(List<Integer> sizes, List<List<Row>> rows) {
    /// Measures each size in a process of its own.
    static Growth measure(Settings settings) throws IOException, InterruptedException {
        List<List<Row>> rows = new ArrayList<>();
        for (int size : settings.sizes()) {
            rows.add(PartProcess.run(Part.GROWTH, settings.ofEvents(size)));
        }
        return new Growth(settings.sizes(), rows);
    }

    /// A column for each size, and how much more the last takes than the first.
    String table() {
        List<List<String>> lines = new ArrayList<>();
        List<String> heading = new ArrayList<>(List.of("growth, by events in the log"));
        sizes.forEach(size -> heading.add(count(size)));
        heading.add("growth");
        lines.add(heading);
        for (int row = 0; row < rows.getFirst().size(); row++) {
            List<String> cells =
                    new ArrayList<>(List.of(rows.getFirst().get(row).what()));
            for (List<Row> column : rows) {
                cells.add(column.get(row).figureText());
            }
            cells.add(String.format(Locale.ROOT, "x %.2f", growth(row)));
            lines.add(cells);
        }
        return Table.columns(lines) + legend() + Table.notes(rows.getLast());
    }

    private String legend() {
        double larger = sizes.getLast() / (double) sizes.getFirst();
        return String.format(
                Locale.ROOT,
                "%ngrowth: what it takes at the largest size, divided by what it takes at the smallest, a log %,.0f times"
                        + " as%n    large. x 1.00 is flat; x %,.0f would grow as the log does. The notes are those of"
                        + " the largest.%n",
                larger,
                larger);
    }

    private double growth(int row) {
        return cost(rows.getLast().get(row)) / cost(rows.getFirst().get(row));
    }

    private static double cost(Row row) {
        return row.unit().isTime() ? row.unit().nanos(row.figure()) : row.figure();
    }

    LogLogPlot plot() {
        List<LogLogPlot.Line> lines = new ArrayList<>();
        for (int row = 0; row < rows.getFirst().size(); row++) {
            if (rows.getFirst().get(row).unit().isTime()) {
                lines.add(line(row));
            }
        }
        return new LogLogPlot("What a call takes as the log grows", "events in the log", "time of one call", lines);
    }

    private LogLogPlot.Line line(int row) {
        List<LogLogPlot.Point> points = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            points.add(new LogLogPlot.Point(sizes.get(i), cost(rows.get(i).get(row))));
        }
        return new LogLogPlot.Line(rows.getFirst().get(row).what(), points);
    }

    private static String count(int size) {
        return String.format(Locale.ROOT, "%,d", size);
    }
}
