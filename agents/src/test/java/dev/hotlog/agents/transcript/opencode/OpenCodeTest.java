// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.opencode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.agents.transcript.Payload;
import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Transcripts.Reading;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.agents.transcript.Whole;
import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenCodeTest {
    private static final String TOKENS =
            "{\"total\":173,\"input\":3,\"output\":40,\"reasoning\":25,\"cache\":{\"read\":100,\"write\":30}}";

    @TempDir
    Path storage;

    private final OpenCode transcript = new OpenCode();
    private Path session = Path.of("");

    @BeforeEach
    void aSession() throws IOException {
        session = write(
                "session/p1/ses_1.json",
                "{\"id\":\"ses_1\",\"directory\":\"/w/pond\",\"parentID\":\"ses_0\",\"version\":\"1.0\","
                        + "\"title\":\"Feed the ducks\",\"time\":{\"created\":1000,\"updated\":2000}}");
        write("message/ses_1/msg_1.json", "{\"id\":\"msg_1\",\"role\":\"user\",\"time\":{\"created\":1001}}");
        part("msg_1", "prt_1", "\"type\":\"text\",\"text\":\"How many ducks?\"");
        part("msg_1", "prt_2", "\"type\":\"text\",\"synthetic\":true,\"text\":\"Called the Read tool\"");
    }

    private Path write(String name, String json) throws IOException {
        Path file = storage.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, json);
    }

    private void answer(String id, String more) throws IOException {
        write(
                "message/ses_1/" + id + ".json",
                "{\"id\":\"" + id + "\",\"role\":\"assistant\",\"modelID\":\"m-1\","
                        + (more.contains("\"cost\"") ? "" : "\"cost\":0.25,") + more + "}");
    }

    private void part(String message, String id, String more) throws IOException {
        write(
                "part/" + message + "/" + id + ".json",
                "{\"id\":\"" + id + "\",\"messageID\":\"" + message + "\"," + more + "}");
    }

    private Reading read() throws IOException {
        return Transcripts.read(transcript, whole());
    }

    private Whole whole() throws IOException {
        return transcript.wholes(session).getFirst();
    }

    @Test
    void looksWhereItIsTold() {
        Path home = Path.of("/h");
        assertThat(transcript.roots(home, Map.of())).contains(Path.of("/h/.local/share/opencode/storage/session"));
        assertThat(transcript.roots(home, Map.of("XDG_DATA_HOME", "/x")))
                .contains(Path.of("/x/opencode/storage/session"));
        assertThat(transcript.roots(home, Map.of("OPENCODE_DATA_DIR", "/a,/b", "XDG_DATA_HOME", "/x")))
                .contains(Path.of("/a/storage/session"), Path.of("/b/storage/session"))
                .noneMatch(root -> root.startsWith("/x"));
        assertThat(transcript.isTranscript(Path.of("/h/.local/share/opencode/auth.json")))
                .isFalse();
    }

    @Test
    void tellsASessionPartByPart() throws IOException {
        answer("msg_2", "\"finish\":\"stop\",\"time\":{\"created\":1002,\"completed\":1009},\"tokens\":" + TOKENS);
        part("msg_2", "prt_3", "\"type\":\"reasoning\",\"text\":\"hm\",\"time\":{\"start\":1003,\"end\":1004}");
        part(
                "msg_2",
                "prt_4",
                "\"type\":\"tool\",\"callID\":\"c1\",\"tool\":\"bash\",\"state\":{\"status\":\"completed\","
                        + "\"input\":{\"command\":\"ls\"},\"output\":\"7\",\"time\":{\"start\":1005,\"end\":1025}}");
        part("msg_2", "prt_5", "\"type\":\"text\",\"text\":\"Seven\"");
        part("msg_2", "prt_6", "\"type\":\"never_seen\"");
        Reading reading = read();
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle session_start",
                        "lifecycle message",
                        "message prompt",
                        "lifecycle context",
                        "lifecycle message",
                        "message thinking",
                        "tool_call tool_call",
                        "tool_result tool_result",
                        "message answer",
                        "lifecycle never_seen");
        assertThat(reading.sessionId()).isEqualTo("ses_1");
        assertThat(reading.facts())
                .containsEntry("agent", "opencode")
                .containsEntry("workspace", "/w/pond")
                .containsEntry("parent", "ses_0")
                .containsEntry("model", "m-1")
                .containsEntry("title", "Feed the ducks");
        Event result = reading.event("tool_result tool_result");
        assertThat(result.payload().toString())
                .isEqualTo("{\"type\":\"tool_result\",\"id\":\"prt_4\",\"block\":\"7\"}");
        assertThat(result.measure(Measure.LATENCY_MS)).isEqualTo(20);
        assertThat(result.tool()).contains("bash");
        assertThat(reading.event("tool_call tool_call").payload().toString()).contains("\"output\":\"\"");
        assertThat(reading.event("message answer").tsMillis()).isEqualTo(1005);
    }

    @Test
    void reasoningIsCountedWithinTheOutputAsTheTotalTells() throws IOException {
        answer("msg_2", "\"time\":{\"created\":1002,\"completed\":1009},\"tokens\":" + TOKENS);
        answer("msg_3", "\"time\":{\"created\":1012,\"completed\":1019},\"tokens\":" + TOKENS.replace("173", "198"));
        Reading reading = read();
        assertThat(Transcripts.sum(reading, Measure.TOKENS_IN)).isEqualTo(6);
        assertThat(Transcripts.sum(reading, Measure.TOKENS_OUT)).isEqualTo(40 + 65);
        assertThat(Transcripts.sum(reading, Measure.REASONING_TOKENS)).isEqualTo(50);
        assertThat(Transcripts.sum(reading, Measure.CACHE_READ_TOKENS)).isEqualTo(200);
        assertThat(Transcripts.sum(reading, Measure.CACHE_CREATION_TOKENS)).isEqualTo(60);
        assertThat(Transcripts.sum(reading, Measure.COST_USD_E6)).isEqualTo(500_000);
    }

    @Test
    void aCostOfNothingIsNoCost() throws IOException {
        answer("msg_2", "\"cost\":0,\"time\":{\"created\":1002,\"completed\":1009},\"tokens\":" + TOKENS);
        Event cost = read().usage().getFirst().cost();
        assertThat(cost.measure(Measure.TOKENS_IN)).isEqualTo(3);
        assertThat(cost.has(Measure.COST_USD_E6)).isFalse();
    }

    @Test
    void aForksCopiesHaveTheSameKeys() throws IOException {
        answer("msg_2", "\"time\":{\"created\":1002,\"completed\":1009},\"tokens\":" + TOKENS);
        answer("msg_9", "\"time\":{\"created\":1002,\"completed\":1009},\"tokens\":" + TOKENS);
        assertThat(read().usage().stream()
                        .map(usage -> ((Usage.Once) usage).key())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void whatIsInTheWritingIsLeftForLater() throws IOException {
        answer("msg_2", "\"time\":{\"created\":1002},\"tokens\":" + TOKENS);
        part("msg_2", "prt_3", "\"type\":\"text\",\"text\":\"Sev\",\"time\":{\"start\":1003}");
        part("msg_2", "prt_4", "\"type\":\"tool\",\"tool\":\"bash\",\"state\":{\"status\":\"running\",\"input\":{}}");
        part("msg_2", "prt_5", "\"type\":\"reasoning\",\"text\":\"done\",\"time\":{\"start\":1003,\"end\":1004}");
        Reading reading = read();
        assertThat(reading.usage()).isEmpty();
        assertThat(reading.words())
                .endsWith("lifecycle context", "message thinking")
                .doesNotContain("message answer", "tool_call tool_call");
    }

    @Test
    void aPromptThatWaitsEndsNoAnswer() throws IOException {
        answer("msg_2", "\"time\":{\"created\":1002},\"tokens\":" + TOKENS);
        part("msg_2", "prt_3", "\"type\":\"text\",\"text\":\"Sev\",\"time\":{\"start\":1003}");
        write("message/ses_1/msg_3.json", "{\"id\":\"msg_3\",\"role\":\"user\",\"time\":{\"created\":1011}}");
        part("msg_3", "prt_4", "\"type\":\"text\",\"text\":\"And geese?\"");
        write("message/ses_1/msg_4.json", "{\"id\":\"msg_4\",\"ro");
        Reading reading = read();
        assertThat(reading.usage()).isEmpty();
        assertThat(reading.words()).doesNotContain("message answer").endsWith("message prompt");
    }

    @Test
    void whatWasGivenUpIsTakenOnceAnotherAnswerFollows() throws IOException {
        answer("msg_2", "\"time\":{\"created\":1002},\"tokens\":" + TOKENS);
        part("msg_2", "prt_3", "\"type\":\"text\",\"text\":\"Sev\",\"time\":{\"start\":1003}");
        answer("msg_3", "\"time\":{\"created\":1012}");
        Reading reading = read();
        assertThat(reading.usage()).hasSize(1);
        assertThat(reading.words()).contains("message answer");
    }

    @Test
    void aHalfWrittenFileIsNamedAndTheRestRead() throws IOException {
        part("msg_1", "prt_1", "\"type\":\"text\",\"text\":\"cut");
        Files.writeString(storage.resolve("part/msg_1/prt_1.json"), "{\"id\":\"prt_1\",\"mess");
        write("part/msg_1/prt_0.json", "");
        Reading reading = read();
        assertThat(reading.bad()).hasSize(2);
        assertThat(reading.words()).contains("lifecycle context");
    }

    @Test
    void whatBelongsToAFileOfAnotherNameIsFoundByTheIdInIt() throws IOException {
        List<String> words = read().words();
        session = Files.move(session, session.resolveSibling("a-session.json"));
        Path messages = storage.resolve("message/ses_1");
        Files.move(messages.resolve("msg_1.json"), messages.resolve("1.json"));
        assertThat(read().words()).isEqualTo(words).hasSizeGreaterThan(2);
    }

    @Test
    void theVersionChangesWithAnyOfItsFiles() throws IOException {
        Whole.Version before = whole().version();
        part("msg_1", "prt_7", "\"type\":\"text\",\"text\":\"more\"");
        assertThat(whole().version()).isNotEqualTo(before);
        assertThat(before.sizeBytes()).isPositive();
    }

    private static void run(Connection database, String... statements) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void fill(Connection database) throws SQLException {
        run(
                database,
                "CREATE TABLE session (id text, project_id text, parent_id text, directory text, title text, version text,"
                        + " time_created integer, time_updated integer)",
                "CREATE TABLE message (id text, session_id text, time_created integer, time_updated integer, data text)",
                "CREATE TABLE part (id text, message_id text, session_id text, time_created integer,"
                        + " time_updated integer, data text)",
                "INSERT INTO session VALUES ('ses_1', 'p1', 'ses_0', '/w/pond', 'Feed the ducks', '1.2', 1000, 2000)",
                "INSERT INTO message VALUES ('msg_1', 'ses_1', 1001, 1001, '{\"role\":\"user\",\"time\":{\"created\":1001}}')",
                "INSERT INTO part VALUES ('prt_1', 'msg_1', 'ses_1', 1001, 1001,"
                        + " '{\"type\":\"text\",\"text\":\"How many ducks?\"}')",
                "INSERT INTO part VALUES ('prt_2', 'msg_1', 'ses_1', 1001, 1001,"
                        + " '{\"type\":\"text\",\"synthetic\":true,\"text\":\"Called the Read tool\"}')");
    }

    @Test
    void aDatabaseTellsTheSameAsFilesBesideItsWriter() throws IOException, SQLException {
        Path file = storage.resolve("opencode.db");
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            run(writer, "PRAGMA journal_mode = WAL");
            fill(writer);
            assertThat(Files.exists(storage.resolve("opencode.db-wal"))).isTrue();
            Whole before = transcript.wholes(file).getFirst();
            Reading rows = Transcripts.read(transcript, before);
            Reading files = read();
            assertThat(rows.words()).isEqualTo(files.words());
            assertThat(rows.sessionId()).isEqualTo("ses_1");
            assertThat(rows.events().stream().map(event -> Payload.identity(event.payload())))
                    .isEqualTo(files.events().stream()
                            .map(event -> Payload.identity(event.payload()))
                            .toList());
            assertThat(rows.facts()).containsEntry("parent", "ses_0").containsEntry("title", "Feed the ducks");
            run(
                    writer,
                    "INSERT INTO message VALUES ('msg_2', 'ses_1', 1002, 1002, '{\"role\":\"assistant\",\"time\":"
                            + "{\"created\":1002,\"completed\":1009},\"tokens\":" + TOKENS + "}')");
            Whole after = transcript.wholes(file).getFirst();
            assertThat(after.version()).isNotEqualTo(before.version());
            assertThat(Transcripts.sum(Transcripts.read(transcript, after), Measure.TOKENS_OUT))
                    .isEqualTo(40);
            run(
                    writer,
                    "UPDATE message SET data = replace(data, 'completed', 'not yet') WHERE id = 'msg_2'",
                    "INSERT INTO message VALUES ('msg_3', 'ses_1', 1011, 1011, '{\"role\":\"user\"}')",
                    "INSERT INTO message VALUES ('msg_4', 'ses_1', 1012, 1012, '{\"ro')");
            Reading inWriting =
                    Transcripts.read(transcript, transcript.wholes(file).getFirst());
            assertThat(inWriting.usage()).isEmpty();
            assertThat(inWriting.bad()).hasSize(1);
        }
    }

    @Test
    void aDatabaseAtRestIsReadWithoutAFileBesideIt() throws IOException, SQLException {
        Path file = storage.resolve("opencode.db");
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            run(writer, "PRAGMA journal_mode = WAL");
            fill(writer);
        }
        assertThat(Transcripts.read(transcript, transcript.wholes(file).getFirst())
                        .events())
                .hasSize(4);
        try (var beside = Files.list(storage)) {
            assertThat(beside.map(path -> path.getFileName().toString()).filter(name -> name.startsWith("opencode")))
                    .containsExactly("opencode.db");
        }
    }

    @Test
    void aDatabaseThatIsNoneIsNamed() throws IOException {
        Path file = Files.writeString(storage.resolve("opencode.db"), "what a strange database this would be");
        assertThatThrownBy(() -> transcript.wholes(file))
                .isInstanceOf(IOException.class)
                .hasMessage("SQLite: file is not a database");
    }
}
