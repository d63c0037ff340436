// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import static dev.hotlog.agents.homes.Workplace.json;

import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.List;

/// Gemini CLI: documents that are written anew with every message, and lines on which a message is told again when its
/// tools are done.
final class GeminiAtWork implements AgentAtWork {
    private static final String AGENT = "gemini-cli";
    private static final String TOOLS = "'toolCalls':[]";

    /// @param asLines whether its file is one of lines
    private record Session(String id, boolean asLines, List<String> messages) {
        String path() {
            return ".gemini/tmp/w/chats/session-2026-03-02T08-00-" + id + (asLines ? ".jsonl" : ".json");
        }

        String header(String more) {
            return json(
                    "{'sessionId':'%s','projectHash':'w','startTime':'2026-03-02T08:00:00.000Z','kind':'main'%s}",
                    id, more);
        }
    }

    private final Workplace place;
    private final List<Session> sessions = new ArrayList<>();

    GeminiAtWork(Workplace place) {
        this.place = place;
    }

    @Override
    public AgentAtWork on(Workplace other) {
        GeminiAtWork copy = new GeminiAtWork(other);
        sessions.forEach(session ->
                copy.sessions.add(new Session(session.id, session.asLines, new ArrayList<>(session.messages))));
        return copy;
    }

    @Override
    public void step() {
        if (sessions.isEmpty() || place.chance(0.05)) {
            Session session = new Session(place.uuid(), place.chance(0.5), new ArrayList<>());
            sessions.add(session);
            if (session.asLines) {
                place.disk.line(session.path(), session.header(""));
            }
            return;
        }
        Session session = place.oneOf(sessions);
        switch (place.random.nextInt(6)) {
            case 0 ->
                tell(
                        session,
                        json(
                                "{'id':'%s','timestamp':'%s','type':'user','content':'größer'}",
                                place.uuid(), place.time()));
            case 1 -> toolsAreDone(session);
            case 2 -> {
                if (session.asLines) {
                    place.disk.line(session.path(), json("{'$set':{'lastUpdated':'%s'}}", place.time()));
                }
            }
            default -> call(session);
        }
    }

    private void tell(Session session, String message) {
        session.messages.add(message);
        write(session, message);
    }

    private void write(Session session, String message) {
        if (session.asLines) {
            place.disk.line(session.path(), message);
        } else {
            String all = json(",'messages':[%s]", String.join(",", session.messages));
            place.disk.rewrite(session.path(), session.header(all));
        }
    }

    private void call(Session session) {
        long input = place.tokens(50_000);
        long cached = place.tokens((int) input);
        long output = place.tokens(5_000);
        long thoughts = place.tokens(5_000);
        long tool = place.tokens(500);
        place.truth.add(AGENT, Measure.TOKENS_IN, input - cached + tool);
        place.truth.add(AGENT, Measure.CACHE_READ_TOKENS, cached);
        place.truth.add(AGENT, Measure.TOKENS_OUT, output + thoughts);
        place.truth.add(AGENT, Measure.REASONING_TOKENS, thoughts);
        tell(
                session,
                json(
                        "{'id':'%s','timestamp':'%s','type':'gemini','model':'m','content':'so','tokens':{'input':%d,"
                                + "'cached':%d,'output':%d,'thoughts':%d,'tool':%d,'total':%d},%s}",
                        place.uuid(),
                        place.time(),
                        input,
                        cached,
                        output,
                        thoughts,
                        tool,
                        input + output + thoughts + tool,
                        TOOLS));
    }

    private void toolsAreDone(Session session) {
        if (!session.messages.isEmpty()) {
            int last = session.messages.size() - 1;
            String call = json("'toolCalls':[{'id':'c','name':'ls','status':'success','result':[],'args':{}}]");
            session.messages.set(last, session.messages.get(last).replace(json(TOOLS), call));
            write(session, session.messages.get(last));
        }
    }
}
