// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import static dev.hotlog.agents.homes.Workplace.json;

import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.List;

/// Codex: totals that grow, are told again, miss a call or begin anew; resumes, forks with their parent's history or
/// its total alone, subagents, compactions, and sessions that are moved or copied to the archive.
final class CodexAtWork implements AgentAtWork {
    private static final String AGENT = "codex";
    private static final String SESSIONS = ".codex/sessions/2026/03/02/";
    private static final String ARCHIVE = ".codex/archived_sessions/";
    private static final int MOST_INPUT = 20_000;

    private record Totals(long input, long cached, long output, long reasoning) {
        static final Totals NONE = new Totals(0, 0, 0, 0);

        Totals plus(Totals more) {
            return new Totals(
                    input + more.input, cached + more.cached, output + more.output, reasoning + more.reasoning);
        }

        String json() {
            return Workplace.json(
                    "{'input_tokens':%d,'cached_input_tokens':%d,'output_tokens':%d,'reasoning_output_tokens':%d,"
                            + "'total_tokens':%d}",
                    input, cached, output, reasoning, input + output);
        }
    }

    private static final class Session {
        final String id;
        final String name;
        final String meta;
        String path;
        Totals told = Totals.NONE;
        Totals last = Totals.NONE;
        Totals untold = Totals.NONE;
        /// Whether its file does not tell where it began: its first call is the one that was last, so none is left out.
        boolean inherits;

        Session(String id, String meta) {
            this.id = id;
            this.meta = meta;
            name = "rollout-2026-03-02T08-00-00-" + id + ".jsonl";
            path = SESSIONS + name;
        }

        /// What has not been told is lost to whoever takes the session up from its file.
        Session takenUp() {
            Session copy = new Session(id, meta);
            copy.path = path;
            copy.told = told;
            copy.last = last;
            copy.inherits = inherits;
            return copy;
        }
    }

    private final Workplace place;
    private final List<Session> sessions = new ArrayList<>();

    CodexAtWork(Workplace place) {
        this.place = place;
    }

    @Override
    public AgentAtWork on(Workplace other) {
        CodexAtWork copy = new CodexAtWork(other);
        sessions.forEach(session -> copy.sessions.add(session.takenUp()));
        return copy;
    }

    @Override
    public void step() {
        if (sessions.isEmpty() || place.chance(0.03)) {
            begin("");
            return;
        }
        Session session = place.oneOf(sessions);
        switch (place.random.nextInt(15)) {
            case 0, 1 -> line(session, "event_msg", json("{'type':'user_message','message':'größer %s'}", place.hex()));
            case 2 -> tokenCount(session);
            case 3 -> line(session, "event_msg", json("{'type':'token_count','info':null,'rate_limits':{}}"));
            case 4 -> compaction(session);
            case 5 -> resume(session);
            case 6 -> fork(session);
            case 7 -> subagent(session);
            case 8 -> archive(session);
            default -> call(session);
        }
    }

    private Session begin(String more) {
        String id = place.uuid();
        Session session = new Session(id, json("{'id':'%s','cwd':'/w','cli_version':'0.99.0'%s}", id, more));
        sessions.add(session);
        line(session, "session_meta", session.meta);
        line(session, "turn_context", json("{'cwd':'/w','model':'gpt-5.5'}"));
        return session;
    }

    private void line(Session session, String type, String payload) {
        place.disk.line(session.path, json("{'timestamp':'%s','type':'%s','payload':%s}", place.time(), type, payload));
    }

    private void call(Session session) {
        line(session, "response_item", json("{'type':'message','role':'assistant','content':[]}"));
        long input = place.tokens(MOST_INPUT);
        long output = place.tokens(MOST_INPUT);
        session.last = new Totals(input, place.tokens((int) input), output, place.tokens((int) output));
        session.untold = session.untold.plus(session.last);
        if (session.inherits || place.chance(0.9)) {
            tokenCount(session);
        }
    }

    /// Tells the total: what it was before, when there was no call since.
    private void tokenCount(Session session) {
        if (session.untold.equals(Totals.NONE) && (session.inherits || session.told.equals(Totals.NONE))) {
            return;
        }
        session.told = session.told.plus(session.untold);
        Totals used = session.untold;
        session.untold = Totals.NONE;
        session.inherits = false;
        place.truth.add(AGENT, Measure.TOKENS_IN, used.input - used.cached);
        place.truth.add(AGENT, Measure.CACHE_READ_TOKENS, used.cached);
        place.truth.add(AGENT, Measure.TOKENS_OUT, used.output);
        place.truth.add(AGENT, Measure.REASONING_TOKENS, used.reasoning);
        line(
                session,
                "event_msg",
                json(
                        "{'type':'token_count','info':{'total_token_usage':%s,'last_token_usage':%s}}",
                        session.told.json(), session.last.json()));
    }

    private void compaction(Session session) {
        place.disk.line(
                session.path,
                json(
                        "{'timestamp':'%s','type':'compacted','payload':{'message':'','replacement_history':"
                                + "[{'type':'message','role':'user','content':[]}]}}",
                        place.time()));
        line(session, "event_msg", json("{'type':'context_compacted'}"));
    }

    /// The first line is told again. The total may begin anew, which shows when it falls.
    private void resume(Session session) {
        session.untold = Totals.NONE;
        line(session, "session_meta", session.meta);
        if (!session.inherits && session.told.input > MOST_INPUT && place.chance(0.3)) {
            session.told = Totals.NONE;
            // Until it is told, a total has not fallen.
            call(session);
            tokenCount(session);
        }
    }

    private void fork(Session parent) {
        List<String> history = place.disk.lines(parent.path);
        Session fork = begin(json(",'forked_from_id':'%s'", parent.id));
        fork.told = parent.told;
        fork.last = parent.last;
        boolean copied = place.chance(0.7);
        if (copied) {
            history.forEach(line -> place.disk.line(fork.path, line));
        }
        fork.inherits = !copied || parent.inherits;
    }

    private void subagent(Session parent) {
        List<String> history = place.disk.lines(parent.path);
        Session subagent = begin(json(
                ",'thread_source':'subagent','source':{'subagent':{'thread_spawn':{'parent_thread_id':'%s'}}}",
                parent.id));
        boolean copied = place.chance(0.5);
        if (copied) {
            history.forEach(line -> place.disk.line(subagent.path, line));
            subagent.told = parent.told;
            subagent.last = parent.last;
        }
        subagent.inherits = !copied || parent.inherits;
    }

    private void archive(Session session) {
        String archived = ARCHIVE + session.name;
        if (place.chance(0.5)) {
            if (session.path.startsWith(SESSIONS)) {
                place.disk.rewrite(archived, place.disk.text(session.path));
            }
            return;
        }
        String to = session.path.equals(archived) ? SESSIONS + session.name : archived;
        place.disk.move(session.path, to);
        session.path = to;
    }
}
