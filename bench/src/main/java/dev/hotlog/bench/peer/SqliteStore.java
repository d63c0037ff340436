// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench.peer;

import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// SQLite in WAL mode: a column for each field, `PRIMARY KEY (session, seq)`, prepared statements.
///
/// The table keeps its rowid: its pages advise against `WITHOUT ROWID` for rows longer than a twentieth of a page.
/// `synchronous` is FULL where each transaction is synced, else NORMAL, which syncs at checkpoints.
final class SqliteStore implements KeyedStore {
    private static final String MEASURES =
            Measure.ALL.stream().map(Measure::jsonName).collect(Collectors.joining(", "));
    private static final String COLUMNS = "session, seq, ts_ms, ts_exact, kind, source, tool, tool_call_id,"
            + " stop_reason, model, payload, " + MEASURES;
    private static final int FIRST_MEASURE = 12;

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement findTime;
    private final PreparedStatement find;

    SqliteStore(Path folder, Sync sync) throws IOException {
        try {
            connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("events.db"));
            try (Statement setup = connection.createStatement()) {
                setup.execute("PRAGMA journal_mode = WAL");
                setup.execute("PRAGMA synchronous = " + (sync == Sync.EACH_TRANSACTION ? "FULL" : "NORMAL"));
                setup.execute("CREATE TABLE events (session TEXT NOT NULL, seq INTEGER NOT NULL, ts_ms INTEGER NOT"
                        + " NULL, ts_exact INTEGER NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL, tool TEXT,"
                        + " tool_call_id TEXT, stop_reason TEXT, model TEXT, payload TEXT NOT NULL, "
                        + Measure.ALL.stream()
                                .map(measure -> measure.jsonName() + " INTEGER")
                                .collect(Collectors.joining(", "))
                        + ", PRIMARY KEY (session, seq))");
            }
            connection.setAutoCommit(false);
            String places =
                    Stream.generate(() -> "?").limit(COLUMNS.split(",").length).collect(Collectors.joining(", "));
            insert = connection.prepareStatement("INSERT INTO events (" + COLUMNS + ") VALUES (" + places + ")");
            findTime = connection.prepareStatement("SELECT ts_ms FROM events WHERE session = ? AND seq = ?");
            find = connection.prepareStatement("SELECT " + COLUMNS + " FROM events WHERE session = ? AND seq = ?");
        } catch (SQLException e) {
            throw new IOException("SQLite: " + e.getMessage(), e);
        }
    }

    @Override
    public void append(List<Event> transaction) throws IOException {
        try {
            for (Event event : transaction) {
                bind(event);
                insert.executeUpdate();
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IOException("SQLite: " + e.getMessage(), e);
        }
    }

    private void bind(Event event) throws SQLException {
        insert.setString(1, event.sessionId());
        insert.setLong(2, event.seq());
        insert.setLong(3, event.tsMillis());
        insert.setInt(4, event.tsExact() ? 1 : 0);
        insert.setString(5, event.kind().name());
        insert.setString(6, event.source().name());
        bind(7, event.tool());
        bind(8, event.toolCallId());
        bind(9, event.stopReason());
        bind(10, event.model());
        insert.setString(11, event.payload().toString());
        for (Measure measure : Measure.ALL) {
            int column = FIRST_MEASURE + measure.ordinal();
            if (event.has(measure)) {
                insert.setLong(column, event.measure(measure));
            } else {
                insert.setNull(column, Types.INTEGER);
            }
        }
    }

    private void bind(int column, Optional<String> text) throws SQLException {
        if (text.isPresent()) {
            insert.setString(column, text.get());
        } else {
            insert.setNull(column, Types.VARCHAR);
        }
    }

    @Override
    public void scan(Fields each) throws IOException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT seq, ts_ms, tokens_out, octet_length(payload) FROM events")) {
            while (rows.next()) {
                long tokensOut = rows.getLong(3);
                each.event(
                        rows.getLong(1), rows.getLong(2), rows.wasNull() ? Measure.ABSENT : tokensOut, rows.getInt(4));
            }
        } catch (SQLException e) {
            throw new IOException("SQLite: " + e.getMessage(), e);
        }
    }

    @Override
    public long millisOf(String sessionId, long seq) throws IOException {
        try (ResultSet row = ask(findTime, sessionId, seq)) {
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IOException("SQLite: " + e.getMessage(), e);
        }
    }

    @Override
    public Event get(String sessionId, long seq) throws IOException {
        try (ResultSet row = ask(find, sessionId, seq)) {
            Event.Builder event = Event.of(row.getString(1), row.getLong(2))
                    .ts(row.getLong(3), row.getInt(4) != 0)
                    .kind(Kind.of(row.getString(5)))
                    .source(Source.of(row.getString(6)))
                    .tool(row.getString(7))
                    .toolCallId(row.getString(8))
                    .stopReason(row.getString(9))
                    .model(row.getString(10))
                    .payload(row.getString(11));
            for (Measure measure : Measure.ALL) {
                long value = row.getLong(FIRST_MEASURE + measure.ordinal());
                if (!row.wasNull()) {
                    event.measure(measure, value);
                }
            }
            return event.build();
        } catch (SQLException e) {
            throw new IOException("SQLite: " + e.getMessage(), e);
        }
    }

    private static ResultSet ask(PreparedStatement statement, String sessionId, long seq) throws SQLException {
        statement.setString(1, sessionId);
        statement.setLong(2, seq);
        ResultSet row = statement.executeQuery();
        if (!row.next()) {
            throw new SQLException("no event " + sessionId + "/" + seq);
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IOException("SQLite: " + e.getMessage(), e);
        }
    }
}
