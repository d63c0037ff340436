// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Rows and columns of text, aligned. Made to fit a width, it first leaves columns out, then cuts those that bend.
final class Table {
    private static final int GAP = 2;
    private static final int LEAST_BENT = 12;
    /// Where there is a limit, one odd text must not push everything else over it.
    private static final int MOST = 60;
    /// Whatever it takes.
    static final int ANY_WIDTH = Integer.MAX_VALUE;

    private final List<Column> columns;
    private final List<Cell[]> rows = new ArrayList<>();
    private final List<Cell[]> feet = new ArrayList<>();

    Table(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /// One column.
    ///
    /// @param right whether its texts end together, as numbers do
    /// @param keep where there is no room the column with the smallest number is left out first; [#ALWAYS] stays
    /// @param bends whether its texts may be cut to make room
    record Column(String title, boolean right, int keep, boolean bends) {
        static final int ALWAYS = Integer.MAX_VALUE;

        static Column text(String title) {
            return new Column(title, false, ALWAYS, false);
        }

        static Column number(String title) {
            return new Column(title, true, ALWAYS, false);
        }

        Column keep(int importance) {
            return new Column(title, right, importance, bends);
        }

        /// This column, cut to make room.
        Column bending() {
            return new Column(title, right, keep, true);
        }
    }

    /// What is in one place of it; on one line.
    record Cell(String text, Colour colour) {
        Cell {
            text = Printable.line(text);
        }

        static Cell of(String text) {
            return new Cell(text, Colour.PLAIN);
        }

        /// How much went wrong; that stands out.
        static Cell errors(long count) {
            return new Cell(Figures.count(count), count > 0 ? Colour.RED : Colour.PLAIN);
        }
    }

    void row(Cell... cells) {
        rows.add(checked(cells));
    }

    /// A row below the others, set apart.
    void foot(Cell... cells) {
        feet.add(checked(cells));
    }

    private Cell[] checked(Cell... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        return cells;
    }

    /// Prints it.
    ///
    /// @param width to be kept to, or [#ANY_WIDTH]
    void print(Page page, Ink ink, int width) throws IOException {
        int[] widths = fit(width);
        Cell[] head = columns.stream()
                .map(column -> new Cell(column.title(), Colour.BOLD))
                .toArray(Cell[]::new);
        page.line(line(head, widths, ink));

        for (Cell[] row : rows) {
            page.line(line(row, widths, ink));
        }
        for (Cell[] foot : feet) {
            page.line(line(foot, widths, ink));
        }
    }

    /// The width of each column, 0 for those left out.
    private int[] fit(int width) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = width == ANY_WIDTH || columns.get(i).bends() ? natural(i) : Math.min(natural(i), MOST);
        }
        while (least(widths) > width) {
            int out = leastImportant(widths);
            if (out < 0) {
                break;
            }
            widths[out] = 0;
        }
        int widest = widestBending(widths);
        while (sum(widths) > width && widest >= 0) {
            widths[widest]--;
            widest = widestBending(widths);
        }
        return widths;
    }

    /// Of those that can be made narrower; -1 when there is none.
    private int widestBending(int[] widths) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
            boolean can = columns.get(i).bends() && widths[i] > LEAST_BENT;
            if (can && (widest < 0 || widths[i] > widths[widest])) {
                widest = i;
            }
        }
        return widest;
    }

    private int natural(int column) {
        int widest = TextWidth.of(columns.get(column).title());
        for (Cell[] row : rows) {
            widest = Math.max(widest, TextWidth.of(row[column].text()));
        }
        for (Cell[] foot : feet) {
            widest = Math.max(widest, TextWidth.of(foot[column].text()));
        }
        return widest;
    }

    /// How narrow it could be made without leaving out more.
    private int least(int[] widths) {
        int[] bent = widths.clone();
        for (int i = 0; i < bent.length; i++) {
            bent[i] = columns.get(i).bends() ? Math.min(bent[i], LEAST_BENT) : bent[i];
        }
        return sum(bent);
    }

    private int leastImportant(int[] widths) {
        List<Integer> candidates = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > 0 && columns.get(i).keep() != Column.ALWAYS) {
                candidates.add(i);
            }
        }
        return candidates.stream()
                .min(Comparator.comparingInt(i -> columns.get(i).keep()))
                .orElse(-1);
    }

    private static int sum(int[] widths) {
        int shown = (int) Arrays.stream(widths).filter(w -> w > 0).count();
        return Arrays.stream(widths).sum() + GAP * Math.max(0, shown - 1);
    }

    private String line(Cell[] row, int[] widths, Ink ink) {
        StringBuilder line = new StringBuilder();
        int owed = 0;
        for (int i = 0; i < row.length; i++) {
            if (widths[i] == 0) {
                continue;
            }
            String text = TextWidth.cut(row[i].text(), widths[i]);
            int spare = widths[i] - TextWidth.of(text);
            int before = columns.get(i).right() ? spare : 0;
            if (!text.isEmpty()) {
                line.repeat(' ', owed + before).append(ink.paint(row[i].colour(), text));
                owed = GAP + spare - before;
            } else {
                owed += GAP + widths[i];
            }
        }
        return line.toString();
    }
}
