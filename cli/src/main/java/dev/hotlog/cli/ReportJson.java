// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.report.Grouping;
import dev.hotlog.agents.report.Report;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// A report as an array, one object for each row.
final class ReportJson {
    private ReportJson() {}

    static void write(Page page, Report report) throws IOException {
        JsonGenerator json = page.json();
        json.writeStartArray();
        for (Report.Row row : report.rows()) {
            json.writeStartObject();
            key(json, report.by(), row.key());
            json.writeNumberProperty("sessions", row.sums().sessions());
            json.writeNumberProperty("events", row.sums().totals().events());
            if (report.by().contains(Grouping.TOOL)) {
                json.writeNumberProperty("calls", row.sums().totals().toolCalls());
                json.writeNumberProperty("errors", row.sums().totals().errors());
            }
            Money.write(json, row.sums().totals()::sum, row.sums().cost());
            json.writeEndObject();
            page.spillJson();
        }
        json.writeEndArray();
        page.endJson();
    }

    /// One member for each grouping; null where nothing is known.
    static void key(JsonGenerator json, List<Grouping> by, List<Optional<String>> key) {
        for (int i = 0; i < by.size(); i++) {
            String name = by.get(i).word();
            key.get(i)
                    .ifPresentOrElse(
                            value -> json.writeStringProperty(name, value), () -> json.writeNullProperty(name));
        }
    }
}
