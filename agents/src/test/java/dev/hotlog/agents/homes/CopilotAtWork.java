// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import static dev.hotlog.agents.homes.Workplace.json;

import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.List;

/// Copilot CLI: messages that tell their output or do not, and ends that tell all of a run; runs that are killed tell
/// nothing more.
final class CopilotAtWork implements AgentAtWork {
    private static final String AGENT = "copilot-cli";

    private static final class Session {
        final String id;
        boolean runs = true;
        long input;
        long read;
        long written;
        long output;
        /// The part of the output that messages have told.
        long told;

        Session(String id) {
            this.id = id;
        }

        String path() {
            return ".copilot/session-state/" + id + "/events.jsonl";
        }

        void newRun() {
            input = read = written = output = told = 0;
        }
    }

    private final Workplace place;
    private final List<Session> sessions = new ArrayList<>();

    CopilotAtWork(Workplace place) {
        this.place = place;
    }

    /// The copies are of runs that ended with the copying.
    @Override
    public AgentAtWork on(Workplace other) {
        CopilotAtWork copy = new CopilotAtWork(other);
        for (Session session : sessions) {
            Session copied = new Session(session.id);
            copied.runs = false;
            copy.sessions.add(copied);
        }
        return copy;
    }

    @Override
    public void step() {
        if (sessions.isEmpty() || place.chance(0.05)) {
            Session session = new Session(place.uuid());
            sessions.add(session);
            line(
                    session,
                    "session.start",
                    json("'sessionId':'%s','copilotVersion':'1','selectedModel':'m'", session.id));
            return;
        }
        Session session = place.oneOf(sessions);
        if (!session.runs) {
            session.runs = true;
            session.newRun();
            line(session, "session.resume", json("'context':{'cwd':'/w'}"));
            return;
        }
        switch (place.random.nextInt(8)) {
            case 0 -> line(session, "user.message", json("'content':'größer'"));
            case 1 -> shutDown(session);
            case 2 -> session.runs = false;
            default -> call(session);
        }
    }

    private void line(Session session, String type, String data) {
        place.disk.line(
                session.path(),
                json("{'type':'%s','id':'%s','timestamp':'%s','data':{%s}}", type, place.uuid(), place.time(), data));
    }

    private void call(Session session) {
        session.read += place.tokens(50_000);
        session.written += place.tokens(5_000);
        session.input += place.tokens(5_000);
        long output = place.tokens(5_000);
        session.output += output;
        String message = json("'messageId':'%s','model':'m','content':'so'", place.uuid());
        if (place.chance(0.2)) {
            line(session, "assistant.message", message);
            return;
        }
        session.told += output;
        place.truth.add(AGENT, Measure.TOKENS_OUT, output);
        for (int parts = 1 + place.random.nextInt(2); parts > 0; parts--) {
            line(session, "assistant.message", json("%s,'outputTokens':%d", message, output));
        }
    }

    private void shutDown(Session session) {
        session.runs = false;
        place.truth.add(AGENT, Measure.TOKENS_IN, session.input);
        place.truth.add(AGENT, Measure.CACHE_READ_TOKENS, session.read);
        place.truth.add(AGENT, Measure.CACHE_CREATION_TOKENS, session.written);
        place.truth.add(AGENT, Measure.TOKENS_OUT, session.output - session.told);
        line(
                session,
                "session.shutdown",
                json(
                        "'modelMetrics':{'m':{'usage':{'inputTokens':%d,'outputTokens':%d,'cacheReadTokens':%d,"
                                + "'cacheWriteTokens':%d}}}",
                        session.input + session.read + session.written, session.output, session.read, session.written));
    }
}
