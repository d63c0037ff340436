// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.ingest.ImportReport;
import dev.hotlog.agents.ingest.ImportReport.AgentTally;
import dev.hotlog.agents.ingest.Problem;
import java.io.IOException;
import tools.jackson.core.JsonGenerator;

/// What an import took, as an object.
final class ImportJson {
    private ImportJson() {}

    static void write(Page page, ImportReport report) throws IOException {
        JsonGenerator json = page.json();
        json.writeStartObject();
        json.writeNumberProperty("events", report.events());
        json.writeArrayPropertyStart("agents");
        report.agents().forEach(agent -> write(json, agent));
        json.writeEndArray();
        json.writeArrayPropertyStart("problems");
        for (Problem problem : report.problems()) {
            json.writeStartObject();
            json.writeStringProperty("file", problem.file().toString());
            if (problem.line() > 0) {
                json.writeNumberProperty("line", problem.line());
            }
            json.writeStringProperty("reason", problem.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberProperty("more_problems", report.moreProblems());
        json.writeEndObject();
        page.endJson();
    }

    private static void write(JsonGenerator json, AgentTally agent) {
        json.writeStartObject();
        json.writeStringProperty("agent", agent.agent());
        json.writeNumberProperty("files", agent.files());
        json.writeNumberProperty("read", agent.read());
        json.writeNumberProperty("unchanged", agent.unchanged());
        json.writeNumberProperty("replaced", agent.replaced());
        json.writeNumberProperty("failed", agent.failed());
        json.writeNumberProperty("bytes", agent.bytes());
        json.writeNumberProperty("objects", agent.objects());
        json.writeNumberProperty("events", agent.events());
        json.writeNumberProperty("duplicates", agent.duplicates());
        json.writeNumberProperty("renumbered", agent.renumbered());
        json.writeNumberProperty("bad_lines", agent.badLines());
        json.writeNumberProperty("damaged", agent.damaged());
        json.writeEndObject();
    }
}
