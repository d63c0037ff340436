// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import static dev.hotlog.agents.homes.Workplace.json;

import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.List;

/// Qwen Code: lines that are told again, and forks that begin with a copy of their parent's.
final class QwenAtWork implements AgentAtWork {
    private static final String AGENT = "qwen-code";

    private final Workplace place;
    private final List<String> sessions = new ArrayList<>();

    QwenAtWork(Workplace place) {
        this.place = place;
    }

    @Override
    public AgentAtWork on(Workplace other) {
        QwenAtWork copy = new QwenAtWork(other);
        copy.sessions.addAll(sessions);
        return copy;
    }

    @Override
    public void step() {
        if (sessions.isEmpty() || place.chance(0.05)) {
            sessions.add(place.uuid());
        }
        String session = place.oneOf(sessions);
        switch (place.random.nextInt(8)) {
            case 0 -> line(session, "user", "'message':{'role':'user','parts':[{'text':'größer'}]}");
            case 1 -> fork(session);
            case 2 -> tellAgain(session);
            default -> call(session);
        }
    }

    private static String path(String session) {
        return ".qwen/projects/-w/chats/" + session + ".jsonl";
    }

    private void line(String session, String type, String more) {
        place.disk.line(
                path(session),
                json(
                        "{'uuid':'%s','sessionId':'%s','timestamp':'%s','cwd':'/w','type':'%s',%s}",
                        place.uuid(), session, place.time(), type, more));
    }

    private void call(String session) {
        long prompt = place.tokens(50_000);
        long cached = place.tokens((int) prompt);
        long out = place.tokens(5_000);
        long thoughts = place.tokens(5_000);
        place.truth.add(AGENT, Measure.TOKENS_IN, prompt - cached);
        place.truth.add(AGENT, Measure.CACHE_READ_TOKENS, cached);
        place.truth.add(AGENT, Measure.TOKENS_OUT, out + thoughts);
        place.truth.add(AGENT, Measure.REASONING_TOKENS, thoughts);
        line(
                session,
                "assistant",
                "'model':'m','message':{'role':'model','parts':[{'text':'so'}]},'usageMetadata':{'promptTokenCount':%d,"
                                .formatted(prompt)
                        + "'cachedContentTokenCount':%d,'candidatesTokenCount':%d,".formatted(cached, out)
                        + "'thoughtsTokenCount':%d,'totalTokenCount':%d}".formatted(thoughts, prompt + out + thoughts));
    }

    /// At a time of its own, under the id that it had.
    private void tellAgain(String session) {
        List<String> lines = place.disk.lines(path(session));
        if (!lines.isEmpty()) {
            String now = json("'timestamp':'%s'", place.time());
            place.disk.line(path(session), place.oneOf(lines).replaceFirst("\"timestamp\":\"[^\"]*\"", now));
        }
    }

    private void fork(String parent) {
        List<String> lines = place.disk.lines(path(parent));
        String fork = place.uuid();
        sessions.add(fork);
        for (String line : lines.subList(0, place.random.nextInt(lines.size() + 1))) {
            place.disk.line(path(fork), line.replace(parent, fork));
        }
    }
}
