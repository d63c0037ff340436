// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.RepairReport;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.core.JsonGenerator;

/// Damage moved aside, indexes made anew.
final class RepairCommand implements VerbCommand {
    final JsonOption json = new JsonOption();

    private final Desk desk;

    RepairCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        json.declare(options);
        options.footer("Nothing that can be read is lost; what was damaged is kept in files beside the log.");
    }

    @Override
    public Integer call() throws IOException {
        RepairReport report = HotLog.repair(desk.directory());
        Findings findings = new Findings(report.damage(), report.losses());
        if (json.on) {
            write(report, findings);
        } else {
            findings.print(desk);
            print(report);
        }
        return Exit.FINE;
    }

    private void print(RepairReport report) throws IOException {
        if (report.tornBytes() > 0) {
            Findings.line(
                    desk,
                    Colour.YELLOW,
                    "torn",
                    Figures.count(report.tornBytes(), "byte") + " cut off the end, and kept");
        }
        for (Path kept : report.movedAside()) {
            Findings.line(desk, Colour.YELLOW, "kept", kept.toString());
        }
        String done = report.isUnchanged()
                ? "nothing to do"
                : Figures.count(report.segmentsRewritten(), "segment") + " and "
                        + Figures.count(report.indexesRebuilt()) + " of the indexes made anew";
        String lost = report.lostEvents() == 0 ? "" : ", at most " + Figures.count(report.lostEvents()) + " lost";
        Findings.line(desk, Colour.GREEN, "sound", done + "; " + Figures.count(report.events(), "event") + lost);
    }

    private void write(RepairReport report, Findings findings) throws IOException {
        JsonGenerator out = desk.page().json();
        out.writeStartObject();
        out.writeNumberProperty("events", report.events());
        out.writeNumberProperty("lost_events", report.lostEvents());
        out.writeNumberProperty("torn_bytes", report.tornBytes());
        out.writeNumberProperty("segments_rewritten", report.segmentsRewritten());
        out.writeNumberProperty("indexes_rebuilt", report.indexesRebuilt());
        findings.write(out);
        out.writeArrayPropertyStart("moved_aside");
        report.movedAside().forEach(path -> out.writeString(path.toString()));
        out.writeEndArray();
        out.writeEndObject();
        desk.page().endJson();
    }
}
