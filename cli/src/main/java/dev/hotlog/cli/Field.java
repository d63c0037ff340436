// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.cli.Table.Cell;
import dev.hotlog.cli.Table.Column;
import java.util.Optional;
import java.util.function.Function;

/// A field of what a command lists: a name and a value for programs, a column for people, or one of the two.
///
/// @param <R> what there is a row of
/// @param name in JSON and CSV; empty when only people see the field
/// @param column empty when only programs do
/// @param cell what is in the column
/// @param isSummed whether the sum of all rows has it
record Field<R>(
        String name, Function<R, Value> value, Optional<Column> column, Function<R, Cell> cell, boolean isSummed) {
    /// A field for programs.
    static <R> Field<R> of(String name, Function<R, Value> value) {
        return new Field<>(
                name, value, Optional.empty(), row -> value.apply(row).cell(), false);
    }

    /// A field for people.
    static <R> Field<R> shown(Column column, Function<R, Cell> cell) {
        return new Field<>("", _ -> Value.ABSENT, Optional.of(column), cell, false);
    }

    /// This field, for people as well.
    Field<R> as(Column itsColumn) {
        return as(itsColumn, cell);
    }

    /// This field, for people as well, who see it otherwise than programs do.
    Field<R> as(Column itsColumn, Function<R, Cell> itsCell) {
        return new Field<>(name, value, Optional.of(itsColumn), itsCell, isSummed);
    }

    Field<R> summed() {
        return new Field<>(name, value, column, cell, true);
    }
}
