// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import static dev.hotlog.agents.homes.Workplace.json;

import dev.hotlog.event.Measure;
import java.util.ArrayList;
import java.util.List;

/// Goose: totals of sessions, in files that are written anew, and in the database into which it takes these one day.
final class GooseAtWork implements AgentAtWork {
    private static final String AGENT = "goose";
    private static final String FOLDER = ".local/share/goose/sessions/";
    private static final String DATABASE = FOLDER + "sessions.db/";

    private static final class Session {
        final String id;
        long in;
        long out;
        /// In seconds, when each was told.
        final List<Long> messages = new ArrayList<>();

        Session(String id) {
            this.id = id;
        }
    }

    private final Workplace place;
    private final List<Session> sessions = new ArrayList<>();
    private boolean inDatabase;

    GooseAtWork(Workplace place) {
        this.place = place;
    }

    /// The sessions that were copied end there: of totals that part nobody could tell the sum.
    @Override
    public AgentAtWork on(Workplace other) {
        GooseAtWork copy = new GooseAtWork(other);
        copy.inDatabase = inDatabase;
        return copy;
    }

    @Override
    public void step() {
        if (sessions.isEmpty() || place.chance(0.05)) {
            sessions.add(new Session("2026_" + place.hex()));
        }
        if (!inDatabase && place.chance(0.05)) {
            inDatabase = true;
            place.disk.rewrite(
                    DATABASE + "0 sessions",
                    "CREATE TABLE sessions (id, working_dir, updated_at, accumulated_total_tokens,"
                            + " accumulated_input_tokens, accumulated_output_tokens)");
            place.disk.rewrite(
                    DATABASE + "0 messages",
                    "CREATE TABLE messages (id INTEGER PRIMARY KEY, session_id, role, content_json, created_timestamp)");
            sessions.forEach(this::write);
        }
        call(place.oneOf(sessions));
    }

    private void call(Session session) {
        long in = place.tokens(5_000);
        long out = place.tokens(5_000);
        place.truth.add(AGENT, Measure.TOKENS_IN, in);
        place.truth.add(AGENT, Measure.TOKENS_OUT, out);
        session.in += in;
        session.out += out;
        session.messages.add(place.millis() / 1000);
        write(session);
    }

    private void write(Session session) {
        String content = json("[{'type':'text','text':'größer'}]");
        if (!inDatabase) {
            StringBuilder text = new StringBuilder(json(
                    "{'working_dir':'/w','accumulated_input_tokens':%d,'accumulated_output_tokens':%d}\n",
                    session.in, session.out));
            session.messages.forEach(
                    created -> text.append(json("{'role':'assistant','created':%d,'content':%s}\n", created, content)));
            place.disk.rewrite(FOLDER + session.id + ".jsonl", text.toString());
            return;
        }
        for (int i = 0; i < session.messages.size(); i++) {
            place.disk.rewrite(
                    DATABASE + "1 message " + session.id + " " + "%04d".formatted(i),
                    "INSERT INTO messages VALUES (NULL, '%s', 'assistant', '%s', %d)"
                            .formatted(session.id, content, session.messages.get(i)));
        }
        place.disk.rewrite(
                DATABASE + "1 session " + session.id,
                "INSERT INTO sessions VALUES ('%s', '/w', '2026-03-02 08:00:00', %d, %d, %d)"
                        .formatted(session.id, session.in + session.out, session.in, session.out));
    }
}
