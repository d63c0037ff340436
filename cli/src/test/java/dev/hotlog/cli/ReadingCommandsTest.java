// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Cli.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.cli.Cli.Result;
import dev.hotlog.event.Batch;
import dev.hotlog.event.Event;
import dev.hotlog.event.Json;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// `replay`, `get` and `tail`.
class ReadingCommandsTest {
    @TempDir
    Path temp;

    private Cli cli;

    @BeforeEach
    void aLogOfThreeSessions() throws IOException {
        cli = Cli.on(temp.resolve("log"));
        cli.having(
                event("alpha-1", 1, "message", "\"payload\":{\"type\":\"prompt\",\"text\":\"hi\"}"),
                event("alpha-1", 2, "tool_call", "\"tool\":\"Bash\",\"payload\":{\"input\":{\"command\":\"ls\"}}"),
                event("alpha-2", 3, "tool_call", "\"tool\":\"Read\""),
                event("beta", 4, "cost", "\"model\":\"m\",\"tokens_in\":5"),
                event("beta", 5, "error", ""));
        facts("alpha-1", Map.of(SessionFacts.AGENT, "codex", SessionFacts.WORKSPACE, "/src/app"));
        facts("beta", Map.of(SessionFacts.AGENT, "claude-code"));
    }

    private void facts(String session, Map<String, String> facts) throws IOException {
        try (HotLog log = HotLog.open(cli.directory())) {
            log.append(new Batch(List.of(), List.of(new SessionFacts(session, facts)), List.of()));
        }
    }

    private List<String> keys(String... commandLine) {
        Result result = cli.run(commandLine);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        List<String> keys = new ArrayList<>();
        for (String line : result.outLines()) {
            keys.add(member(line, "session_id") + "/" + member(line, "seq"));
        }
        return keys;
    }

    private static String member(String line, String name) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), line)) {
            parser.nextToken();
            while (parser.nextName() != null) {
                String found = parser.currentName();
                parser.nextToken();
                if (found.equals(name)) {
                    return parser.getString();
                }
                parser.skipChildren();
            }
            return "";
        }
    }

    @Test
    void tokensOfWhichNotAllWereToldAreMarked() throws IOException {
        assertThat(cli.run("sessions").out()).contains(" 5 ").doesNotContain("≥5");
        facts("beta", Map.of(SessionFacts.USAGE, "incomplete"));
        assertThat(cli.run("sessions").out()).contains(" ≥5 ");
    }

    @Test
    void replayNarrowsDownByEveryField() {
        assertThat(keys("replay")).containsExactly("alpha-1/1", "alpha-1/2", "alpha-2/3", "beta/4", "beta/5");
        assertThat(keys("replay", "--from", "2")).containsExactly("alpha-2/3", "beta/4", "beta/5");
        assertThat(keys("replay", "--from", "2", "--limit", "1")).containsExactly("alpha-2/3");
        assertThat(keys("replay", "--limit", "0")).isEmpty();
        assertThat(keys("replay", "--session", "alpha-1")).containsExactly("alpha-1/1", "alpha-1/2");
        assertThat(keys("replay", "--session", "b,alpha-2")).containsExactly("alpha-2/3", "beta/4", "beta/5");
        assertThat(keys("replay", "--kind", "ToolCall")).containsExactly("alpha-1/2", "alpha-2/3");
        assertThat(keys("replay", "--kind", "cost,error")).containsExactly("beta/4", "beta/5");
        assertThat(keys("replay", "--tool", "Bash")).containsExactly("alpha-1/2");
        assertThat(keys("replay", "--agent", "codex")).containsExactly("alpha-1/1", "alpha-1/2");
        assertThat(keys("replay", "--project", "app")).containsExactly("alpha-1/1", "alpha-1/2");
        assertThat(keys("replay", "--kind", "hook")).isEmpty();
        // Event n happened n minutes after eight in the morning, UTC.
        assertThat(keys("replay", "--since", "2026-03-07T08:04:00Z")).containsExactly("beta/4", "beta/5");
        assertThat(keys("replay", "--until", "2026-03-07T09:02")).containsExactly("alpha-1/1");
        assertThat(keys("replay", "--since", "4h", "--until", "2026-03-07")).hasSize(5);
        assertThat(keys("replay", "--since", "1h")).isEmpty();
        assertThat(keys("replay", "--until", "yesterday")).isEmpty();
    }

    @Test
    void aNameThatTheLogDoesNotKnowIsToldAndExitCode1() {
        assertThat(cli.run("replay", "--kind", "bogus"))
                .isEqualTo(new Result(
                        1, "", "hotlog: the log has no kind 'bogus'; it has cost, error, message, tool_call\n"));
        assertThat(cli.run("tail", "--kind", "eror").err()).endsWith("'eror'; did you mean 'error'?\n");
        assertThat(cli.run("replay", "--tool", "bash"))
                .isEqualTo(new Result(1, "", "hotlog: the log has no tool 'bash'; did you mean 'Bash'?\n"));
        assertThat(cli.run("replay", "--agent", "nope").code()).isEqualTo(1);
        assertThat(cli.run("replay", "--project", "nope").err()).contains("no project 'nope'; it has app\n");
        assertThat(cli.run("replay", "--session", "nope").code()).isEqualTo(1);
        assertThat(cli.run("replay", "--kind", "").code()).isEqualTo(2);
        Result both = cli.run("replay", "--tool", "Bash,Edit");
        assertThat(both.outLines()).hasSize(1);
        assertThat(both.err()).isEqualTo("hotlog: the log has no tool 'Edit'; it has Bash, Read\n");
    }

    @Test
    void anEmptyNameIsAMisuse() {
        for (String option : List.of("--kind", "--tool", "--agent", "--project")) {
            for (String verb : List.of("replay", "tail")) {
                Result result = cli.run(verb, option, "");
                assertThat(result.code()).as(option).isEqualTo(2);
                assertThat(result.out()).as(option).isEmpty();
                assertThat(result.err()).as(option).startsWith("hotlog: " + option + " needs the ");
            }
        }
        assertThat(cli.run("sessions", "--agent", "").code()).isEqualTo(2);
        assertThat(cli.run("report", "--project", "").code()).isEqualTo(2);
        assertThat(cli.run("replay", "--session", "").code()).isEqualTo(2);
    }

    @Test
    void errorsAreTheEventsThatReportsCountAsSuch() {
        cli.having(event("alpha-1", 6, "tool_result", "\"tool\":\"Bash\",\"stop_reason\":\"error\""));
        assertThat(keys("replay", "--errors")).containsExactly("beta/5", "alpha-1/6");
        assertThat(keys("tail", "-n", "1", "--errors")).containsExactly("alpha-1/6");
        assertThat(keys("replay", "--errors", "--session", "beta")).containsExactly("beta/5");
    }

    @Test
    void getPrintsThatEvent() {
        assertThat(keys("get", "beta", "4")).containsExactly("beta/4");
        assertThat(keys("get", "be", "4")).containsExactly("beta/4");
        assertThat(member(cli.run("get", "beta", "4").out(), "offset")).isEqualTo("3");
    }

    @Test
    void getSaysWhatIsNotThere() {
        assertThat(cli.run("get", "beta", "7")).isEqualTo(new Result(1, "", "hotlog: session beta has no event 7\n"));
        assertThat(cli.run("get", "gamma", "1"))
                .isEqualTo(new Result(1, "", "hotlog: no session 'gamma'; 'hotlog sessions' lists them\n"));
        assertThat(cli.run("get", "alpha", "1"))
                .isEqualTo(new Result(2, "", "hotlog: 'alpha' could be any of 2 sessions: alpha-1, alpha-2\n"));
    }

    @Test
    void getPrintsAnEventBehindDamage() throws IOException {
        cli.having(
                event("lost", 1, "message", "\"payload\":\"the bad one\""),
                event("kept", 1, "message", "\"payload\":\"the good one\""));
        new LogFiles(cli.directory()).damage("the bad one");

        Result kept = cli.run("get", "kept", "1");
        assertThat(kept.out()).contains("the good one");
        assertThat(kept.code()).isZero();
        assertThat(cli.run("get", "lost", "1").code()).isNotZero();
    }

    @Test
    void tailPrintsTheLast() {
        assertThat(keys("tail", "-n", "2")).containsExactly("beta/4", "beta/5");
        assertThat(keys("tail", "-n", "0")).isEmpty();
        assertThat(keys("tail")).hasSize(5);
        assertThat(keys("tail", "-n", "1", "--kind", "tool_call")).containsExactly("alpha-2/3");
        assertThat(keys("tail", "-n", "9", "--agent", "codex")).containsExactly("alpha-1/1", "alpha-1/2");
    }

    @Test
    void tailIsReadableOnATerminal() {
        Result result = cli.env("NO_COLOR", "1").terminal(60).run("tail", "-n", "5");

        assertThat(result.out()).isEqualTo("""
                        03-07 09:01:00  alpha-1    prompt        hi
                        03-07 09:02:00  alpha-1    Bash          ls
                        03-07 09:03:00  alpha-2    Read
                        03-07 09:04:00  beta       cost          5 in
                        03-07 09:05:00  beta       error
                        """);
        assertThat(cli.run("tail", "--json", "-n", "1").out()).startsWith("{\"offset\":4,");
    }

    @Test
    void tailFollowsWhatComes() throws Exception {
        PipedInputStream seen = new PipedInputStream(1 << 16);
        PipedOutputStream out = new PipedOutputStream(seen);
        CompletableFuture<Result> run = CompletableFuture.supplyAsync(
                () -> cli.run(asPipe(out), "", "tail", "-f", "-n", "1", "--session", "beta"));
        assertThat(line(seen)).contains("\"seq\":5");
        try (HotLog log = HotLog.open(cli.directory())) {
            log.append(Event.of("alpha-1", 6).build());
            log.append(Event.of("beta", 7).build());
            log.flush();
            assertThat(line(seen)).contains("\"session_id\":\"beta\",\"seq\":7");
            seen.close();
            log.append(Event.of("beta", 8).build());
            log.flush();
            assertThat(run.get(60, TimeUnit.SECONDS)).isEqualTo(new Result(0, "", ""));
        }
    }

    @Test
    @Timeout(60)
    void tailStopsFollowingSoonAfterItsReaderWentAway() {
        assertThat(cli.unheard().run("tail", "-f", "-n", "1").outLines()).hasSize(1);
    }

    @Test
    @Timeout(60)
    void tailStopsFollowingBesideAWriterThatIsNeverStill() throws Exception {
        try (HotLog log = HotLog.open(cli.directory())) {
            CompletableFuture<Result> run =
                    CompletableFuture.supplyAsync(() -> cli.unheard().run("tail", "-f", "-n", "1", "--tool", "Read"));
            for (long seq = 100; !run.isDone(); seq++) {
                log.append(Event.of("busy", seq).tool("Bash").build());
                log.flush();
            }
            assertThat(run.get().outLines()).hasSize(1);
        }
    }

    /// Breaks as the system's pipes do.
    private static OutputStream asPipe(PipedOutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b});
            }

            @Override
            public void write(byte[] bytes, int start, int length) throws IOException {
                try {
                    out.write(bytes, start, length);
                    out.flush();
                } catch (IOException e) {
                    throw new IOException("Broken pipe", e);
                }
            }
        };
    }

    private static String line(PipedInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString();
    }

    @Test
    void aPayloadIsAlwaysOneLineOfJson() throws IOException {
        byte[] odd = {'"', (byte) 0xFF, '\n', '"'};
        try (HotLog log = HotLog.open(cli.directory())) {
            log.append(Event.of("odd", 1)
                    .payload("{\n \"a\": \"b\\n\",\r\n \"c\": 1e400 }")
                    .build());
            log.append(Event.of("odd", 2).payload(Json.of(odd)).build());
            log.append(Event.of("odd", 3)
                    .payload("[".repeat(200_000) + "]".repeat(200_000))
                    .build());
        }
        List<String> lines = cli.run("replay", "--session", "odd").outLines();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).endsWith("\"payload\":{  \"a\": \"b\\n\",   \"c\": 1e400 }}");
        assertThat(lines.get(1)).endsWith("\"payload_text\":\"\\\"\uFFFD\\n\\\"\"}");
        assertThat(lines.get(2)).hasSizeGreaterThan(400_000);
    }
}
