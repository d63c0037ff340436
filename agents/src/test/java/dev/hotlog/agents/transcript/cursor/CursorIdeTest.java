// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Transcripts.Reading;
import dev.hotlog.agents.transcript.Whole;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorIdeTest {
    private static final String ASKED = "{\"bubbleId\":\"b1\",\"type\":1,\"text\":\"How many?\","
            + "\"createdAt\":\"2026-04-02T09:15:00.000Z\",\"tokenCount\":{\"inputTokens\":0,\"outputTokens\":0}}";

    private static final int PAGE_BYTES = 4096;

    @TempDir
    Path folder;

    private final CursorIde transcript = new CursorIde();
    private Path database = Path.of("");
    private Connection writer;

    @BeforeEach
    void aDatabase() throws IOException, SQLException {
        database = folder.resolve("Cursor/User/globalStorage/state.vscdb");
        Files.createDirectories(database.getParent());
        writer = DriverManager.getConnection("jdbc:sqlite:" + database);
        run("CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)");
        run("INSERT INTO ItemTable VALUES ('cursorAuth/accessToken', 'not to be read')");
    }

    @AfterEach
    void close() throws SQLException {
        writer.close();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute(sql);
        }
    }

    private void put(String key, String value) throws SQLException {
        run("CREATE TABLE IF NOT EXISTS cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)");
        try (PreparedStatement insert = writer.prepareStatement("INSERT INTO cursorDiskKV VALUES (?, ?)")) {
            insert.setString(1, key);
            insert.setBytes(2, value.getBytes(StandardCharsets.UTF_8));
            insert.execute();
        }
    }

    private static String composer(String status) {
        return "{\"composerId\":\"c-1\",\"name\":\"Feed the ducks\",\"createdAt\":1775121300000,"
                + "\"lastUpdatedAt\":1775121400000,\"status\":\"" + status
                + "\",\"modelConfig\":{\"modelName\":\"default\"},"
                + "\"workspaceIdentifier\":{\"uri\":{\"fsPath\":\"/w/pond\"}},"
                + "\"fullConversationHeadersOnly\":[{\"bubbleId\":\"b1\",\"type\":1},{\"bubbleId\":\"b0\",\"type\":2},"
                + "{\"bubbleId\":\"gone\",\"type\":2}]}";
    }

    private void conversation(String status, String answer) throws SQLException {
        put("composerData:c-1", composer(status));
        put("bubbleId:c-1:b0", answer);
        put("bubbleId:c-1:b1", ASKED);
    }

    private static String answer(String more) {
        return "{\"bubbleId\":\"b0\",\"type\":2,\"createdAt\":\"2026-04-02T09:15:05.000Z\","
                + "\"modelInfo\":{\"modelName\":\"m-1\"}," + more + "}";
    }

    private static String tool(String status) {
        return "\"text\":\"\",\"toolFormerData\":{\"name\":\"read_file\",\"toolCallId\":\"t1\",\"status\":\"" + status
                + "\",\"rawArgs\":\"{}\",\"result\":\"seven\"}";
    }

    private Reading read() throws IOException {
        return Transcripts.read(transcript, transcript.wholes(database).getFirst());
    }

    @Test
    void looksWhereEachSystemKeepsItAndInNoOtherEditor() {
        assertThat(transcript.roots(Path.of("/h"), Map.of()))
                .containsExactly(
                        Path.of("/h/.config/Cursor/User/globalStorage/state.vscdb"),
                        Path.of("/h/Library/Application Support/Cursor/User/globalStorage/state.vscdb"),
                        Path.of("/h/AppData/Roaming/Cursor/User/globalStorage/state.vscdb"));
        assertThat(transcript.roots(Path.of("/h"), Map.of("XDG_CONFIG_HOME", "/x", "APPDATA", "/r")))
                .contains(
                        Path.of("/x/Cursor/User/globalStorage/state.vscdb"),
                        Path.of("/r/Cursor/User/globalStorage/state.vscdb"));
        assertThat(List.of("Code/User/globalStorage/state.vscdb", "Cursor/User/workspaceStorage/a/state.vscdb"))
                .noneMatch(name -> transcript.isTranscript(Path.of("/x", name)));
    }

    @Test
    void tellsAConversationInItsOrder() throws IOException, SQLException {
        conversation(
                "completed",
                answer("\"thinking\":{\"text\":\"hm\"},"
                        + tool("error").replace("\"text\":\"\"", "\"text\":\"Look\"")));
        put("bubbleId:c-1:b9", "{\"bubbleId\":\"b9\",\"type\":2,\"text\":\"left behind\"}");
        put("bubbleId:c-1:b8", "{\"bubbleId\":\"b8\",\"type\":2,\"capabilityType\":15}");
        Reading reading = read();
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle session_start",
                        "message prompt",
                        "message thinking",
                        "message answer",
                        "tool_call tool_call",
                        "tool_result tool_result",
                        "message answer",
                        "lifecycle bubble");
        assertThat(reading.sessionId()).isEqualTo("ide/c-1");
        assertThat(reading.facts())
                .containsEntry("agent", "cursor-ide")
                .containsEntry("workspace", "/w/pond")
                .containsEntry("model", "m-1")
                .containsEntry("title", "Feed the ducks");
        assertThat(reading.event("message prompt").tsMillis()).isEqualTo(1_775_121_300_000L);
        assertThat(reading.event("message answer").model()).contains("m-1");
        assertThat(reading.event("tool_result tool_result").stopReason()).contains("error");
        assertThat(reading.event("tool_call tool_call").payload().toString()).contains("\"result\":\"\"");
    }

    @Test
    void aCountOfZeroTellsNothing() throws IOException, SQLException {
        conversation("completed", answer("\"text\":\"Seven\",\"tokenCount\":{\"inputTokens\":900,\"outputTokens\":0}"));
        assertThat(read().usage()).singleElement().satisfies(usage -> {
            assertThat(usage.cost().measure(Measure.TOKENS_IN)).isEqualTo(900);
            assertThat(usage.cost().has(Measure.TOKENS_OUT)).isFalse();
            assertThat(usage.cost().has(Measure.CACHE_READ_TOKENS)).isFalse();
        });
    }

    @Test
    void whatTheEditorIsAtIsLeftForLater() throws IOException, SQLException {
        conversation("generating", answer("\"text\":\"Sev\""));
        assertThat(read().words()).containsExactly("lifecycle session_start", "message prompt");
        put("bubbleId:c-1:b5", answer("\"text\":\"not shown yet\""));
        assertThat(read().words()).containsExactly("lifecycle session_start", "message prompt");
        run("DELETE FROM cursorDiskKV WHERE key = 'bubbleId:c-1:b5'");
        conversation("none", answer(tool("loading")));
        assertThat(read().words()).endsWith("message prompt", "tool_call tool_call");
        conversation("none", answer(tool("completed")));
        assertThat(read().words()).endsWith("tool_call tool_call", "tool_result tool_result");
    }

    @Test
    void anOlderConversationHoldsItsBubblesAndAnEmptyOneIsNone() throws IOException, SQLException {
        put("composerData:c-1", "{\"composerId\":\"c-1\",\"conversation\":[" + ASKED + "]}");
        put("composerData:c-2", "{\"composerId\":\"c-2\",\"conversation\":[]}");
        assertThat(transcript.wholes(database)).hasSize(1);
        assertThat(read().words()).containsExactly("lifecycle session_start", "message prompt");
    }

    @Test
    void aValueThatMakesNoSenseIsNamedAndTheOthersAreRead() throws IOException, SQLException {
        conversation("completed", "{\"bubbleId\":");
        Reading reading = read();
        assertThat(reading.bad()).hasSize(1);
        assertThat(reading.words()).containsExactly("lifecycle session_start", "message prompt");
        put("composerData:c-1", "{\"composerId\":");
        assertThat(read().bad()).hasSize(2);
        assertThat(read().words()).containsExactly("message prompt");
        assertThat(read().sessionId()).isEqualTo("ide/c-1");
    }

    @Test
    void aPageThatIsDamagedCostsTheBubbleThatItHolds() throws IOException, SQLException {
        String answer = "{\"bubbleId\":\"b0\",\"type\":2,\"text\":\"here " + "x".repeat(5 * PAGE_BYTES) + "\"}";
        conversation("completed", answer);
        put("bubbleId:c-1:b2", ASKED.replace("b1", "b2"));
        writer.close();
        String bytes = Files.readString(database, StandardCharsets.ISO_8859_1);
        int within = bytes.indexOf("x".repeat(PAGE_BYTES / 2));
        int page = (within / PAGE_BYTES + 1) * PAGE_BYTES;
        byte[] damaged = bytes.getBytes(StandardCharsets.ISO_8859_1);
        Arrays.fill(damaged, page, page + Integer.BYTES, (byte) 0x7F);
        Files.write(database, damaged);
        Reading reading = read();
        assertThat(reading.bad())
                .singleElement()
                .satisfies(bad -> assertThat(bad.reason()).contains("malformed"));
        assertThat(reading.words()).containsExactly("lifecycle session_start", "message prompt", "message prompt");
    }

    @Test
    void theVersionChangesWithABubbleAndTheWriterIsNotDisturbed() throws IOException, SQLException {
        run("PRAGMA journal_mode = WAL");
        conversation("completed", answer("\"text\":\"Seven\""));
        Whole before = transcript.wholes(database).getFirst();
        try (Whole.Reading objects = before.objects()) {
            assertThat(objects.next()).isPresent();
            put("bubbleId:c-1:b2", ASKED.replace("b1", "b2"));
            assertThat(objects.next()).isPresent();
        }
        assertThat(transcript.wholes(database).getFirst().version()).isNotEqualTo(before.version());
    }

    @Test
    void aDatabaseWithoutConversationsHasNone() throws IOException {
        assertThat(transcript.wholes(database)).isEmpty();
    }
}
