// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import dev.hotlog.event.EventView;
import dev.hotlog.event.SessionFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tells which events' sessions a filter means, asking for each session's facts once.
///
/// For one thread. A session whose facts are not known yet is asked for again: beside a live writer they may still
/// come.
final class SessionGate {
    private final SessionFilter filter;
    private final Function<String, SessionFacts> factsOf;
    private final Map<String, Boolean> known = new HashMap<>();
    private @Nullable String lastId;
    private boolean lastAnswer;

    SessionGate(SessionFilter filter, Function<String, SessionFacts> factsOf) {
        this.filter = filter;
        this.factsOf = factsOf;
    }

    boolean accepts(EventView event) {
        if (filter.isAll()) {
            return true;
        }
        // Neighbours are mostly of one session: its id is compared with the bytes, without making a text of them.
        String last = lastId;
        if (last != null && event.isOfSession(last)) {
            return lastAnswer;
        }
        return accepts(event.sessionId());
    }

    boolean accepts(String sessionId) {
        if (!filter.acceptsId(sessionId)) {
            return false;
        }
        if (!filter.asksFacts()) {
            return true;
        }
        Boolean before = known.get(sessionId);
        if (before != null) {
            return remember(sessionId, before);
        }
        SessionFacts facts = factsOf.apply(sessionId);
        boolean answer = filter.accepts(facts);
        if (facts.facts().isEmpty()) {
            return answer;
        }
        known.put(sessionId, answer);
        return remember(sessionId, answer);
    }

    private boolean remember(String sessionId, boolean answer) {
        lastId = sessionId;
        lastAnswer = answer;
        return answer;
    }
}
