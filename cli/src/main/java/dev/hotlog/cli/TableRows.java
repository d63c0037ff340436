// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.cli.Table.Cell;
import java.io.IOException;
import java.util.List;

/// Rows as a table for people. Of no rows there is none.
final class TableRows<R> implements Listing.Rows<R> {
    private final Desk desk;
    private final List<Field<R>> fields;
    private final int rowsTogether;
    private Table table;
    private int rows;

    /// @param fields each with a column
    TableRows(Desk desk, List<Field<R>> fields, int rowsTogether) {
        this.desk = desk;
        this.fields = fields;
        this.rowsTogether = rowsTogether;
        table = begun();
    }

    private Table begun() {
        return new Table(
                fields.stream().map(field -> field.column().orElseThrow()).toList());
    }

    @Override
    public void row(R row) throws IOException {
        table.row(fields.stream().map(field -> field.cell().apply(row)).toArray(Cell[]::new));
        rows++;
        if (rows == rowsTogether) {
            end();
        }
    }

    @Override
    public void end() throws IOException {
        if (rows > 0) {
            table.print(desk.page(), desk.ink(), desk.tableWidth());
            table = begun();
            rows = 0;
        }
    }

    @Override
    public void end(R total) throws IOException {
        if (rows == 0) {
            return;
        }
        Cell[] cells = fields.stream()
                .map(field -> field.isSummed() ? bold(field.cell().apply(total)) : Cell.of(""))
                .toArray(Cell[]::new);
        cells[0] = new Cell("total", Colour.BOLD);
        table.foot(cells);
        end();
    }

    private static Cell bold(Cell cell) {
        return cell.colour() == Colour.PLAIN ? new Cell(cell.text(), Colour.BOLD) : cell;
    }
}
