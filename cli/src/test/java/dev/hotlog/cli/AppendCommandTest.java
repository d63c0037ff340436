// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Cli.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.cli.Cli.Result;
import dev.hotlog.log.HotLog;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppendCommandTest {
    @TempDir
    Path temp;

    private Cli cli;

    @BeforeEach
    void aLog() {
        cli = Cli.on(temp.resolve("log"));
    }

    @Test
    void answersEachEventInItsOrder() {
        Result result = cli.lines(event("s", 1, "message", ""), "", event("s", 2, "cost", "\"tokens_in\":5"))
                .run("append");

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("""
                        {"session_id":"s","seq":1,"offset":0}
                        {"session_id":"s","seq":2,"offset":1}
                        """);
        assertThat(result.code()).isZero();
    }

    @Test
    void saysWhenTheSameEventWasThereAlready() {
        cli.having(event("s", 1, "message", ""));
        Result result = cli.lines(event("s", 1, "message", ""), event("s", 2, "message", ""))
                .run("append");

        assertThat(result.outLines())
                .containsExactly(
                        "{\"session_id\":\"s\",\"seq\":1,\"offset\":0,\"duplicate\":true}",
                        "{\"session_id\":\"s\",\"seq\":2,\"offset\":1}");
        assertThat(result.code()).isZero();
    }

    @Test
    void reportsABadLineByItsNumberAndTakesTheRest() {
        Result result = cli.lines(
                        event("s", 1, "message", ""),
                        "{\"session_id\":\"s\",",
                        "[1]",
                        "{\"seq\":1,\"ts_ms\":1,\"kind\":\"message\"}",
                        "{\"session_id\":null,\"seq\":1,\"ts_ms\":1,\"kind\":\"message\"}",
                        event("s", 1, "error", ""),
                        event("s", 2, "message", "\"tokens_inn\":1"),
                        event("s", 3, "message", "\"tokens_in\":-1"),
                        event("s", 4, "message", "\"tool\":7"),
                        event("s", 5, "message", "\"seq\":5"),
                        "\u0001\u0000binary junk",
                        event("s", 6, "message", ""))
                .run("append");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.outLines())
                .containsExactly(
                        "{\"session_id\":\"s\",\"seq\":1,\"offset\":0}",
                        "{\"session_id\":\"s\",\"seq\":6,\"offset\":1}");
        assertThat(result.err().lines())
                .containsExactly(
                        "hotlog: line 2: not JSON at byte 19",
                        "hotlog: line 3: not a JSON object",
                        "hotlog: line 4: field 'session_id' is missing",
                        "hotlog: line 5: field 'session_id' is missing",
                        "hotlog: line 6: another event has seq 1 of session s (offset=0)",
                        "hotlog: line 7: an event has no field 'tokens_inn'",
                        "hotlog: line 8: tokens_in -1 is not in 0 .. 4294967295",
                        "hotlog: line 9: field 'tool' is not a text",
                        "hotlog: line 10: field 'seq' comes twice",
                        "hotlog: line 11: not JSON at byte 1",
                        "hotlog: 10 lines not taken; all others are in the log");
    }

    @Test
    void aLineTooLongIsReportedAndNotKeptInMemory() {
        InputStream endless = new InputStream() {
            private long left = 200L << 20;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int start, int length) {
                int count = (int) Math.min(left, length);
                Arrays.fill(bytes, start, start + count, (byte) 'x');
                left -= count;
                return count == 0 ? -1 : count;
            }
        };
        InputStream after = bytes("\n" + event("s", 1, "message", "") + "\n");
        Result result = cli.in(new SequenceInputStream(endless, after)).run("append");

        assertThat(result.err()).startsWith("hotlog: line 1: longer than 67,108,864 bytes\n");
        assertThat(result.outLines()).hasSize(1);
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void takesNothingFromNothing() {
        Result result = cli.run("append");

        assertThat(result).isEqualTo(new Result(0, "", ""));
        assertThat(cli.run("replay")).isEqualTo(new Result(0, "", ""));
    }

    @Test
    void takesALastLineWithoutItsEnd() {
        Result result = cli.in(bytes(event("s", 1, "message", ""))).run("append");

        assertThat(result.outLines()).hasSize(1);
    }

    @Test
    void anEventWithAllItsFieldsComesBackAsItWas() {
        String all = """
                {"session_id":"s/é","seq":18446744073709551615,"ts_ms":1772870400000,"ts_exact":true,\
                "kind":"tool_call","source":"proxy",\
                "model":"m","tool":"","tool_call_id":"t","stop_reason":"r\\n",\
                "tokens_in":0,"tokens_out":1,"reasoning_tokens":2,"latency_ms":3,"ttft_ms":4,"retry_count":5,\
                "context_used_tokens":6,"context_max_tokens":7,"cache_creation_tokens":8,"cache_read_tokens":9,\
                "system_prompt_tokens":10,"cost_usd_e6":-11,"payload":{ "b" :1.10, "a":"\\u00e9"}}""";
        cli.having(all);

        assertThat(cli.run("replay").out()).isEqualTo("{\"offset\":0," + all.substring(1) + "\n");
    }

    @Test
    void bothSpellingsAreReadAndNullsAreAbsent() {
        cli.having("""
                {"session_id":"s","seq":1,"ts_ms":2,"kind":"ToolCall","source":"Hook","tool":null,\
                "tokens_in":null,"ts_exact":null,"offset":77}""");

        assertThat(cli.run("replay").out()).isEqualTo("""
                        {"offset":0,"session_id":"s","seq":1,"ts_ms":2,"ts_exact":false,\
                        "kind":"tool_call","source":"hook"}
                        """);
    }

    @Test
    void aPayloadThatIsNullIsOneAllTheSame() {
        cli.having("{\"session_id\":\"s\",\"seq\":1,\"ts_ms\":2,\"kind\":\"message\",\"payload\":null}");

        assertThat(cli.run("replay").out()).endsWith("\"payload\":null}\n");
    }

    @Test
    void whatReplayPrintsAppendTakes() {
        cli.having(
                event("a", 1, "message", "\"payload\":{\"text\":\"hi\"}"),
                event("", 7, "message", "\"payload\":\"of a session that has no name\""),
                event("日本語/a\\u0000b", 3, "x", "\"tool\":\"\""),
                event("b", 2, "Approval", "\"payload_text\":\"not { json\\n\""));
        String before = cli.run("replay").out();
        Cli copy = Cli.on(temp.resolve("copy")).in(bytes(before));

        assertThat(copy.run("append").code()).isZero();
        assertThat(copy.run("replay").out()).isEqualTo(before);
        assertThat(before)
                .contains("\"session_id\":\"\"", "\"kind\":\"Approval\"", "\"payload_text\":\"not { json\\n\"");
        assertThat(copy.run("get", "", "7").out()).contains("\"of a session that has no name\"");
    }

    @Test
    void anInteractiveProducerIsAnsweredAtOnce() throws Exception {
        PipedOutputStream typed = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(typed);
        PipedInputStream answers = new PipedInputStream();
        PipedOutputStream out = new PipedOutputStream(answers);
        CompletableFuture<Result> run =
                CompletableFuture.supplyAsync(() -> cli.in(in).run(out, out, "append"));

        for (int seq = 0; seq < 3; seq++) {
            typed.write((event("s", seq, "message", "") + "\n").getBytes(StandardCharsets.UTF_8));
            typed.flush();
            assertThat(line(answers)).isEqualTo("{\"session_id\":\"s\",\"seq\":" + seq + ",\"offset\":" + seq + "}");
        }
        typed.close();
        assertThat(run.get(60, TimeUnit.SECONDS).code()).isZero();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < deadline) {
            if (in.available() > 0) {
                int b = in.read();
                if (b == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                line.write(b);
            } else {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("no answer in time; so far: " + line);
    }

    @Test
    void eventsAreTakenThoughNobodyHearsTheAnswers() {
        List<String> events = new ArrayList<>();
        for (int seq = 0; seq < 20_000; seq++) {
            events.add(event("s", seq, "message", ""));
        }
        Result result = cli.lines(events.toArray(String[]::new)).run(brokenPipe(), "", "append");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(cli.run("replay").outLines()).hasSize(20_000);
    }

    static OutputStream fullDisk() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
    }

    static OutputStream brokenPipe() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
    }

    @Test
    void aFullDiskBehindTheAnswersIsTold() {
        Result result = cli.lines(event("s", 1, "message", "")).run(fullDisk(), "", "append");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).isEqualTo("hotlog: standard output cannot be written: No space left on device\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20_000})
    @Timeout(120)
    void whenTheAnswersEndForWantOfMemoryTheExitCodeSaysSo(int count) {
        OutputStream out = new OutputStream() {
            private boolean thrown;

            @Override
            public void write(int b) {
                if (!thrown) {
                    thrown = true;
                    throw new OutOfMemoryError("none left");
                }
            }
        };
        String[] events = IntStream.range(0, count)
                .mapToObj(seq -> event("s", seq, "message", ""))
                .toArray(String[]::new);
        Result result = cli.lines(events).run(out, "", "append");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err().lines())
                .first()
                .asString()
                .contains("acknowledging failed")
                .contains("none left");
    }

    @Test
    void aSecondWriterIsRefusedWithTheOwnersPid() throws IOException {
        cli.having(event("s", 1, "message", ""));
        try (HotLog _ = HotLog.open(cli.directory())) {
            Result result = cli.lines(event("s", 2, "message", "")).run("append");

            assertThat(result.code()).isEqualTo(4);
            assertThat(result.out()).isEmpty();
            assertThat(result.err().lines())
                    .singleElement()
                    .asString()
                    .startsWith("hotlog: ")
                    .contains(Long.toString(ProcessHandle.current().pid()))
                    .contains(cli.directory().toString());
        }
        assertThat(cli.run("replay").outLines()).hasSize(1);
    }

    @Test
    void aFolderThatIsNotOursIsLeftAlone() throws IOException {
        Files.writeString(temp.resolve("file"), "x");
        Result result =
                Cli.on(temp.resolve("file")).lines(event("s", 1, "message", "")).run("append");

        assertThat(result.code()).isIn(3, 5);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(Files.readString(temp.resolve("file"))).isEqualTo("x");
    }

    @Test
    void aLineMayTakeItsShareOfTheMemory() {
        assertThat(AppendCommand.maxLineBytes(64L << 20)).isEqualTo(8 << 20);
        assertThat(AppendCommand.maxLineBytes(1L << 40)).isEqualTo(64 << 20);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sessionsOfOnesOwnProgramsHaveAnAgent() {
        assertThat(cli.lines(event("s", 1, "message", ""), event("s", 2, "message", ""), event("t", 1, "message", ""))
                        .run("append", "--agent", "mine")
                        .code())
                .isZero();
        cli.having(event("u", 1, "message", ""));

        assertThat(cli.run("sessions", "--agent", "mine", "--json").out())
                .contains("\"session_id\":\"s\"", "\"session_id\":\"t\"")
                .doesNotContain("\"session_id\":\"u\"");
    }

    @Test
    void theModelThatAnEventTellsIsItsSessions() {
        cli.lines(event("s", 1, "message", "\"model\":\"first-1\""), event("s", 2, "message", "\"model\":\"then-2\""))
                .run("append");

        assertThat(cli.run("sessions", "--json").out()).contains("\"model\":\"then-2\"");
        assertThat(cli.run("show", "s").out()).containsPattern("model +then-2, first-1\n");
    }
}
