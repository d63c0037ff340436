// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.Damage;
import dev.hotlog.event.SessionLoss;
import java.io.IOException;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// What is damaged, where, and whose events it costs.
///
/// @param losses by session, as far as it is known
record Findings(List<Damage> damage, List<SessionLoss> losses) {
    private static final int LABEL_COLUMNS = 9;

    /// One line each.
    void print(Desk desk) throws IOException {
        for (Damage each : damage) {
            line(desk, Colour.RED, "damage", each.toString());
        }
        for (SessionLoss loss : losses) {
            line(desk, Colour.RED, "loss", Figures.count(loss.events(), "event") + " of session " + loss.sessionId());
        }
    }

    /// One line below others of its sort.
    static void line(Desk desk, Colour colour, String label, String text) throws IOException {
        String gap = " ".repeat(LABEL_COLUMNS - label.length());
        desk.page().line(desk.ink().paint(colour, label) + gap + Printable.line(text));
    }

    /// As two members of an object.
    void write(JsonGenerator json) {
        json.writeArrayPropertyStart("damage");
        for (Damage each : damage) {
            json.writeStartObject();
            json.writeStringProperty("problem", each.problem());
            json.writeStringProperty("file", each.file());
            json.writeNumberProperty("position", each.position());
            json.writeNumberProperty("bytes", each.lengthBytes());
            json.writeNumberProperty("lost_events", each.lostEvents());
            if (each.lostEvents() > 0) {
                json.writeNumberProperty("first_offset", each.firstOffset());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("losses");
        for (SessionLoss loss : losses) {
            json.writeStartObject();
            json.writeStringProperty("session_id", loss.sessionId());
            json.writeNumberProperty("events", loss.events());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
