// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// Rows as CSV, as RFC 4180 has it: a line of names first; what is not known is empty. Nothing in it steers a terminal.
final class CsvRows<R> implements Listing.Rows<R> {
    private static final String LINE_BREAK = "\r\n";

    private final Page page;
    private final List<Field<R>> fields;

    CsvRows(Page page, List<Field<R>> fields) throws IOException {
        this.page = page;
        this.fields = fields;
        page.text(fields.stream().map(field -> quoted(field.name())).collect(Collectors.joining(",", "", LINE_BREAK)));
    }

    @Override
    public void row(R row) throws IOException {
        page.text(fields.stream()
                .map(field -> quoted(field.value().apply(row).csv()))
                .collect(Collectors.joining(",", "", LINE_BREAK)));
    }

    @Override
    public void end() {
        // Its last line was ended already.
    }

    private static String quoted(String text) {
        String shown = Printable.block(text);
        boolean plain = shown.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n');
        return plain ? shown : '"' + shown.replace("\"", "\"\"") + '"';
    }
}
