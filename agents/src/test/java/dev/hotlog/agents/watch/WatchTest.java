// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.ingest.ImportReport;
import dev.hotlog.agents.ingest.Problem;
import dev.hotlog.agents.ingest.Progress;
import dev.hotlog.agents.ingest.Spool;
import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class WatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LINE = """
            {"type":"user","sessionId":"%s","cwd":"/w","uuid":"%s","timestamp":"2026-03-07T11:00:00Z","message":{"role":"user","content":"say"}}
            """;

    @TempDir
    Path temp;

    private Path home;
    private Path logFolder;
    private final List<ImportReport> taken = new CopyOnWriteArrayList<>();
    private Watch watch;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    @BeforeEach
    void aHome() throws IOException {
        home = Files.createDirectories(temp.resolve("home"));
        logFolder = temp.resolve("log");
    }

    private void start() throws IOException {
        watch = new Watch(
                HotLog.open(logFolder), logFolder, home, Map.of(), InstantSource.system(), Progress.NONE, taken::add);
        running = CompletableFuture.runAsync(() -> {
            try {
                watch.run();
            } catch (LogException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @AfterEach
    void end() throws Exception {
        if (watch != null) {
            watch.close();
        }
        running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void until(String what, Callable<Boolean> seen) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!seen.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private long events(String session) throws IOException {
        try (HotLogReader reader = HotLogReader.open(logFolder)) {
            return reader.session(session)
                    .map(summary -> summary.totals().events())
                    .orElse(0L);
        }
    }

    private static void append(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path transcript(String session) {
        return home.resolve(".claude/projects/-w").resolve(session + ".jsonl");
    }

    @Test
    void whatIsThereIsTakenFirstAndThenWhatComes() throws Exception {
        append(transcript("s"), LINE.formatted("s", "u1"));
        start();
        until("the first line", () -> events("s") == 1);
        append(transcript("s"), LINE.formatted("s", "u2"));
        until("the second line", () -> events("s") == 2);
    }

    @Test
    void anAgentMayComeLater() throws Exception {
        start();
        until("the empty home is told of", () -> !taken.isEmpty());
        append(transcript("s"), LINE.formatted("s", "u1"));
        until("the line", () -> events("s") == 1);
    }

    @Test
    void aLineInTheWritingWaitsForItsEnd() throws Exception {
        String line = LINE.formatted("s", "u2");
        append(transcript("s"), LINE.formatted("s", "u1") + line.substring(0, 50));
        start();
        until("the first line", () -> events("s") == 1);
        append(transcript("s"), line.substring(50));
        until("the second line", () -> events("s") == 2);
    }

    @Test
    void aFileThatWasReplacedOrRenamedIsTakenOnce() throws Exception {
        append(transcript("s"), LINE.formatted("s", "u1"));
        start();
        until("the first line", () -> events("s") == 1);
        Path unfinished = home.resolve("unfinished");
        append(unfinished, LINE.formatted("s", "u1") + LINE.formatted("s", "u2"));
        Files.move(unfinished, transcript("s"), StandardCopyOption.REPLACE_EXISTING);
        until("the second line", () -> events("s") == 2);
        Path moved = home.resolve(".claude/projects/-moved/s.jsonl");
        Files.createDirectories(moved.getParent());
        Files.move(transcript("s"), moved);
        append(moved, LINE.formatted("s", "u3"));
        until("the third line", () -> events("s") == 3);
    }

    @Test
    void whatHooksTellIsTaken() throws Exception {
        start();
        until("the empty home is told of", () -> !taken.isEmpty());
        append(Spool.of(logFolder).folder().resolve("claude-code.1.2"), "{\"session_id\":\"s\"}");
        until("the call", () -> events("s") == 1);
        until("its file is gone", () -> Spool.of(logFolder).waiting() == 0);
    }

    @Test
    void aProblemIsToldOnce() throws Exception {
        Path document = home.resolve(".gemini/tmp/p/chats/session-1.json");
        append(document, "nonsense");
        start();
        until("the problem", () -> problemsOf(document) == 1);
        for (long round = 0; round < 3; round++) {
            append(document, " more");
            append(transcript("s"), LINE.formatted("s", "u" + round));
            long lines = round + 1;
            until("line " + lines, () -> events("s") == lines);
        }
        assertThat(problemsOf(document)).isOne();
    }

    private long problemsOf(Path file) {
        return taken.stream()
                .flatMap(report -> report.problems().stream())
                .map(Problem::file)
                .filter(file::equals)
                .count();
    }

    @Test
    void aDatabaseIsReadBesideItsWriter() throws Exception {
        Path database = home.resolve(".local/share/goose/sessions/sessions.db");
        Files.createDirectories(database.getParent());
        start();
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            execute(
                    writer,
                    "PRAGMA journal_mode=WAL",
                    """
                    CREATE TABLE sessions (id TEXT PRIMARY KEY, name TEXT, description TEXT, working_dir TEXT,
                        created_at TEXT, updated_at TEXT, total_tokens INTEGER, input_tokens INTEGER,
                        output_tokens INTEGER, accumulated_total_tokens INTEGER, accumulated_input_tokens INTEGER,
                        accumulated_output_tokens INTEGER, provider_name TEXT, model_config_json TEXT)""",
                    """
                    CREATE TABLE messages (id INTEGER PRIMARY KEY, message_id TEXT, session_id TEXT, role TEXT,
                        content_json TEXT, created_timestamp INTEGER, timestamp TEXT, tokens INTEGER,
                        metadata_json TEXT)""",
                    "INSERT INTO sessions (id, created_at, updated_at) VALUES ('g', '2026-03-07 11:00:00', '2026-03-07 11:00:00')",
                    message(1));
            until("the first message", () -> events("g") > 0);
            long before = events("g");
            execute(writer, message(2));
            until("the second message", () -> events("g") > before);
        }
    }

    private static String message(int number) {
        return """
                INSERT INTO messages (session_id, role, content_json, created_timestamp)
                    VALUES ('g', 'user', '[{"type":"text","text":"say %d"}]', %d)""".formatted(number, 1772881200 + number);
    }

    private static void execute(Connection connection, String... statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void closingEndsItWithAllOnDisk() throws Exception {
        append(transcript("s"), LINE.formatted("s", "u1"));
        start();
        until("the line", () -> events("s") == 1);
        watch.close();
        running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        try (HotLog again = HotLog.open(logFolder)) {
            assertThat(again.recovery().tornBytes()).isZero();
            assertThat(again.nextOffset()).isOne();
        }
    }

    @Test
    void itEndsWhenTheLogTakesNoMore() throws Exception {
        HotLog log = HotLog.open(logFolder);
        try (Watch alone =
                new Watch(log, logFolder, home, Map.of(), InstantSource.system(), Progress.NONE, taken::add)) {
            log.close();
            CompletableFuture<Void> ends = CompletableFuture.runAsync(() -> {
                try {
                    alone.run();
                } catch (LogException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(ends)
                    .failsWithin(PATIENCE)
                    .withThrowableOfType(ExecutionException.class)
                    .withRootCauseInstanceOf(LogException.Stopped.class);
        }
    }
}
