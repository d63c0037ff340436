// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A session that goes on between two imports gives what is new, and its tokens count once, whatever form its
/// agent keeps it in.
class GrowingSessionsTest {
    @TempDir
    Path folder;

    private Desk desk;
    private int seen;

    @BeforeEach
    void aDesk() throws IOException {
        desk = new Desk(folder);
    }

    private void write(String name, String... lines) throws IOException {
        Path file = desk.home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private void append(String name, String... lines) throws IOException {
        Files.writeString(desk.home.resolve(name), String.join("\n", lines) + "\n", StandardOpenOption.APPEND);
    }

    private List<String> importNew() throws IOException {
        ImportReport report = desk.importHome();
        assertThat(report.problems()).isEmpty();
        assertThat(report.agents())
                .allSatisfy(agent -> assertThat(agent.renumbered()).isZero());
        List<Event> all = desk.events();
        List<Event> since = all.subList(seen, all.size());
        seen = all.size();
        return since.stream().map(Transcripts::word).toList();
    }

    /// Neither the same home nor the same files, named one by one, give anything more.
    private void nothingIsTakenTwice(String... paths) throws IOException {
        assertThat(desk.importHome().events()).isZero();
        for (String path : paths) {
            ImportReport report = desk.importPaths(desk.home.resolve(path));
            assertThat(report.files()).as(path).isPositive();
            assertThat(report.events()).as(path).isZero();
        }
    }

    @Test
    void droidsLinesAndItsTotals() throws IOException {
        String session = ".factory/sessions/-w/d-1";
        String start = "{\"type\":\"session_start\",\"id\":\"d-1\",\"cwd\":\"/w\"}";
        String message = "{\"type\":\"message\",\"timestamp\":\"2026-04-02T09:15:0%d.000Z\",\"message\":"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}}";
        String settings = "{\"model\":\"m-1\",\"tokenUsage\":{\"inputTokens\":%d,\"outputTokens\":%d}}";
        write(session + ".jsonl", start, message.formatted(1));
        write(session + ".settings.json", settings.formatted(100, 10));
        assertThat(importNew())
                .containsExactlyInAnyOrder(
                        "lifecycle session_start", "message prompt", "lifecycle settings", "cost usage");
        append(session + ".jsonl", message.formatted(2));
        write(session + ".settings.json", settings.formatted(150, 30));
        assertThat(importNew()).containsExactlyInAnyOrder("message prompt", "cost usage");
        assertThat(desk.totals("droid"))
                .containsEntry(Measure.TOKENS_IN, 150L)
                .containsEntry(Measure.TOKENS_OUT, 30L)
                .doesNotContainKey(Measure.CACHE_READ_TOKENS);
        assertThat(desk.sessions()).containsOnlyKeys("d-1");
        nothingIsTakenTwice(".factory/sessions", session + ".settings.json");
    }

    @Test
    void kimisLinesAndThoseOfItsSubagent() throws IOException {
        String session = ".kimi-code/sessions/wd_p_1/session_k-1/agents/";
        String start = "{\"type\":\"metadata\",\"protocol_version\":\"1.4\",\"created_at\":1785615359000}";
        String usage = "{\"type\":\"usage.record\",\"model\":\"k\",\"usage\":{\"inputOther\":10,\"output\":%d,"
                + "\"inputCacheRead\":0,\"inputCacheCreation\":0},\"usageScope\":\"turn\",\"time\":1785615359837}";
        write(session + "main/wire.jsonl", start, usage.formatted(1));
        write(session + "agent-0/wire.jsonl", start, usage.formatted(2));
        importNew();
        append(session + "main/wire.jsonl", usage.formatted(3), "{\"type\":\"turn.cancel\",\"time\":1785615360000}");
        assertThat(importNew())
                .containsExactlyInAnyOrder("lifecycle usage.record", "cost usage", "lifecycle interruption");
        assertThat(desk.totals("kimi")).containsEntry(Measure.TOKENS_OUT, 6L);
        assertThat(desk.fact("k-1/agent-0", "parent")).isEqualTo("k-1");
        nothingIsTakenTwice(".kimi-code/sessions/wd_p_1");
    }

    @Test
    void cursorsLines() throws IOException {
        String file = ".cursor/projects/w/agent-transcripts/c-1/c-1.jsonl";
        String line = "{\"role\":\"user\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}}";
        write(file, line.formatted("hi"));
        assertThat(importNew()).containsExactly("message prompt");
        append(file, line.formatted("hi"), line.formatted("bye"));
        assertThat(importNew()).containsExactly("message prompt", "message prompt");
        assertThat(desk.totals("cursor")).isEmpty();
        nothingIsTakenTwice(".cursor/projects/w");
        Path copy = Files.createDirectories(folder.resolve("copy")).resolve("c-1.jsonl");
        Files.copy(desk.home.resolve(file), copy);
        assertThat(desk.importPaths(copy).events()).isZero();
    }

    @Test
    void ampsDocuments() throws IOException {
        String file = ".local/share/amp/threads/T-1.json";
        String asked = "{\"role\":\"user\",\"messageId\":0,\"content\":[{\"type\":\"text\",\"text\":\"hi\"}]}";
        String answered = "{\"role\":\"assistant\",\"messageId\":1,\"state\":{\"type\":\"%s\"},\"content\":"
                + "[{\"type\":\"text\",\"text\":\"%s\"}],\"usage\":{\"inputTokens\":5,\"outputTokens\":7}}";
        String thread = "{\"id\":\"T-1\",\"created\":1775121300000,\"messages\":[";
        write(file, thread + asked + "," + answered.formatted("streaming", "Sev") + "]}");
        assertThat(importNew()).containsExactly("lifecycle session_start", "message prompt");
        write(file, thread + asked + "," + answered.formatted("complete", "Seven") + "]}");
        assertThat(importNew()).containsExactlyInAnyOrder("message answer", "cost usage");
        write(file, thread + asked + "," + answered.formatted("complete", "Seven") + "],\"title\":\"Ducks\"}");
        assertThat(importNew()).isEmpty();
        assertThat(desk.fact("T-1", "title")).isEqualTo("Ducks");
        assertThat(desk.totals("amp")).containsEntry(Measure.TOKENS_OUT, 7L);
        nothingIsTakenTwice(".local/share/amp/threads", file);
    }

    @Test
    void aidersHistory() throws IOException {
        String file = "src/pond/.aider.chat.history.md";
        write(file, "# aider chat started at 2026-04-02 11:15:00", "", "#### hi", "", "> Added a", "> Added a");
        assertThat(importNew())
                .containsExactly("lifecycle session_start", "message prompt", "lifecycle info", "lifecycle info");
        append(file, "> Added a", "", "#### hi", "", "# aider chat started at 2026-04-02 12:00:00", "", "#### hi");
        assertThat(importNew())
                .containsExactly("lifecycle info", "message prompt", "lifecycle session_start", "message prompt");
        assertThat(desk.sessions()).hasSize(2);
        assertThat(desk.totals("aider")).isEmpty();
        nothingIsTakenTwice("src/pond", "src", file);
        write(".codex/sessions/none.txt", "a home, and not only a folder of histories");
        append(file, "", "#### bye");
        assertThat(desk.importPaths(desk.home).events()).isEqualTo(1);
    }

    private Connection database(String name) throws IOException, SQLException {
        Path file = desk.home.resolve(name);
        Files.createDirectories(file.getParent());
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static void run(Connection database, String... statements) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void goosesFilesAndTheDatabaseThatTheyAreTakenInto() throws IOException, SQLException {
        String asked = "[{\"type\":\"text\",\"text\":\"hi\"}]";
        write(
                ".local/share/goose/sessions/g-1.jsonl",
                "{\"working_dir\":\"/w\",\"accumulated_input_tokens\":10,\"accumulated_output_tokens\":1}",
                "{\"role\":\"user\",\"created\":1775121300,\"content\":" + asked + "}");
        assertThat(importNew()).containsExactlyInAnyOrder("lifecycle session_start", "message prompt", "cost usage");
        try (Connection goose = database(".local/share/goose/sessions/sessions.db")) {
            run(
                    goose,
                    "CREATE TABLE sessions (id TEXT, working_dir TEXT, created_at TEXT, updated_at TEXT,"
                            + " accumulated_total_tokens INTEGER, accumulated_input_tokens INTEGER,"
                            + " accumulated_output_tokens INTEGER)",
                    "CREATE TABLE messages (id INTEGER PRIMARY KEY, session_id TEXT, role TEXT, content_json TEXT,"
                            + " created_timestamp INTEGER)",
                    "INSERT INTO sessions VALUES ('g-1', '/w', '2026-04-02 09:15:00', '2026-04-02 09:16:00', 33, 30, 3)",
                    "INSERT INTO messages VALUES (1, 'g-1', 'user', '" + asked + "', 1775121300)",
                    "INSERT INTO messages VALUES (2, 'g-1', 'assistant', '" + asked + "', 1775121301)");
            assertThat(importNew()).containsExactlyInAnyOrder("message answer", "cost usage");
            run(
                    goose,
                    "UPDATE sessions SET updated_at = '2026-04-02 09:17:00', accumulated_output_tokens = 8",
                    "INSERT INTO messages VALUES (3, 'g-1', 'user', '" + asked + "', 1775121309)");
            assertThat(importNew()).containsExactlyInAnyOrder("message prompt", "cost usage");
        }
        assertThat(desk.totals("goose"))
                .containsEntry(Measure.TOKENS_IN, 30L)
                .containsEntry(Measure.TOKENS_OUT, 8L)
                .doesNotContainKey(Measure.CACHE_READ_TOKENS);
        nothingIsTakenTwice(".local/share/goose/sessions", ".local/share/goose/sessions/sessions.db");
    }

    @Test
    void cursorsDatabase() throws IOException, SQLException {
        String file = ".config/Cursor/User/globalStorage/state.vscdb";
        String bubble = "INSERT INTO cursorDiskKV VALUES ('bubbleId:c-1:b%1$d', '{\"bubbleId\":\"b%1$d\",\"type\":2,"
                + "\"text\":\"hi\",\"tokenCount\":{\"inputTokens\":5,\"outputTokens\":7}}')";
        try (Connection editor = database(file)) {
            run(
                    editor,
                    "PRAGMA journal_mode = WAL",
                    "CREATE TABLE cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)",
                    "INSERT INTO cursorDiskKV VALUES ('composerData:c-1', '{\"composerId\":\"c-1\",\"createdAt\":1}')",
                    bubble.formatted(1));
            assertThat(importNew()).containsExactly("lifecycle session_start", "message answer", "cost usage");
            run(editor, bubble.formatted(2));
            assertThat(importNew()).containsExactlyInAnyOrder("message answer", "cost usage");
            assertThat(desk.totals("cursor-ide")).containsEntry(Measure.TOKENS_OUT, 14L);
            nothingIsTakenTwice(".config/Cursor", file);
        }
    }
}
