// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.opencode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.agents.transcript.Whole;
import dev.hotlog.agents.transcript.Whole.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What OpenCode deletes while it is read is no damage.
class GoneMeanwhileTest {
    private static final String USER = "{\"role\":\"user\"}";
    private static final String ANSWER = "{\"role\":\"assistant\"}";

    @TempDir
    Path storage;

    private Path write(String name, String json) throws IOException {
        Path file = storage.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, json);
    }

    private static List<String> rest(Whole.Reading reading) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Optional<Step> step = reading.next(); step.isPresent(); step = reading.next()) {
            texts.add(step.get() instanceof Step.Taken(var json) ? json.toString() : "bad");
        }
        return texts;
    }

    @Test
    void filesThatHaveGoneAreLeftOut() throws IOException {
        Path session = write("session/p1/ses_1.json", "{}");
        write("message/ses_1/msg_1.json", ANSWER);
        write("part/msg_1/prt_1.json", "{\"text\":\"a\"}");
        Path waiting = write("message/ses_1/msg_2.json", USER);
        Whole whole = new SessionTree(session);
        try (Whole.Reading reading = whole.objects()) {
            Files.delete(waiting);
            assertThat(rest(reading)).containsExactly("{}", OpenCodeReader.LAST, ANSWER, "{\"text\":\"a\"}");
        }
        Whole.Version without = whole.version();
        // Listed, but not there: as what goes after the folder was listed.
        Files.createSymbolicLink(waiting, storage.resolve("nowhere"));
        assertThat(whole.version()).isEqualTo(without);
        try (Whole.Reading reading = whole.objects()) {
            assertThat(rest(reading)).containsExactly("{}", OpenCodeReader.LAST, ANSWER, "{\"text\":\"a\"}");
        }
    }

    @Test
    void aPromptThatCannotBeReadCostsNothingBeforeIt() throws IOException {
        Path session = write("session/p1/ses_1.json", "{}");
        write("message/ses_1/msg_1.json", ANSWER);
        Path unreadable = storage.resolve("message/ses_1/msg_2.json");
        Files.createSymbolicLink(unreadable, unreadable);
        try (Whole.Reading reading = new SessionTree(session).objects()) {
            for (int i = 0; i < 3; i++) {
                assertThat(reading.next()).get().isInstanceOf(Step.Taken.class);
            }
            assertThatThrownBy(reading::next).isInstanceOf(IOException.class);
        }
    }

    @Test
    void withoutItsOwnFileThereIsNoSession() throws IOException {
        Path session = write("session/p1/ses_1.json", "{}");
        Whole whole = new SessionTree(session);
        Files.delete(session);
        assertThatThrownBy(whole::version).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> rest(whole.objects())).isInstanceOf(NoSuchFileException.class);
    }

    private static void run(Connection database, String... statements) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void rowsThatHaveGoneAreLeftOut() throws IOException, SQLException {
        Path file = storage.resolve("opencode.db");
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            run(
                    writer,
                    "PRAGMA journal_mode = WAL",
                    "CREATE TABLE session (id text, time_created integer, time_updated integer)",
                    "CREATE TABLE message (id text, session_id text, time_updated integer, data text)",
                    "CREATE TABLE part (id text, message_id text, session_id text, time_updated integer, data text)",
                    "INSERT INTO session VALUES ('ses_1', 1, 2)",
                    "INSERT INTO message VALUES ('msg_1', 'ses_1', 2, '" + USER + "')",
                    "INSERT INTO part VALUES ('prt_1', 'msg_1', 'ses_1', 2, '{\"text\":\"a\"}')",
                    "INSERT INTO part VALUES ('prt_2', 'msg_1', 'ses_1', 2, '{\"text\":\"b\"}')",
                    "INSERT INTO part VALUES ('prt_3', 'msg_1', 'ses_1', 2, NULL)");
            try (Whole.Reading reading = SessionRows.all(file).getFirst().objects()) {
                run(writer, "DELETE FROM part WHERE id = 'prt_1'");
                assertThat(rest(reading))
                        .hasSize(5)
                        .noneMatch(json -> json.contains("\"a\""))
                        .anyMatch(json -> json.contains("\"b\""))
                        .endsWith("bad");
            }
        }
    }
}
