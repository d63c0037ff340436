// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import static dev.hotlog.agents.homes.Workplace.json;

import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.List;

/// Claude Code: answers over several lines with growing figures, forks, resumes into new files, side questions, three
/// generations of subagents, what parents tell of these, compactions, repeated and broken lines.
final class ClaudeCodeAtWork implements AgentAtWork {
    private static final String AGENT = "claude-code";
    private static final int MOST_LINES = 5;

    /// A call to the model; most are told on more than one line.
    private static final class Call {
        final String message;
        final String request;
        final String usage;
        long output;
        int linesLeft;

        Call(String message, String request, String usage, int linesLeft) {
            this.message = message;
            this.request = request;
            this.usage = usage;
            this.linesLeft = linesLeft;
        }
    }

    /// A conversation, or a subagent's part of one.
    ///
    /// @param id as its lines have it: of a subagent, that of its parent
    /// @param path of the file that tells it; empty when its parent's alone does
    /// @param parentPath of the file in which its parent tells of it as it goes; empty when none does
    /// @param subagent its id; empty when it is none
    private record Session(String id, String path, String parentPath, String subagent, boolean namesRequests) {}

    private static final class Running {
        final Session session;
        /// What is being told; null between calls.
        Call call;

        Running(Session session) {
            this.session = session;
        }
    }

    private final Workplace place;
    private final List<Running> sessions = new ArrayList<>();

    ClaudeCodeAtWork(Workplace place) {
        this.place = place;
    }

    @Override
    public AgentAtWork on(Workplace other) {
        ClaudeCodeAtWork copy = new ClaudeCodeAtWork(other);
        sessions.forEach(running -> copy.sessions.add(new Running(running.session)));
        return copy;
    }

    @Override
    public void step() {
        if (sessions.isEmpty() || place.chance(0.03)) {
            start();
            return;
        }
        Running running = place.oneOf(sessions);
        if (running.call != null && place.chance(0.8)) {
            tell(running);
        } else if (!running.session.subagent.isEmpty()) {
            call(running);
        } else {
            main(running);
        }
    }

    private void main(Running running) {
        Session session = running.session;
        switch (place.random.nextInt(16)) {
            case 0, 1 -> user(session, "prompt größer 日本 " + place.hex());
            case 2 -> fork(session);
            case 3, 4 -> subagent(session);
            case 5 -> sideQuestion(session);
            case 6 -> compaction(session);
            case 7 -> again(session);
            case 8 -> oddLine(session);
            default -> call(running);
        }
    }

    private static String folder() {
        return ".claude/projects/-w/";
    }

    private void start() {
        String id = place.uuid();
        Session session = new Session(id, folder() + id + ".jsonl", "", "", place.chance(0.85));
        for (int i = place.random.nextInt(3); i > 0; i--) {
            place.disk.line(
                    session.path, json("{'type':'summary','summary':'of another','leafUuid':'%s'}", place.uuid()));
        }
        user(session, "begin");
        sessions.add(new Running(session));
    }

    private void user(Session session, String text) {
        place.disk.line(session.path, line(session, "user", json("'message':{'role':'user','content':'%s'}", text)));
    }

    private String line(Session session, String type, String more) {
        boolean aside = !session.subagent.isEmpty();
        return json(
                "{'type':'%s','uuid':'%s','sessionId':'%s','timestamp':'%s','cwd':'/w','isSidechain':%b,%s%s}",
                type,
                place.uuid(),
                session.id,
                place.time(),
                aside,
                aside ? json("'agentId':'%s',", session.subagent) : "",
                more);
    }

    private void call(Running running) {
        long in = place.tokens(5_000);
        long read = place.tokens(100_000);
        long fiveMinutes = place.tokens(5_000);
        long hour = place.tokens(5_000);
        String usage = json(
                "'input_tokens':%d,'cache_read_input_tokens':%d,'cache_creation_input_tokens':%d,'cache_creation':"
                        + "{'ephemeral_5m_input_tokens':%d,'ephemeral_1h_input_tokens':%d}",
                in, read, fiveMinutes + hour, fiveMinutes, hour);
        String request = running.session.namesRequests ? "req_" + place.uuid() : "";
        running.call = new Call("msg_" + place.uuid(), request, usage, 1 + place.random.nextInt(MOST_LINES));
        place.truth.add(AGENT, Measure.TOKENS_IN, in);
        place.truth.add(AGENT, Measure.CACHE_READ_TOKENS, read);
        place.truth.add(AGENT, Measure.CACHE_CREATION_TOKENS, fiveMinutes + hour);
        place.truth.add(AGENT, Measure.CACHE_CREATION_1H_TOKENS, hour);
        tell(running);
    }

    /// Tells one more line of the call. It may be the last, whether or not the call is over.
    private void tell(Running running) {
        Call call = running.call;
        if (call.output == 0 || place.chance(0.5)) {
            long more = place.tokens(500);
            call.output += more;
            place.truth.add(AGENT, Measure.TOKENS_OUT, more);
        }
        Session session = running.session;
        String line = line(
                session,
                "assistant",
                json(
                        "%s'message':{'id':'%s','role':'assistant','model':'claude-opus-4-5','content':"
                                + "[{'type':'text','text':'%s'}],'stop_reason':null,'usage':{%s,'output_tokens':%d}}",
                        call.request.isEmpty() ? "" : json("'requestId':'%s',", call.request),
                        call.message,
                        place.hex(),
                        call.usage,
                        call.output));
        if (session.path.isEmpty() || (!session.parentPath.isEmpty() && place.chance(0.5))) {
            progress(session, line);
        }
        if (!session.path.isEmpty()) {
            place.disk.line(session.path, line);
        }
        if (--call.linesLeft == 0) {
            running.call = null;
        }
    }

    /// A parent tells what its subagent has written, or is about to write.
    private void progress(Session subagent, String nested) {
        place.disk.line(
                subagent.parentPath,
                json(
                        "{'type':'progress','uuid':'%s','sessionId':'%s','timestamp':'%s','parentToolUseID':'toolu_1',"
                                + "'data':{'type':'agent_progress','agentId':'%s','message':%s}}",
                        place.uuid(), subagent.id, place.time(), subagent.subagent, nested));
    }

    /// A new file that begins with a copy of another's lines, under a session id of its own.
    private void fork(Session session) {
        String id = place.uuid();
        Session fork = new Session(id, folder() + id + ".jsonl", "", "", session.namesRequests);
        List<String> lines = place.disk.lines(session.path);
        String from = place.chance(0.5)
                ? json("{'forkedFrom':{'sessionId':'%s','messageUuid':'%s'},", session.id, place.uuid())
                : "{";
        for (String line : lines.subList(0, 1 + place.random.nextInt(lines.size()))) {
            String copied = line.replace(session.id, id);
            place.disk.line(
                    fork.path,
                    copied.contains("forkedFrom") || !copied.startsWith("{") ? copied : from + copied.substring(1));
        }
        sessions.add(new Running(fork));
    }

    private void subagent(Session session) {
        String id = place.hex();
        Session subagent = switch (place.random.nextInt(4)) {
            case 0 -> new Session(session.id, session.path, "", id, true);
            case 1 -> new Session(session.id, folder() + "agent-" + id + ".jsonl", "", id, true);
            case 2 ->
                new Session(
                        session.id,
                        folder() + session.id + "/subagents/agent-" + id + ".jsonl",
                        session.path,
                        id,
                        true);
            default -> new Session(session.id, "", session.path, id, true);
        };
        if (!subagent.path.isEmpty()) {
            user(subagent, "a task");
        }
        sessions.add(new Running(subagent));
        place.disk.line(
                session.path,
                line(
                        session,
                        "user",
                        json(
                                "'toolUseResult':{'agentId':'%s','totalTokens':7777,'usage':{'input_tokens':7777}},"
                                        + "'message':{'role':'user','content':'done'}",
                                id)));
    }

    /// The log of a side question replays the parent's messages, under requests of its own.
    private void sideQuestion(Session session) {
        String id = place.hex();
        Session aside =
                new Session(session.id, folder() + session.id + "/subagents/agent-" + id + ".jsonl", "", id, true);
        for (String line : place.disk.lines(session.path)) {
            if (line.startsWith("{\"type\":\"assistant\"") && place.chance(0.7)) {
                place.disk.line(
                        aside.path,
                        line.replaceAll("\"requestId\":\"[^\"]*\"", json("'requestId':'req_%s'", place.uuid()))
                                .replace("\"isSidechain\":false", json("'isSidechain':true,'agentId':'%s'", id)));
            }
        }
        user(aside, "by the way");
        sessions.add(new Running(aside));
    }

    private void compaction(Session session) {
        place.disk.line(
                session.path, line(session, "system", json("'subtype':'compact_boundary','content':'Compacted'")));
        place.disk.line(
                session.path,
                line(session, "user", json("'isCompactSummary':true,'message':{'role':'user','content':'so far'}")));
    }

    /// A line that is there is written once more, later.
    private void again(Session session) {
        String line = place.oneOf(place.disk.lines(session.path));
        String later = line.replaceFirst("\"timestamp\":\"[^\"]*\"", json("'timestamp':'%s'", place.time()));
        if (!later.equals(line)) {
            place.disk.line(session.path, later);
        }
    }

    private void oddLine(Session session) {
        String path = session.path;
        switch (place.random.nextInt(5)) {
            case 0 ->
                place.disk.line(
                        path,
                        line(
                                session,
                                "assistant",
                                json(
                                        "'isApiErrorMessage':true,'message':{'id':'%s','model':'<synthetic>','content':[],"
                                                + "'usage':{'input_tokens':0,'output_tokens':0}}",
                                        place.uuid())));
            case 1 -> place.disk.line(path, json("{'type':'file-history-snapshot','snapshot':{}}"));
            case 2 -> place.disk.append(path, line(session, "system", json("'subtype':'glued'")));
            case 3 -> {
                String line = place.oneOf(place.disk.lines(path));
                place.disk.line(path, line.substring(0, line.length() / 2));
            }
            default -> place.disk.line(path, line(session, "of-tomorrow", json("'data':[1,{}]")));
        }
    }
}
