// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.opencode;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Sqlite;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    private static final String SESSION = "SELECT * FROM session WHERE id = ?";

    /// The session's messages, and which of them are answers.
    private static final String MESSAGES = """
            SELECT id, iif(json_valid(data), data ->> 'role' = 'assistant', 0)
            FROM message WHERE session_id = ? ORDER BY id""";

    private static final String MESSAGE = "SELECT data FROM message WHERE id = ?";
    private static final String PARTS = "SELECT id FROM part WHERE message_id = ? ORDER BY id";
    private static final String PART = "SELECT data FROM part WHERE id = ?";

    /// All sessions of a database.
    static List<Whole> all(Path database) throws IOException {
        return Sqlite.listed(database, LIST, row -> {
            long modified = Math.max(row.getLong(2), Math.max(row.getLong(4), row.getLong(6)));
            String key = row.getLong(3) + " messages, " + row.getLong(5) + " parts";
            String id = Objects.requireNonNullElse(row.getString(1), "");
            return new SessionRows(database, id, new Version(0, modified, key));
        });
    }

    @Override
    public Path path() {
        return Sqlite.place(database, session);
    }

    @Override
    public Reading objects() throws IOException {
        return Sqlite.reading(path(), database, this::queries);
    }

    private List<Sqlite.Query> queries(Connection connection) throws SQLException {
        // For all messages and all parts; they end with the connection.
        PreparedStatement askedMessage = connection.prepareStatement(MESSAGE);
        PreparedStatement askedPart = connection.prepareStatement(PART);
        List<Sqlite.Query> queries = new ArrayList<>();
        int lastAnswer = 0;
        try (PreparedStatement query = connection.prepareStatement(MESSAGES);
                PreparedStatement parts = connection.prepareStatement(PARTS)) {
            query.setString(1, session);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String message = rows.getString(1);
                    lastAnswer = rows.getBoolean(2) ? queries.size() : lastAnswer;
                    queries.add(_ -> object(askedMessage, message, ""));
                    String ofMessage = ",\"messageID\":" + quoted(message);
                    for (String part : parts(parts, message)) {
                        queries.add(_ -> object(askedPart, part, ofMessage));
                    }
                }
            }
        }
        queries.add(lastAnswer, _ -> Optional.of(new Step.Taken(JsonSlice.of(OpenCodeReader.LAST))));
        queries.addFirst(asked -> Optional.of(session(asked)));
        return queries;
    }

    private static List<String> parts(PreparedStatement query, String message) throws SQLException {
        List<String> ids = new ArrayList<>();
        query.setString(1, message);
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
        }
        return ids;
    }

    private Step session(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SESSION)) {
            query.setString(1, session);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return new Step.Bad(path(), "is no longer there");
                }
                String time = "{\"created\":" + row.getLong("time_created") + ",\"updated\":"
                        + row.getLong("time_updated") + "}";
                return new Step.Taken(JsonSlice.of(Sqlite.row(row, SessionRows::inTree)
                        .putJson("time", time)
                        .end()));
            }
        }
    }

    /// What a column is called in files.
    private static String inTree(String column) {
        return switch (column) {
            case "parent_id" -> "parentID";
            case "project_id" -> "projectID";
            default -> column;
        };
    }

    /// The object that a row's data are, with what its columns say of it in front; none when the row has gone.
    private Optional<Step> object(PreparedStatement query, String id, String more) throws SQLException {
        query.setString(1, id);
        try (ResultSet row = query.executeQuery()) {
            return row.next()
                    ? Optional.of(object(
                            id,
                            more,
                            Objects.requireNonNullElse(row.getString(1), "").strip()))
                    : Optional.empty();
        }
    }

    private Step object(String id, String more, String data) {
        if (!data.startsWith("{")) {
            return new Step.Bad(path(), id + " is not a JSON object");
        }
        String rest = data.substring(1).stripLeading();
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
}
