// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.goose;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// A session in the database: its row, and then those of its messages, as the objects that they were in
/// files.
///
/// @param database its file
/// @param session its id
/// @param version of its rows, when they were listed
record SessionRow(Path database, String session, Version version) implements Whole {
    /// What has changed of a session shows in when its row was written last, and in its messages.
    private static final String LIST = """
            SELECT s.id, s.updated_at,
                (SELECT count(*) FROM messages m WHERE m.session_id = s.id),
                (SELECT max(m.id) FROM messages m WHERE m.session_id = s.id),
                (SELECT sum(length(m.content_json)) FROM messages m WHERE m.session_id = s.id),
                s.accumulated_total_tokens
            FROM sessions s ORDER BY s.id""";

    private static final String SESSION = "SELECT * FROM sessions WHERE id = ?";
    private static final String MESSAGES = "SELECT id FROM messages WHERE session_id = ? ORDER BY id";
    private static final String MESSAGE = "SELECT * FROM messages WHERE id = ?";

    /// All sessions of a database.
    static List<Whole> all(Path database) throws IOException {
        long modified = Version.of(database).modifiedMillis();
        return Sqlite.listed(database, LIST, row -> {
            String written = Objects.requireNonNullElse(row.getString(2), "");
            String key = written + ", " + row.getLong(3) + " messages to " + row.getLong(4) + ", " + row.getLong(6)
                    + " tokens";
            Version version = new Version(
                    row.getLong(5), GooseTime.ofSession(JsonSlice.text(written)).orElse(modified), key);
            return new SessionRow(database, Objects.requireNonNullElse(row.getString(1), ""), version);
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
        List<Sqlite.Query> queries = new ArrayList<>();
        queries.add(this::session);
        for (long message : messages(connection)) {
            queries.add(asked -> message(asked, message));
        }
        return queries;
    }

    private List<Long> messages(Connection connection) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(MESSAGES)) {
            query.setString(1, session);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
        }
        return ids;
    }

    private Optional<Step> session(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SESSION)) {
            query.setString(1, session);
            try (ResultSet row = query.executeQuery()) {
                StateText text = row.next() ? Sqlite.row(row, column -> column) : new StateText();
                return Optional.of(new Step.Taken(JsonSlice.of(text.end())));
            }
        }
    }

    private Optional<Step> message(Connection connection, long id) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(MESSAGE)) {
            query.setLong(1, id);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                String content = Objects.requireNonNullElse(row.getString("content_json"), "");
                StateText text = Sqlite.row(row, SessionRow::inFile);
                return Optional.of(
                        new Step.Taken(JsonSlice.of(text.putJson("content", content.isBlank() ? "null" : content)
                                .end())));
            } catch (JacksonException e) {
                return Optional.of(new Step.Bad(path(), "message " + id + " is not JSON"));
            }
        }
    }

    /// What a column is called in files, and nothing for what is not in them.
    private static String inFile(String column) {
        return switch (column) {
            case "created_timestamp" -> "created";
            case "content_json", "session_id" -> "";
            default -> column;
        };
    }
}
