// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;
import java.util.List;

/// Rows of the same fields, written as a table, as JSON or as CSV.
///
/// @param <R> what there is a row of
final class Listing<R> {
    private final Desk desk;
    private final List<Field<R>> fields;

    Listing(Desk desk, List<Field<R>> fields) {
        this.desk = desk;
        this.fields = List.copyOf(fields);
    }

    /// What takes the rows one by one.
    Rows<R> in(Form form) throws IOException {
        return in(form, Integer.MAX_VALUE);
    }

    /// As well, but for many rows: a table begins anew after so many, so that they need not be kept.
    Rows<R> in(Form form, int rowsTogether) throws IOException {
        return switch (form) {
            case TABLE ->
                new TableRows<>(
                        desk,
                        fields.stream()
                                .filter(field -> field.column().isPresent())
                                .toList(),
                        rowsTogether);
            case JSON -> new JsonRows<>(desk.page(), forPrograms());
            case CSV -> new CsvRows<>(desk.page(), forPrograms());
        };
    }

    void print(Form form, Iterable<R> all) throws IOException {
        Rows<R> rows = in(form);
        for (R row : all) {
            rows.row(row);
        }
        rows.end();
    }

    private List<Field<R>> forPrograms() {
        return fields.stream().filter(field -> !field.name().isEmpty()).toList();
    }

    /// Rows as they are written down.
    interface Rows<R> {
        /// Writes a row; it need not outlive the call.
        void row(R row) throws IOException;

        /// Ends what was written.
        void end() throws IOException;

        /// Ends it with a row that sums up all others; whoever reads JSON or CSV adds up on his own.
        default void end(R total) throws IOException {
            end();
        }
    }
}
