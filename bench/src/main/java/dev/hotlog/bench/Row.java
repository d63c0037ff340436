// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One line of the table.
///
/// @param figure ours, the median of the rounds; [#NONE] for a row that was skipped
/// @param baseline likewise; [#NONE] when there is none
/// @param ratio of ours to the baseline; [#NONE] likewise
/// @param note for below the table; may be empty
record Row(String what, Unit unit, double figure, double baseline, double ratio, Asked asked, String note) {
    static final double NONE = Double.NaN;

    private static final String SEPARATOR = "\t";

    static Row alone(String what, Unit unit, double figure, Asked asked, String note) {
        return new Row(what, unit, figure, NONE, NONE, asked, note);
    }

    static Row of(String what, Unit unit, Samples ours, Samples baseline, Asked asked, String note) {
        return new Row(what, unit, ours.median(), baseline.median(), ours.medianRatio(baseline), asked, note);
    }

    /// Says why there is no figure, so that it is not missed in silence.
    static Row skipped(String what, String reason) {
        String oneLine = reason.replaceAll("\\s+", " ");
        return new Row(what, Unit.MILLIS, NONE, NONE, NONE, Asked.NOTHING, "skipped: " + oneLine);
    }

    private boolean isSkipped() {
        return Double.isNaN(figure);
    }

    String figureText() {
        return isSkipped() ? "skipped" : unit.text(figure);
    }

    /// As a table shows it.
    List<String> cells() {
        List<String> cells = new ArrayList<>();
        cells.add(what);
        cells.add(figureText());
        cells.add(Double.isNaN(baseline) ? "" : unit.text(baseline));
        cells.add(Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f", ratio));
        cells.add(asked.text(unit));
        cells.add(asked.met(figure, ratio));
        return cells;
    }

    /// As one process tells it to another.
    String toLine() {
        return String.join(
                SEPARATOR,
                what,
                unit.name(),
                Double.toString(figure),
                Double.toString(baseline),
                Double.toString(ratio),
                asked.sort().name(),
                Double.toString(asked.bound()),
                note);
    }

    /// Reads what [#toLine] wrote.
    static Row parse(String line) {
        List<String> parts = List.of(line.split(SEPARATOR, -1));
        if (parts.size() != 8) {
            throw new IllegalArgumentException("not a row: " + line);
        }
        return new Row(
                parts.get(0),
                Unit.valueOf(parts.get(1)),
                Double.parseDouble(parts.get(2)),
                Double.parseDouble(parts.get(3)),
                Double.parseDouble(parts.get(4)),
                new Asked(Asked.Sort.valueOf(parts.get(5)), Double.parseDouble(parts.get(6))),
                parts.get(7));
    }
}
