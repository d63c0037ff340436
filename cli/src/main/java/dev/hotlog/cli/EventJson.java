// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.JsonText;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Json;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// Events as JSON Lines: one object a line, absent fields left out, the payload as its writer wrote it. What
/// [EventLine] reads back.
final class EventJson {
    private final Page page;

    EventJson(Page page) {
        this.page = page;
    }

    /// Writes one line.
    void write(EventView event) throws IOException {
        JsonGenerator json = page.json();
        json.writeStartObject();
        json.writeNumberProperty("offset", event.offset());
        json.writeStringProperty("session_id", event.sessionId());
        Unsigned.write(json, "seq", event.seq());
        Unsigned.write(json, "ts_ms", event.tsMillis());
        json.writeBooleanProperty("ts_exact", event.tsExact());
        json.writeStringProperty("kind", event.kind().name());
        json.writeStringProperty("source", event.source().name());
        text(json, "model", event.model());
        text(json, "tool", event.tool());
        text(json, "tool_call_id", event.toolCallId());
        text(json, "stop_reason", event.stopReason());
        for (Measure measure : Measure.ALL) {
            if (event.has(measure)) {
                json.writeNumberProperty(measure.jsonName(), event.measure(measure));
            }
        }
        if (event.payloadLengthBytes() > 0) {
            payload(json, event.payload());
        }
        json.writeEndObject();
        page.endJson();
    }

    private static void text(JsonGenerator json, String name, Optional<String> value) {
        value.ifPresent(text -> json.writeStringProperty(name, text));
    }

    /// The payload's bytes as they are; in JSON a line break can only be between tokens, where a space does as
    /// well. What is not JSON after all is told as a text, so that every line can be read.
    private void payload(JsonGenerator json, Json payload) throws IOException {
        byte[] bytes = payload.toBytes();
        if (JsonText.of(bytes).isEmpty()) {
            json.writeStringProperty("payload_text", new String(bytes, StandardCharsets.UTF_8));
            return;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                bytes[i] = ' ';
            }
        }
        json.writeName("payload");
        // Nothing, so that name and colon are out and the generator knows that a value was there.
        json.writeRawValue("");
        page.rawJson(bytes);
    }
}
