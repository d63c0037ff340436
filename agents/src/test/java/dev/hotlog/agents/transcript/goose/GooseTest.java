// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.goose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Transcripts.Reading;
import dev.hotlog.agents.transcript.Whole;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GooseTest {
    private static final String ASKED = "[{\"type\":\"text\",\"text\":\"How many ducks?\"}]";
    private static final String ANSWERED =
            "[{\"type\":\"thinking\",\"thinking\":\"hm\"},{\"type\":\"text\",\"text\":\"Let me look\"},"
                    + "{\"type\":\"toolRequest\",\"id\":\"c1\",\"toolCall\":{\"status\":\"success\",\"value\":{\"name\":\"shell\",\"arguments\":{\"command\":\"ls\"}}}}]";
    private static final String RESULT =
            "[{\"type\":\"toolResponse\",\"id\":\"c1\",\"toolResult\":{\"status\":\"error\",\"error\":\"none\"}}]";
    private static final String COMPACTED = "[{\"type\":\"conversationCompacted\",\"msg\":\"counted\"}]";

    @TempDir
    Path folder;

    private final Goose transcript = new Goose();

    private Path database() throws IOException {
        return Files.createDirectories(folder.resolve("goose/sessions")).resolve("sessions.db");
    }

    private static void run(Connection database, String... statements) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void message(Connection database, String role, long created, String content) throws SQLException {
        try (PreparedStatement insert = database.prepareStatement(
                "INSERT INTO messages (session_id, role, content_json, created_timestamp) VALUES ('g-1', ?, ?, ?)")) {
            insert.setString(1, role);
            insert.setString(2, content);
            insert.setLong(3, created);
            insert.execute();
        }
    }

    private static void fill(Connection database) throws SQLException {
        run(
                database,
                "CREATE TABLE sessions (id TEXT PRIMARY KEY, name TEXT, description TEXT, user_set_name BOOLEAN,"
                        + " working_dir TEXT, created_at TIMESTAMP, updated_at TIMESTAMP, total_tokens INTEGER,"
                        + " input_tokens INTEGER, output_tokens INTEGER, accumulated_total_tokens INTEGER,"
                        + " accumulated_input_tokens INTEGER, accumulated_output_tokens INTEGER, model_config_json TEXT)",
                "CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT, role TEXT,"
                        + " content_json TEXT, created_timestamp INTEGER, metadata_json TEXT)",
                "INSERT INTO sessions VALUES ('g-1', 'CLI Session', 'Feed the ducks', 0, '/w/pond',"
                        + " '2026-04-02 09:15:00', '2026-04-02 09:16:00', 50, 40, 10, 150, 120, 30,"
                        + " '{\"model_name\":\"m-1\"}')");
        message(database, "user", 1_775_121_300, ASKED);
        message(database, "assistant", 1_775_121_301, ANSWERED);
        message(database, "user", 1_775_121_301, RESULT);
        message(database, "user", 1_775_121_301, COMPACTED);
    }

    private Path file() throws IOException {
        Path file = database().resolveSibling("g-1.jsonl");
        String metadata = "{\"working_dir\":\"/w/pond\",\"description\":\"Feed the ducks\",\"message_count\":4,"
                + "\"total_tokens\":50,\"input_tokens\":40,\"output_tokens\":10}";
        return Files.writeString(
                file,
                String.join(
                        "\n",
                        metadata,
                        line("user", 1_775_121_300, ASKED),
                        line("assistant", 1_775_121_301, ANSWERED),
                        line("user", 1_775_121_301, RESULT),
                        line("user", 1_775_121_301, COMPACTED),
                        ""));
    }

    private static String line(String role, long created, String content) {
        return "{\"role\":\"" + role + "\",\"created\":" + created + ",\"content\":" + content + "}";
    }

    private Reading read(Path file) throws IOException {
        return Transcripts.read(transcript, transcript.wholes(file).getFirst());
    }

    @Test
    void looksWhereItIsTold() {
        Path home = Path.of("/h");
        assertThat(transcript.roots(home, Map.of()))
                .contains(
                        Path.of("/h/.local/share/goose/sessions"),
                        Path.of("/h/Library/Application Support/goose/sessions"),
                        Path.of("/h/AppData/Roaming/Block/goose/sessions"));
        assertThat(transcript.roots(home, Map.of("XDG_DATA_HOME", "/x", "APPDATA", "/r")))
                .contains(Path.of("/x/goose/sessions"), Path.of("/r/Block/goose/sessions"));
        assertThat(transcript.roots(home, Map.of("GOOSE_PATH_ROOT", "/a,/b")))
                .containsExactly(Path.of("/a/data/sessions"), Path.of("/b/data/sessions"));
        assertThat(List.of("goose/sessions/sessions.db", "data/sessions/20250101_1.jsonl"))
                .allMatch(name -> transcript.isTranscript(Path.of("/x", name)));
        assertThat(List.of("goose/secrets.yaml", "pi/sessions/a.jsonl", "goose/sessions/sessions.db-wal"))
                .noneMatch(name -> transcript.isTranscript(Path.of("/x", name)));
    }

    @Test
    void aDatabaseIsReadBesideItsWriter() throws IOException, SQLException {
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + database())) {
            run(writer, "PRAGMA journal_mode = WAL");
            fill(writer);
            Whole before = transcript.wholes(database()).getFirst();
            Reading reading = Transcripts.read(transcript, before);
            assertThat(reading.words())
                    .containsExactly(
                            "lifecycle session_start",
                            "message prompt",
                            "message thinking",
                            "message answer",
                            "tool_call tool_call",
                            "tool_result tool_result",
                            "lifecycle compaction");
            assertThat(reading.sessionId()).isEqualTo("g-1");
            assertThat(reading.facts())
                    .containsEntry("agent", "goose")
                    .containsEntry("workspace", "/w/pond")
                    .containsEntry("model", "m-1")
                    .containsEntry("title", "Feed the ducks")
                    .containsEntry("usage", "complete");
            assertThat(reading.event("message prompt").tsMillis()).isEqualTo(1_775_121_300_000L);
            assertThat(reading.event("tool_result tool_result").tool()).contains("shell");
            assertThat(reading.event("tool_result tool_result").stopReason()).contains("error");
            assertThat(Transcripts.sum(reading, Measure.TOKENS_IN)).isEqualTo(120);
            assertThat(Transcripts.sum(reading, Measure.TOKENS_OUT)).isEqualTo(30);
            assertThat(reading.usage().getFirst().cost().has(Measure.CACHE_READ_TOKENS))
                    .isFalse();
            message(writer, "user", 1_775_121_309, "[]");
            assertThat(transcript.wholes(database()).getFirst().version()).isNotEqualTo(before.version());
        }
    }

    @Test
    void anOlderFileIsTheSameSessionAsTheRowsItWasTakenInto() throws IOException, SQLException {
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + database())) {
            fill(writer);
        }
        Reading rows = read(database());
        Reading lines = read(file());
        assertThat(lines.sessionId()).isEqualTo(rows.sessionId());
        assertThat(lines.words()).isEqualTo(rows.words());
        assertThat(lines.events().stream().map(event -> Payload.identity(event.payload())))
                .isEqualTo(rows.events().stream()
                        .map(event -> Payload.identity(event.payload()))
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void theFiguresOfTheLastCallAreNotAllThereWas() throws IOException {
        Reading reading = read(file());
        assertThat(reading.facts()).containsEntry("usage", "incomplete");
        assertThat(Transcripts.sum(reading, Measure.TOKENS_IN)).isEqualTo(40);
    }

    @Test
    void aRowThatMakesNoSenseIsNamedAndTheOthersAreRead() throws IOException, SQLException {
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + database())) {
            fill(writer);
            run(writer, "UPDATE messages SET content_json = '[{' WHERE id = 2");
        }
        Reading reading = read(database());
        assertThat(reading.bad()).hasSize(1);
        assertThat(reading.words()).contains("message prompt", "tool_result tool_result");
    }

    @Test
    void aRealDatabaseIsReadAndTellsNoTokens() throws IOException {
        Path file = Corpora.shared("corpora/open/home/.local/share/goose/sessions/sessions.db");
        Reading reading = read(file);
        assertThat(reading.sessionId()).isEqualTo("20251202_1");
        assertThat(reading.words()).containsExactly("lifecycle session_start");
        assertThat(reading.facts()).containsKey("workspace").doesNotContainKey("title");
        assertThat(reading.usage()).isEmpty();
    }
}
