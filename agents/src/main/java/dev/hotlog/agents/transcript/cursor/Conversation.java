// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.cursor;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Lines;
import dev.hotlog.agents.transcript.Sqlite;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JacksonException;

/// A conversation in the editor's database: `composerData:<id>`, and its bubbles, which older versions have
/// within it, and newer ones under `bubbleId:<id>:<bubble>`.
///
/// Gives the conversation, then the bubbles that it shows, in its order, and those that it does not; before
/// the last one that it shows, [BubbleReader#LAST]. Of the database these keys of the table `cursorDiskKV`
/// are read and nothing else: it holds what logs the user in, too.
///
/// @param database its file
/// @param id the conversation's
/// @param version of its rows, when they were listed
record Conversation(Path database, String id, Version version) implements Whole {
    private static final int MAX_BUBBLES = 1_000_000;
    private static final String COMPOSER = "composerData:";

    private static final String TABLE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'cursorDiskKV'";

    /// Keys that begin so, by their index; what comes next is greater in its last letter.
    private static final String KEYS = "SELECT key FROM cursorDiskKV WHERE key >= ? AND key < ? ORDER BY rowid";

    private static final String VALUE = "SELECT CAST(value AS BLOB) FROM cursorDiskKV WHERE key = ?";
    private static final String LENGTH = "SELECT octet_length(value) FROM cursorDiskKV WHERE key = ?";
    private static final String BUBBLES =
            "SELECT count(*), sum(octet_length(value)) FROM cursorDiskKV WHERE key >= ? AND key < ?";

    /// All conversations of a database that hold anything.
    static List<Whole> all(Path database) throws IOException {
        List<Whole> conversations = new ArrayList<>();
        long modified = Version.of(database).modifiedMillis();
        try (Connection connection = Sqlite.open(database)) {
            if (!hasTable(connection)) {
                return List.of();
            }
            for (String key : keys(connection, COMPOSER)) {
                String id = key.substring(COMPOSER.length());
                listed(connection, database, id, modified).ifPresent(conversations::add);
            }
        } catch (SQLException e) {
            throw Sqlite.failure(e, database);
        }
        return conversations;
    }

    private static boolean hasTable(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TABLE);
                ResultSet rows = query.executeQuery()) {
            return rows.next();
        }
    }

    /// @param modifiedMillis when the database was written last
    private static Optional<Whole> listed(Connection connection, Path database, String id, long modifiedMillis)
            throws SQLException {
        JsonSlice composer =
                value(connection, COMPOSER + id) instanceof Step.Taken(JsonSlice json) ? json : JsonSlice.NONE;
        OptionalLong updated = composer.at("lastUpdatedAt").number();
        OptionalLong told =
                updated.isPresent() ? updated : composer.at("createdAt").number();
        try (PreparedStatement query = connection.prepareStatement(BUBBLES)) {
            query.setString(1, bubbles(id));
            query.setString(2, after(bubbles(id)));
            try (ResultSet row = query.executeQuery()) {
                long count = row.next() ? row.getLong(1) : 0;
                long bytes = row.getLong(2) + composer.lengthBytes();
                Version version = new Version(bytes, told.orElse(modifiedMillis), count + " bubbles");
                boolean holdsAny = count > 0 || !within(composer).isEmpty();
                return holdsAny ? Optional.of(new Conversation(database, id, version)) : Optional.empty();
            }
        }
    }

    private static List<JsonSlice> within(JsonSlice composer) {
        return composer.at("conversation").elements(MAX_BUBBLES).orElse(List.of());
    }

    private static String bubbles(String id) {
        return "bubbleId:" + id + ":";
    }

    /// The least key that is greater than all that begin so.
    private static String after(String beginning) {
        int last = beginning.length() - 1;
        return beginning.substring(0, last) + (char) (beginning.charAt(last) + 1);
    }

    private static List<String> keys(Connection connection, String beginning) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(KEYS)) {
            query.setString(1, beginning);
            query.setString(2, after(beginning));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    keys.add(rows.getString(1));
                }
            }
        }
        return keys;
    }

    /// The object under a key; bad when it is none.
    private static Step value(Connection connection, String key) throws SQLException {
        long length = length(connection, key);
        Path place = Path.of(key.replaceAll("[^A-Za-z0-9_.-]", "_"));
        if (length > Lines.MAX_LINE_BYTES) {
            return new Step.Bad(place, "a value of " + length + " bytes, more than " + Lines.MAX_LINE_BYTES);
        }
        try (PreparedStatement query = connection.prepareStatement(VALUE)) {
            query.setString(1, key);
            try (ResultSet row = query.executeQuery()) {
                byte[] bytes = row.next() ? row.getBytes(1) : null;
                if (bytes == null) {
                    return new Step.Bad(place, "is no longer there");
                }
                String json = new String(bytes, StandardCharsets.UTF_8).strip();
                return json.startsWith("{")
                        ? new Step.Taken(JsonSlice.of(json))
                        : new Step.Bad(place, "not a JSON object");
            } catch (JacksonException e) {
                return new Step.Bad(place, "not JSON");
            }
        } catch (SQLException e) {
            return Sqlite.damage(place, e);
        }
    }

    private static long length(Connection connection, String key) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LENGTH)) {
            query.setString(1, key);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    @Override
    public Path path() {
        return Sqlite.place(database, id);
    }

    @Override
    public Reading objects() throws IOException {
        return Sqlite.reading(path(), database, this::queries);
    }

    private List<Sqlite.Query> queries(Connection connection) throws SQLException {
        Step composer = value(connection, COMPOSER + id);
        JsonSlice json = composer instanceof Step.Taken(JsonSlice told) ? told : JsonSlice.NONE;
        List<Sqlite.Query> queries = new ArrayList<>();
        queries.add(_ -> Optional.of(named(composer)));
        within(json).forEach(bubble -> queries.add(_ -> Optional.of(new Step.Taken(bubble))));
        Set<String> left = new LinkedHashSet<>(keys(connection, bubbles(id)));
        for (JsonSlice header :
                json.at("fullConversationHeadersOnly").elements(MAX_BUBBLES).orElse(List.of())) {
            String key = bubbles(id) + header.at("bubbleId").text();
            if (left.remove(key)) {
                queries.add(asked -> Optional.of(named(value(asked, key))));
            }
        }
        queries.add(Math.max(1, queries.size() - 1), _ -> Optional.of(new Step.Taken(JsonSlice.of(BubbleReader.LAST))));
        left.forEach(key -> queries.add(asked -> Optional.of(named(value(asked, key)))));
        return queries;
    }

    /// A step whose place is this conversation's.
    private Step named(Step step) {
        return step instanceof Step.Bad(Path key, String reason) ? new Step.Bad(path(), key + ": " + reason) : step;
    }
}
