// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import static dev.hotlog.agents.homes.Workplace.json;

import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// OpenCode: small files that are rewritten while the model answers, and a database into which they all go one day;
/// answers that are cut off, prompts that wait for the end of an answer, and forks with copies under new ids.
final class OpenCodeAtWork implements AgentAtWork {
    private static final String AGENT = "opencode";
    private static final String TREE = ".local/share/opencode/storage/";
    private static final String DATABASE = ".local/share/opencode/opencode.db/";

    /// @param onTop whether the reasoning comes on top of the output, as the total tells then
    private record Figures(long input, long output, long reasoning, long read, long written, boolean onTop) {
        String asJson() {
            return json(
                    "{'total':%d,'input':%d,'output':%d,'reasoning':%d,'cache':{'read':%d,'write':%d}}",
                    input + output + (onTop ? reasoning : 0) + read + written, input, output, reasoning, read, written);
        }
    }

    /// @param figures what it used; none for a prompt
    private record Message(
            String id,
            long created,
            String completed,
            @Nullable Figures figures) {
        String asJson(String session, long updated) {
            String times = "'created':%d%s,'updated':%d".formatted(created, completed, updated);
            return figures == null
                    ? json("{'id':'%s','sessionID':'%s','role':'user','time':{%s}}", id, session, times)
                    : json(
                            "{'id':'%s','sessionID':'%s','role':'assistant','modelID':'m','time':{%s},'tokens':%s}",
                            id, session, times, figures.asJson());
        }
    }

    /// A session, with the place in it of an answer that is in the writing; -1 when none is.
    private static final class Session {
        final String id;
        final List<Message> messages;
        int inWriting = -1;

        Session(String id, List<Message> messages) {
            this.id = id;
            this.messages = new ArrayList<>(messages);
        }
    }

    private final Workplace place;
    private final List<Session> sessions = new ArrayList<>();
    private boolean inDatabase;

    OpenCodeAtWork(Workplace place) {
        this.place = place;
    }

    /// An answer that is in the writing ends on one machine alone.
    @Override
    public AgentAtWork on(Workplace other) {
        OpenCodeAtWork copy = new OpenCodeAtWork(other);
        copy.inDatabase = inDatabase;
        sessions.stream()
                .filter(session -> session.inWriting < 0)
                .forEach(session -> copy.sessions.add(new Session(session.id, session.messages)));
        return copy;
    }

    @Override
    public void step() {
        if (sessions.isEmpty() || place.chance(0.05)) {
            start(List.of());
            return;
        }
        Session session = place.oneOf(sessions);
        switch (place.random.nextInt(12)) {
            case 0, 1 -> add(session, new Message(id("msg"), place.millis(), "", null));
            case 2 -> fork(session);
            case 3 -> write(session);
            case 4 -> upgrade();
            case 5, 6 -> beginAnswer(session);
            default -> goOn(session);
        }
    }

    /// Ids grow with time.
    private String id(String kind) {
        return kind + "_" + place.millis() + place.hex();
    }

    private Session start(List<Message> messages) {
        Session session = new Session(id("ses"), messages);
        sessions.add(session);
        write(session);
        messages.forEach(message -> write(session, message));
        return session;
    }

    private void add(Session session, Message message) {
        session.messages.add(message);
        write(session, message);
    }

    /// One that was in the writing is left as it is.
    private void beginAnswer(Session session) {
        if (session.inWriting >= 0) {
            used(session.messages.get(session.inWriting));
        }
        session.inWriting = session.messages.size();
        add(session, new Message(id("msg"), place.millis(), "", figures()));
    }

    private Figures figures() {
        return new Figures(
                place.tokens(5_000),
                place.tokens(5_000),
                place.tokens(5_000),
                place.tokens(50_000),
                place.tokens(5_000),
                place.chance(0.5));
    }

    /// Writes an answer anew, for the last time or not.
    private void goOn(Session session) {
        if (session.inWriting < 0) {
            beginAnswer(session);
            return;
        }
        boolean last = place.chance(0.6);
        Message before = session.messages.get(session.inWriting);
        String completed = last ? ",'completed':" + place.millis() : "";
        Message message = new Message(before.id, before.created, completed, figures());
        session.messages.set(session.inWriting, message);
        write(session, message);
        if (last) {
            session.inWriting = -1;
            used(message);
        }
    }

    private void used(Message answer) {
        Figures told = answer.figures;
        if (told != null) {
            boolean apart = told.onTop || told.reasoning > told.output;
            place.truth.add(AGENT, Measure.TOKENS_IN, told.input);
            place.truth.add(AGENT, Measure.TOKENS_OUT, told.output + (apart ? told.reasoning : 0));
            place.truth.add(AGENT, Measure.REASONING_TOKENS, told.reasoning);
            place.truth.add(AGENT, Measure.CACHE_READ_TOKENS, told.read);
            place.truth.add(AGENT, Measure.CACHE_CREATION_TOKENS, told.written);
        }
    }

    private void fork(Session session) {
        int end = session.inWriting < 0 ? session.messages.size() : session.inWriting;
        start(session.messages.subList(0, end).stream()
                .map(message -> new Message(id("msg"), message.created, message.completed, message.figures))
                .toList());
    }

    /// From now on all is in the database; the files stay where they are.
    private void upgrade() {
        inDatabase = true;
        table("session (id, parent_id, directory, title, time_created, time_updated)");
        table("message (id, session_id, time_updated, data)");
        table("part (id, message_id, session_id, time_updated, data)");
        for (Session session : sessions) {
            write(session);
            session.messages.forEach(message -> write(session, message));
        }
    }

    private void table(String columns) {
        place.disk.rewrite(DATABASE + "0 " + columns, "CREATE TABLE " + columns);
    }

    private void write(Session session) {
        long now = place.millis();
        if (inDatabase) {
            row("session", session.id, "'', '/w', 'Ducks', 1, " + now);
        } else {
            place.disk.rewrite(
                    TREE + "session/w/" + session.id + ".json",
                    json("{'id':'%s','directory':'/w','time':{'created':1,'updated':%d}}", session.id, now));
        }
    }

    private void write(Session session, Message message) {
        long now = place.millis();
        String text = json("{'id':'prt_%1$s','messageID':'%1$s','type':'text','text':'größer'}", message.id);
        if (inDatabase) {
            String of = "'" + session.id + "', " + now + ", '";
            row("message", message.id, of + message.asJson(session.id, now) + "'");
            row("part", "prt_" + message.id, "'" + message.id + "', " + of + text + "'");
        } else {
            place.disk.rewrite(
                    TREE + "message/" + session.id + "/" + message.id + ".json", message.asJson(session.id, now));
            place.disk.rewrite(TREE + "part/" + message.id + "/prt_" + message.id + ".json", text);
        }
    }

    private void row(String table, String id, String more) {
        place.disk.rewrite(
                DATABASE + "1 " + table + "/" + id, "INSERT INTO " + table + " VALUES ('" + id + "', " + more + ")");
    }
}
