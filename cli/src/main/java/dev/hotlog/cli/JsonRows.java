// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Rows as an array of objects.
final class JsonRows<R> implements Listing.Rows<R> {
    /// How JSON names money, which it has in millionths.
    private static final String MILLIONTHS = "_e6";

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
            switch (field.value().apply(row)) {
                case Value.Text(String text) -> json.writeStringProperty(field.name(), text);
                case Value.Whole(long number) -> json.writeNumberProperty(field.name(), number);
                case Value.Unsigned(long number) -> Unsigned.write(json, field.name(), number);
                case Value.Dollars(long micros) -> json.writeNumberProperty(field.name() + MILLIONTHS, micros);
                case Value.Absent() -> {
                    // Left out.
                }
                case Value.Unknown() -> json.writeNullProperty(field.name());
            }
        }
    }
}
