// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import static dev.hotlog.agents.homes.Workplace.json;

import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.List;

/// Pi, and OpenClaw, which is made of it: branches that begin with a copy of their parent's lines, and, of OpenClaw,
/// sessions that are renamed when they are deleted.
final class PiAtWork implements AgentAtWork {
    private static final String OPEN_CLAW = "openclaw";

    private record Session(String id, String path) {}

    private final Workplace place;
    private final String agent;
    private final List<Session> sessions = new ArrayList<>();

    private PiAtWork(Workplace place, String agent) {
        this.place = place;
        this.agent = agent;
    }

    static PiAtWork pi(Workplace place) {
        return new PiAtWork(place, "pi");
    }

    static PiAtWork openClaw(Workplace place) {
        return new PiAtWork(place, OPEN_CLAW);
    }

    @Override
    public AgentAtWork on(Workplace other) {
        PiAtWork copy = new PiAtWork(other, agent);
        copy.sessions.addAll(sessions);
        return copy;
    }

    @Override
    public void step() {
        if (sessions.isEmpty() || place.chance(0.05)) {
            start("");
            return;
        }
        Session session = place.oneOf(sessions);
        switch (place.random.nextInt(10)) {
            case 0 ->
                line(session, "message", json("'message':{'role':'user','content':[{'type':'text','text':'hi'}]}"));
            case 1 -> line(session, "compaction", json("'summary':'so far','tokensBefore':7777"));
            case 2 -> branch(session);
            case 3 -> delete(session);
            default -> call(session);
        }
    }

    private Session start(String more) {
        String id = place.uuid();
        String folder = agent.equals(OPEN_CLAW) ? ".openclaw/agents/main/sessions/" : ".pi/agent/sessions/--w--/2026_";
        Session session = new Session(id, folder + id + ".jsonl");
        sessions.add(session);
        line(session, "session", json("'id':'%s','cwd':'/w','provider':'p','modelId':'m'%s", id, more));
        return session;
    }

    private void line(Session session, String type, String more) {
        place.disk.line(session.path, json("{'type':'%s','timestamp':'%s',%s}", type, place.time(), more));
    }

    private void call(Session session) {
        long in = place.tokens(5_000);
        long out = place.tokens(5_000);
        long read = place.tokens(50_000);
        long written = place.tokens(5_000);
        place.truth.add(agent, Measure.TOKENS_IN, in);
        place.truth.add(agent, Measure.TOKENS_OUT, out);
        place.truth.add(agent, Measure.CACHE_READ_TOKENS, read);
        place.truth.add(agent, Measure.CACHE_CREATION_TOKENS, written);
        line(
                session,
                "message",
                json(
                        "'message':{'role':'assistant','model':'m','content':[{'type':'text','text':'größer'}],"
                                + "'usage':{'input':%d,'output':%d,'cacheRead':%d,'cacheWrite':%d}}",
                        in, out, read, written));
    }

    private void branch(Session parent) {
        List<String> lines = place.disk.lines(parent.path);
        Session branch = start(json(",'branchedFrom':'%s'", parent.path));
        for (String line : lines.subList(1, 1 + place.random.nextInt(lines.size()))) {
            place.disk.line(branch.path, line);
        }
    }

    private void delete(Session session) {
        if (agent.equals(OPEN_CLAW)) {
            place.disk.move(session.path, session.path + ".deleted.2026-03-02T08-00-00");
            sessions.remove(session);
        }
    }
}
