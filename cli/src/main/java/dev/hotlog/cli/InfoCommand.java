// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.log.HotLogReader;
import dev.hotlog.log.LogInfo;
import java.io.IOException;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/// The log at a glance.
final class InfoCommand implements VerbCommand {
    final JsonOption json = new JsonOption();

    private final Desk desk;

    InfoCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        json.declare(options);
    }

    @Override
    public Integer call() throws IOException {
        try (HotLogReader log = HotLogReader.open(desk.directory())) {
            if (json.on) {
                writeJson(log.info());
            } else {
                print(log.info());
            }
            desk.page().flush();
            return DamageSeen.in(log.damage(), desk).exitCode();
        }
    }

    private void print(LogInfo info) throws IOException {
        field("folder", info.directory().toString());
        field("log", info.logId().toString());
        field("segments", Figures.count(info.segments()));
        field("size", Figures.bytes(info.bytes()));
        field("events", Figures.count(info.events()));
        field("sessions", Figures.count(info.sessions()));
        field("offsets", info.events() == 0 ? Figures.ABSENT : info.firstOffset() + " to " + (info.nextOffset() - 1));
        field("oldest", time(info.oldestMillis()));
        field("newest", time(info.newestMillis()));
        field("recovery", recovery(info));
    }

    private String recovery(LogInfo info) {
        if (info.lastRecoveryMillis() < 0) {
            return "never needed";
        }
        String kept = info.tornFiles() == 0
                ? ""
                : "; " + Figures.count(info.tornFiles(), "torn end") + " cut off and kept beside the log";
        return time(info.lastRecoveryMillis()) + kept;
    }

    private String time(long millis) {
        return Moments.minutes(desk.zone()).textAndAge(millis, desk.now().toEpochMilli());
    }

    private void field(String name, String value) throws IOException {
        desk.page()
                .line(desk.ink().paint(Colour.DIM, String.format(Locale.ROOT, "%-10s", name)) + Printable.line(value));
    }

    private void writeJson(LogInfo info) throws IOException {
        JsonGenerator out = desk.page().json();
        out.writeStartObject();
        out.writeStringProperty("directory", info.directory().toString());
        out.writeStringProperty("log_id", info.logId().toString());
        out.writeNumberProperty("segments", info.segments());
        out.writeNumberProperty("bytes", info.bytes());
        out.writeNumberProperty("events", info.events());
        out.writeNumberProperty("sessions", info.sessions());
        out.writeNumberProperty("first_offset", info.firstOffset());
        out.writeNumberProperty("next_offset", info.nextOffset());
        if (info.oldestMillis() >= 0) {
            out.writeNumberProperty("oldest_ts_ms", info.oldestMillis());
            out.writeNumberProperty("newest_ts_ms", info.newestMillis());
        }
        if (info.lastRecoveryMillis() >= 0) {
            out.writeNumberProperty("last_recovery_ms", info.lastRecoveryMillis());
        }
        out.writeNumberProperty("torn_files", info.tornFiles());
        out.writeEndObject();
        desk.page().endJson();
    }
}
