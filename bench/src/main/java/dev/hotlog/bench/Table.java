// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.util.ArrayList;
import java.util.List;

/// Rows under a heading, in columns: the first begins left, the others end right. The notes follow.
final class Table {
    private static final List<String> HEADING = List.of("what", "figure", "baseline", "ratio", "asked", "met?");
    private static final String GAP = "  ";
    private static final String INDENT = "    ";
    private static final int WIDTH = 120;

    private Table() {}

    static String text(List<Row> rows) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADING);
        rows.forEach(row -> lines.add(row.cells()));
        return columns(lines) + '\n' + notes(rows);
    }

    /// Lines of cells, each as many as the first.
    static String columns(List<List<String>> lines) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < lines.getFirst().size(); column++) {
            int width = 0;
            for (List<String> line : lines) {
                width = Math.max(width, line.get(column).length());
            }
            widths.add(width);
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            text.append(inColumns(line, widths)).append('\n');
        }
        return text.toString();
    }

    /// The notes of rows, a paragraph each.
    static String notes(List<Row> rows) {
        StringBuilder text = new StringBuilder();
        for (Row row : rows) {
            if (!row.note().isEmpty()) {
                text.append(wrapped(row.what() + ": " + row.note())).append('\n');
            }
        }
        return text.toString();
    }

    /// Breaks lines between words so that they end by [#WIDTH], where a word is not longer than that.
    private static String wrapped(String text) {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String word : text.split(" ")) {
            if (column > 0 && column + 1 + word.length() > WIDTH) {
                lines.append('\n').append(INDENT).append(word);
                column = INDENT.length() + word.length();
            } else {
                lines.append(column == 0 ? "" : " ").append(word);
                column += (column == 0 ? 0 : 1) + word.length();
            }
        }
        return lines.toString();
    }

    private static String inColumns(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String blanks = " ".repeat(widths.get(column) - cell.length());
            line.append(column == 0 ? cell + blanks : GAP + blanks + cell);
        }
        return line.toString().stripTrailing();
    }
}
