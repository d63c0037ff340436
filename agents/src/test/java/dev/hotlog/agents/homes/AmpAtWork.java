// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import static dev.hotlog.agents.homes.Workplace.json;

import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.List;

/// Amp: threads that are written anew while the model answers, and a ledger that tells again what messages tell, and
/// what some of them do not.
final class AmpAtWork implements AgentAtWork {
    private static final String AGENT = "amp";
    private static final String STREAMING = json(",'state':{'type':'streaming'}");

    /// @param messages as JSON, each without its end
    /// @param ledger of what they used, as JSON
    private record Session(String id, List<String> messages, List<String> ledger) {}

    private final Workplace place;
    private final List<Session> sessions = new ArrayList<>();

    AmpAtWork(Workplace place) {
        this.place = place;
    }

    /// The threads that were copied end there: it is the ledger's word that none goes on in two places.
    @Override
    public AgentAtWork on(Workplace other) {
        return new AmpAtWork(other);
    }

    @Override
    public void step() {
        if (sessions.isEmpty() || place.chance(0.05)) {
            sessions.add(new Session("T-" + place.uuid(), new ArrayList<>(), new ArrayList<>()));
        }
        Session session = place.oneOf(sessions);
        if (place.chance(0.2)) {
            add(session, "user", json(",'meta':{'sentAt':%d}", place.millis()));
        } else {
            call(session);
        }
    }

    private void add(Session session, String role, String more) {
        session.messages.add(json(
                        "{'role':'%s','messageId':%d,'content':[{'type':'text','text':'größer'}]",
                        role, session.messages.size())
                + more);
        write(session);
    }

    /// The message, while it is in the writing and when it is done; the ledger comes at its end.
    private void call(Session session) {
        int number = session.messages.size();
        add(session, "assistant", STREAMING);
        boolean inLedgerAlone = place.chance(0.3);
        Call call = Call.byChance(place);
        if (inLedgerAlone) {
            place.truth.add(AGENT, Measure.TOKENS_IN, call.in());
            place.truth.add(AGENT, Measure.TOKENS_OUT, call.out());
        } else {
            call.tell(place.truth, AGENT);
        }
        String usage = json(
                ",'usage':{'model':'m','timestamp':'%s','inputTokens':%d,'outputTokens':%d,'cacheReadInputTokens':%d,"
                        + "'cacheCreationInputTokens':%d}",
                place.time(), call.in(), call.out(), call.read(), call.written());
        session.messages.set(number, session.messages.get(number).replace(STREAMING, inLedgerAlone ? "" : usage));
        write(session);
        session.ledger.add(json(
                "{'id':'%s','timestamp':'%s','model':'m','toMessageId':%d,'tokens':{'input':%d,'output':%d}}",
                place.uuid(), place.time(), number, call.in(), call.out()));
        write(session);
    }

    private void write(Session session) {
        place.disk.rewrite(
                ".local/share/amp/threads/" + session.id + ".json",
                json(
                        "{'id':'%s','created':1772400000000,'messages':[%s],'usageLedger':{'events':[%s]}}",
                        session.id,
                        String.join(
                                ",",
                                session.messages.stream()
                                        .map(message -> message + "}")
                                        .toList()),
                        String.join(",", session.ledger)));
    }
}
