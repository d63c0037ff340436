// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Rows as an array of objects.
final class JsonRows<R> implements Listing.Rows<R> {
    private final Page page;
    private final List<Field<R>> fields;

    JsonRows(Page page, List<Field<R>> fields) {
        this.page = page;
        this.fields = fields;
        page.json().writeStartArray();
    }

    @Override
    public void row(R row) throws IOException {
        page.json().writeStartObject();
        members(page.json(), fields, row);
        page.json().writeEndObject();
        page.spillJson();
    }

    @Override
    public void end() throws IOException {
        page.json().writeEndArray();
        page.endJson();
    }

    /// A row's fields as members of an object.
    static <R> void members(JsonGenerator json, List<Field<R>> fields, R row) {
        for (Field<R> field : fields) {
            field.value().apply(row).write(json, field.name());
        }
    }
}
