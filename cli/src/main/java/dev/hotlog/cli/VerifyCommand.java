// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/// Every byte checked, nothing changed.
final class VerifyCommand implements VerbCommand {
    final JsonOption json = new JsonOption();

    private final Desk desk;

    VerifyCommand(Desk desk) {
        this.desk = desk;
    }

    /// What there is to say of a log in one word.
    private enum Verdict {
        SOUND(Exit.FINE, Colour.GREEN),
        TORN(Exit.NO, Colour.YELLOW),
        DAMAGED(Exit.DAMAGED, Colour.RED);

        private final int exitCode;
        private final Colour colour;

        Verdict(int exitCode, Colour colour) {
            this.exitCode = exitCode;
            this.colour = colour;
        }

        static Verdict of(VerifyReport report) {
            return report.isSound() ? SOUND : report.damage().isEmpty() ? TORN : DAMAGED;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public void declare(Options options) {
        json.declare(options);
        options.footer("Exit code 0: sound; 1: only a torn end, which the next writer cuts off; 3: damaged.");
    }

    @Override
    public Integer call() throws IOException {
        Progress progress = new Progress(desk, "checked");
        VerifyReport report;
        try {
            report = HotLogReader.verify(desk.directory(), progress::done);
        } finally {
            desk.talk().endProgress();
        }
        Verdict verdict = Verdict.of(report);
        Findings findings = new Findings(report.damage(), report.losses());
        if (json.on) {
            write(report, verdict, findings);
        } else {
            findings.print(desk);
            print(report, verdict);
        }
        return verdict.exitCode;
    }

    private void print(VerifyReport report, Verdict verdict) throws IOException {
        if (report.tornBytes() > 0) {
            Findings.line(
                    desk,
                    Colour.YELLOW,
                    "torn",
                    Figures.count(report.tornBytes(), "byte")
                            + " at the end were never finished; the next writer cuts them off (file="
                            + report.tornFile()
                            + ", position=" + report.tornPosition() + ")");
        }
        if (report.lostEvents() > 0) {
            Findings.line(
                    desk,
                    Colour.DIM,
                    "before",
                    Figures.count(report.lostEvents(), "event") + " put down as lost by earlier repairs");
        }
        Findings.line(
                desk,
                verdict.colour,
                verdict.word(),
                Figures.count(report.events(), "event") + " in " + Figures.count(report.segments(), "segment") + "; "
                        + Figures.bytes(report.bytes()) + " checked");
        if (verdict == Verdict.DAMAGED) {
            desk.page().flush();
            desk.talk().say("'" + desk.command() + " repair' moves what is damaged aside and keeps everything else");
        }
    }

    private void write(VerifyReport report, Verdict verdict, Findings findings) throws IOException {
        JsonGenerator out = desk.page().json();
        out.writeStartObject();
        out.writeStringProperty("result", verdict.word());
        out.writeNumberProperty("events", report.events());
        out.writeNumberProperty("segments", report.segments());
        out.writeNumberProperty("bytes", report.bytes());
        out.writeNumberProperty("lost_before", report.lostEvents());
        out.writeNumberProperty("torn_bytes", report.tornBytes());
        if (report.tornBytes() > 0) {
            out.writeStringProperty("torn_file", report.tornFile());
            out.writeNumberProperty("torn_position", report.tornPosition());
        }
        findings.write(out);
        out.writeEndObject();
        desk.page().endJson();
    }
}
