// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.homes;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.sqlite.SQLiteConnection;

/// Databases of agents. On a [Disk] each of their rows, and the making of each table, is a file of its own, below the
/// database's name, that holds the statement.
final class Database {
    private static final String ENDING = ".db";

    private Database() {}

    /// The files of a home, with databases in the place of their statements, which run in the order of their names.
    static Map<String, byte[]> made(Map<String, byte[]> files) {
        Map<String, byte[]> made = new HashMap<>();
        Map<String, Map<String, byte[]>> databases = new HashMap<>();
        files.forEach((path, bytes) -> {
            int end = path.indexOf(ENDING + "/") + ENDING.length();
            if (end < ENDING.length()) {
                made.put(path, bytes);
            } else {
                databases
                        .computeIfAbsent(path.substring(0, end), _ -> new TreeMap<>())
                        .put(path.substring(end), bytes);
            }
        });
        databases.forEach((path, statements) -> made.put(path, of(statements.values())));
        return made;
    }

    private static byte[] of(Iterable<byte[]> statements) {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:");
                Statement statement = database.createStatement()) {
            for (byte[] sql : statements) {
                run(statement, new String(sql, StandardCharsets.UTF_8));
            }
            byte[] file = database.unwrap(SQLiteConnection.class).serialize("main");
            return Objects.requireNonNullElse(file, new byte[0]);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void run(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException _) {
            // torn: of what a database is writing nothing is there yet
        }
    }
}
