// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/// Databases of agents, opened to be read alone, beside an agent that writes.
public final class Sqlite {
    private static final int BUSY_MILLIS = 2_000;

    /// Where a database's file says how it is written, and what stands there when that is a log of its own.
    private static final int JOURNAL_POSITION = 18;

    private static final byte WRITE_AHEAD = 2;

    /// How every database begins.
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /// What the name of that log ends with.
    private static final String WAL = "-wal";

    private static final String ANY_TABLE = "SELECT 1 FROM sqlite_schema WHERE type = 'table' LIMIT 1";

    /// The bits of an error's code that tell of what sort it is.
    private static final int PRIMARY = 0xFF;

    /// What the driver says of an error of SQLite: `[SQLITE_BUSY] The database file is locked (database is locked)`.
    private static final Pattern DRIVERS_WORDS = Pattern.compile("^\\[SQLITE_\\w+] [^(]*\\((.*)\\)$");

    private Sqlite() {}

    /// Opens a database; nothing of it is changed, and nothing is made beside it.
    public static Connection open(Path file) throws IOException {
        NotAFile.attributes(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            return config.createConnection("jdbc:sqlite:file:" + file.toUri().getRawPath() + "?"
                    + (isAtRest(file) ? "immutable=1" : "mode=ro"));
        } catch (SQLException e) {
            throw failure(e, file);
        }
    }

    /// Whether nobody has it open. A database with a write-ahead log can then be read in no other way: to
    /// read it beside others means to make that log.
    private static boolean isAtRest(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(JOURNAL_POSITION + 1);
            return header.length > JOURNAL_POSITION
                    && header[JOURNAL_POSITION] == WRITE_AHEAD
                    && !Files.exists(beside(file, WAL));
        }
    }

    /// The database to which a file belongs that changes when it does; any other file is its own.
    public static Path databaseOf(Path file) {
        String name = Folders.name(file);
        return Stream.of(WAL, "-journal")
                .filter(name::endsWith)
                .map(ending -> file.resolveSibling(name.substring(0, name.length() - ending.length())))
                .findAny()
                .orElse(file);
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    /// What a row stands for.
    @FunctionalInterface
    public interface RowReader {
        Whole read(ResultSet row) throws SQLException;
    }

    /// What the rows of an answer stand for; nothing when the agent has not made its tables yet.
    ///
    /// @throws NotATranscript when the file is none
    public static List<Whole> listed(Path database, String query, RowReader each) throws IOException {
        List<Whole> listed = new ArrayList<>();
        try (Connection connection = open(database)) {
            if (hasTables(connection)) {
                try (PreparedStatement asked = connection.prepareStatement(query);
                        ResultSet rows = asked.executeQuery()) {
                    while (rows.next()) {
                        listed.add(each.read(rows));
                    }
                }
            }
        } catch (SQLException e) {
            throw failure(e, database);
        }
        return listed;
    }

    private static boolean hasTables(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ANY_TABLE);
                ResultSet rows = query.executeQuery()) {
            return rows.next();
        }
    }

    /// One question to a database, and the object that its answer is; no answer when that has gone since.
    @FunctionalInterface
    public interface Query {
        Optional<Whole.Step> ask(Connection database) throws SQLException;
    }

    /// The questions to be put to a database, in order.
    @FunctionalInterface
    public interface Queries {
        List<Query> of(Connection database) throws SQLException;
    }

    /// What something is called that is a part of a database: a name below the database's; there is no such file.
    public static Path place(Path database, String id) {
        return database.resolve(id.replaceAll("[^A-Za-z0-9_.-]", "_"));
    }

    /// Goes through the answers. Nothing is left open between two of them, so that no writer waits for long.
    /// What is damaged of the database costs the answers that it lies in.
    ///
    /// @param place what it is called whose objects they are
    public static Whole.Reading reading(Path place, Path database, Queries queries) throws IOException {
        Connection connection = open(database);
        try {
            return reading(place, connection, queries.of(connection));
        } catch (SQLException e) {
            throw failure(e, connection);
        }
    }

    private static Whole.Reading reading(Path place, Connection database, List<Query> queries) {
        Iterator<Query> rest = queries.iterator();
        return new Whole.Reading() {
            @Override
            public Optional<Whole.Step> next() throws IOException {
                try {
                    Optional<Whole.Step> answer = Optional.empty();
                    while (answer.isEmpty() && rest.hasNext()) {
                        answer = rest.next().ask(database);
                    }
                    return answer;
                } catch (SQLException e) {
                    try {
                        return Optional.of(damage(place, e));
                    } catch (SQLException other) {
                        throw failure(other);
                    }
                }
            }

            @Override
            public void close() throws IOException {
                try {
                    database.close();
                } catch (SQLException e) {
                    throw failure(e);
                }
            }
        };
    }

    /// What was met where the database is damaged.
    ///
    /// @throws SQLException the same, when it tells of anything else
    public static Whole.Step damage(Path path, SQLException e) throws SQLException {
        if (!isOf(e, SQLiteErrorCode.SQLITE_CORRUPT)) {
            throw e;
        }
        return new Whole.Step.Bad(path, reason(e));
    }

    /// A row as a JSON object without its end, for more to be added.
    ///
    /// @param naming what each column is called there; an empty name leaves it out
    public static StateText row(ResultSet row, UnaryOperator<String> naming) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        StateText text = new StateText();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = naming.apply(columns.getColumnName(i));
            Object value = name.isEmpty() ? null : row.getObject(i);
            if (value instanceof Integer || value instanceof Long) {
                text.put(name, ((Number) value).longValue());
            } else if (value != null) {
                text.put(name, Objects.requireNonNullElse(row.getString(i), ""));
            }
        }
        return text;
    }

    /// The same, after which the database is closed.
    private static IOException failure(SQLException e, Connection database) {
        IOException failure = failure(e);
        try {
            database.close();
        } catch (SQLException more) {
            failure.addSuppressed(more);
        }
        return failure;
    }

    /// What the system said of a database.
    public static IOException failure(SQLException e) {
        return new IOException(reason(e), e);
    }

    /// The same; a file that does not even begin as databases do is none.
    ///
    /// @param database that could not be read
    public static IOException failure(SQLException e, Path database) throws IOException {
        if (!isOf(e, SQLiteErrorCode.SQLITE_NOTADB)) {
            return failure(e);
        }
        try (var in = Files.newInputStream(database)) {
            byte[] begin = in.readNBytes(MAGIC.length);
            return Arrays.equals(begin, MAGIC) ? failure(e) : new NotATranscript(reason(e));
        }
    }

    private static boolean isOf(SQLException e, SQLiteErrorCode sort) {
        return (e.getErrorCode() & PRIMARY) == sort.code;
    }

    private static String reason(SQLException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "")
                .lines()
                .findFirst()
                .orElse("no reason given");
        return "SQLite: " + DRIVERS_WORDS.matcher(message).replaceFirst("$1");
    }
}
