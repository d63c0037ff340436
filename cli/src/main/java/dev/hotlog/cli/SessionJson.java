// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.price.Cost;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// A session's summary as members of an object.
final class SessionJson {
    private SessionJson() {}

    static void write(JsonGenerator json, SessionSummary session, Cost cost) {
        json.writeStringProperty("session_id", session.sessionId());
        for (Map.Entry<String, String> fact : session.facts().facts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            // The folder a session worked in is its project, here as in reports.
            json.writeStringProperty(
                    fact.getKey().equals(SessionFacts.WORKSPACE) ? "project" : fact.getKey(), fact.getValue());
        }
        json.writeNumberProperty("first_ts_ms", session.firstTsMillis());
        json.writeNumberProperty("last_ts_ms", session.lastTsMillis());
        json.writeNumberProperty("first_offset", session.firstOffset());
        json.writeNumberProperty("last_offset", session.lastOffset());
        Unsigned.write(json, "last_seq", session.lastSeq());
        json.writeNumberProperty("events", session.totals().events());
        json.writeNumberProperty("errors", session.totals().errors());
        Money.write(json, session.totals()::sum, cost);
    }
}
