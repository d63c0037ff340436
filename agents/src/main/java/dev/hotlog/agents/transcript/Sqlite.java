// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.sqlite.SQLiteConfig;

/// Databases of agents, opened to be read alone, beside an agent that writes.
public final class Sqlite {
    private static final int BUSY_MILLIS = 2_000;

    /// Where a database's file says how it is written, and what stands there when that is a log of its own.
    private static final int JOURNAL_POSITION = 18;

    private static final byte WRITE_AHEAD = 2;

    private Sqlite() {}

    /// Opens a database; nothing of it is changed, and nothing is made beside it.
    public static Connection open(Path file) throws IOException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        try {
            return config.createConnection("jdbc:sqlite:file:" + file.toUri().getRawPath() + "?"
                    + (isAtRest(file) ? "immutable=1" : "mode=ro"));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /// Whether nobody has it open. A database with a write-ahead log can then be read in no other way: to
    /// read it beside others means to make that log.
    private static boolean isAtRest(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(JOURNAL_POSITION + 1);
            return header.length > JOURNAL_POSITION
                    && header[JOURNAL_POSITION] == WRITE_AHEAD
                    && !Files.exists(beside(file, "-wal"));
        }
    }

    private static Path beside(Path file, String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    /// What the system said of a database.
    public static IOException failure(SQLException e) {
        String message = Objects.requireNonNullElse(e.getMessage(), "");
        return new IOException("database: " + message.lines().findFirst().orElse("no reason given"), e);
    }
}
