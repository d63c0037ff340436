// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import static dev.hotlog.agents.homes.Workplace.json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Factory's Droid: lines without figures, and beside them the totals of the session, written anew with each call.
final class DroidAtWork implements AgentAtWork {
    private static final String AGENT = "droid";

    private final Workplace place;
    private final Map<String, Call> totals = new HashMap<>();

    DroidAtWork(Workplace place) {
        this.place = place;
    }

    /// The sessions that were copied end there: of totals that part nobody could tell the sum.
    @Override
    public AgentAtWork on(Workplace other) {
        return new DroidAtWork(other);
    }

    @Override
    public void step() {
        if (totals.isEmpty() || place.chance(0.05)) {
            String session = place.uuid();
            totals.put(session, Call.NONE);
            line(session, json("{'type':'session_start','id':'%s','cwd':'/w','version':2}", session));
            return;
        }
        String session = place.oneOf(List.copyOf(totals.keySet()));
        line(
                session,
                json(
                        "{'type':'message','id':'%s','timestamp':'%s','message':{'role':'assistant','content':"
                                + "[{'type':'text','text':'größer'}]}}",
                        place.uuid(), place.time()));
        if (place.chance(0.7)) {
            call(session);
        }
    }

    private void line(String session, String line) {
        place.disk.line(path(session) + ".jsonl", line);
    }

    private static String path(String session) {
        return ".factory/sessions/-w/" + session;
    }

    private void call(String session) {
        Call call = Call.byChance(place);
        call.tell(place.truth, AGENT);
        Call all = totals.merge(session, call, Call::plus);
        place.disk.rewrite(
                path(session) + ".settings.json",
                json(
                        "{'model':'m','tokenUsage':{'inputTokens':%d,'outputTokens':%d,'cacheReadTokens':%d,"
                                + "'cacheCreationTokens':%d}}",
                        all.in(), all.out(), all.read(), all.written()));
    }
}
