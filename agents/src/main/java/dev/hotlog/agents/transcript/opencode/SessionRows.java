// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.opencode;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Sqlite;
import dev.hotlog.agents.transcript.StateText;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// A session in the database: the same objects as in [SessionTree], in rows.
///
/// @param database its file
/// @param session its id
/// @param version of its rows, when they were listed
record SessionRows(Path database, String session, Version version) implements Whole {
    /// What has changed of a session shows in when its rows were written last, and how many there are.
    private static final String LIST = """
            SELECT s.id, s.time_updated,
                (SELECT count(*) FROM message m WHERE m.session_id = s.id),
                (SELECT max(m.time_updated) FROM message m WHERE m.session_id = s.id),
                (SELECT count(*) FROM part p WHERE p.session_id = s.id),
                (SELECT max(p.time_updated) FROM part p WHERE p.session_id = s.id)
            FROM session s ORDER BY s.id""";

    private static final String MESSAGES = "SELECT id FROM message WHERE session_id = ? ORDER BY id";
    private static final String PARTS = "SELECT id, data FROM part WHERE message_id = ? ORDER BY id";

    /// All sessions of a database.
    static List<Whole> all(Path database) throws IOException {
        List<Whole> sessions = new ArrayList<>();
        try (Connection connection = Sqlite.open(database);
                PreparedStatement query = connection.prepareStatement(LIST);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                long modified = Math.max(rows.getLong(2), Math.max(rows.getLong(4), rows.getLong(6)));
                String key = rows.getLong(3) + " messages, " + rows.getLong(5) + " parts";
                String id = Objects.requireNonNullElse(rows.getString(1), "");
                sessions.add(new SessionRows(database, id, new Version(0, modified, key)));
            }
        } catch (SQLException e) {
            throw Sqlite.failure(e);
        }
        return sessions;
    }

    /// A name below the database's; there is no such file.
    @Override
    public Path path() {
        return database.resolve(session.replaceAll("[^A-Za-z0-9_.-]", "_"));
    }

    @Override
    public Reading objects() throws IOException {
        return new Rows(Sqlite.open(database));
    }

    private final class Rows implements Reading {
        private final Connection connection;
        private final Deque<String> messages = new ArrayDeque<>();
        private boolean begun;
        private boolean lastTold;
        private @Nullable PreparedStatement query;
        private @Nullable ResultSet parts;

        Rows(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Optional<Step> next() throws IOException {
            try {
                if (!begun) {
                    begun = true;
                    return Optional.of(session());
                }
                ResultSet open = parts;
                if (open != null && open.next()) {
                    return Optional.of(object(
                            open.getString(1), ",\"messageID\":" + quoted(messages.getFirst()), open.getString(2)));
                }
                if (open != null) {
                    closeParts();
                    messages.removeFirst();
                }
                if (messages.isEmpty()) {
                    return Optional.empty();
                }
                if (messages.size() == 1 && !lastTold) {
                    lastTold = true;
                    return Optional.of(new Step.Taken(JsonSlice.of(OpenCodeReader.LAST)));
                }
                return Optional.of(message(messages.getFirst()));
            } catch (SQLException e) {
                throw Sqlite.failure(e);
            }
        }

        private Step session() throws SQLException {
            StateText text;
            try (PreparedStatement row = connection.prepareStatement("SELECT * FROM session WHERE id = ?")) {
                row.setString(1, session);
                try (ResultSet columns = row.executeQuery()) {
                    boolean there = columns.next();
                    text = there ? Sqlite.row(columns, Rows::inTree) : new StateText();
                    if (there) {
                        text.putJson(
                                "time",
                                "{\"created\":" + columns.getLong("time_created") + ",\"updated\":"
                                        + columns.getLong("time_updated") + "}");
                    }
                }
            }
            try (PreparedStatement ids = connection.prepareStatement(MESSAGES)) {
                ids.setString(1, session);
                try (ResultSet rows = ids.executeQuery()) {
                    while (rows.next()) {
                        messages.add(rows.getString(1));
                    }
                }
            }
            return new Step.Taken(JsonSlice.of(text.end()));
        }

        /// What a column is called in files.
        private static String inTree(String column) {
            return switch (column) {
                case "parent_id" -> "parentID";
                case "project_id" -> "projectID";
                default -> column;
            };
        }

        private Step message(String id) throws SQLException {
            try (PreparedStatement row = connection.prepareStatement("SELECT data FROM message WHERE id = ?")) {
                row.setString(1, id);
                try (ResultSet data = row.executeQuery()) {
                    query = connection.prepareStatement(PARTS);
                    query.setString(1, id);
                    parts = query.executeQuery();
                    return object(id, "", data.next() ? data.getString(1) : "");
                }
            }
        }

        /// The object that a row's data are, with what its columns say of it in front.
        private Step object(String id, String more, @Nullable String data) {
            String object = Objects.requireNonNullElse(data, "").strip();
            if (!object.startsWith("{")) {
                return new Step.Bad(path(), id + " is not a JSON object");
            }
            String rest = object.substring(1).stripLeading();
            String begin = "{\"id\":" + quoted(id) + ",\"sessionID\":" + quoted(session) + more;
            try {
                return new Step.Taken(JsonSlice.of(begin + (rest.startsWith("}") ? "" : ",") + rest));
            } catch (JacksonException e) {
                return new Step.Bad(path(), id + " is not JSON");
            }
        }

        private static String quoted(String text) {
            return JsonSlice.text(text).toString();
        }

        private void closeParts() throws SQLException {
            if (query != null) {
                query.close();
            }
            query = null;
            parts = null;
        }

        @Override
        public void close() throws IOException {
            try {
                closeParts();
                connection.close();
            } catch (SQLException e) {
                throw Sqlite.failure(e);
            }
        }
    }
}
