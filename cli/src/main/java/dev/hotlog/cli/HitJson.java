// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.search.Hit;
import dev.hotlog.event.Event;
import dev.hotlog.event.SessionFacts;
import java.io.IOException;
import tools.jackson.core.JsonGenerator;

/// What a search finds as JSON Lines: whose event it is, and the text before, at and after the place.
final class HitJson implements HitPrinter {
    private final Page page;
    private final History history;

    HitJson(Page page, History history) {
        this.page = page;
        this.history = history;
    }

    @Override
    public void print(Hit hit) throws IOException {
        Event event = hit.event();
        JsonGenerator json = page.json();
        json.writeStartObject();
        json.writeNumberProperty("offset", hit.offset());
        json.writeStringProperty("session_id", event.sessionId());
        Unsigned.write(json, "seq", event.seq());
        Unsigned.write(json, "ts_ms", event.tsMillis());
        json.writeBooleanProperty("ts_exact", event.tsExact());
        json.writeStringProperty("kind", event.kind().name());
        history.facts(event.sessionId())
                .fact(SessionFacts.AGENT)
                .ifPresent(agent -> json.writeStringProperty("agent", agent));
        event.tool().ifPresent(tool -> json.writeStringProperty("tool", tool));
        json.writeStringProperty("before", hit.excerpt().before());
        json.writeStringProperty("match", hit.excerpt().match());
        json.writeStringProperty("after", hit.excerpt().after());
        json.writeEndObject();
        page.endJson();
    }
}
