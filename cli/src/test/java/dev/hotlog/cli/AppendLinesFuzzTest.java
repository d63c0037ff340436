// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Event;
import dev.hotlog.fuzz.Fuzzing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever comes in as lines to append is an event, or is told why not.
public class AppendLinesFuzzTest {
    private static final int MAX_LINE_BYTES = 600;
    private static final List<byte[]> SEEDS = Stream.of(
                    "{\"session_id\":\"s\",\"seq\":1,\"ts_ms\":1767225600000,\"kind\":\"message\",\"payload\":\"hi\"}\n",
                    "{\"offset\":3,\"session_id\":\"grüße\",\"seq\":18446744073709551615,\"ts_ms\":1e3,\"ts_exact\":true,"
                            + "\"kind\":\"tool_call\",\"source\":\"hook\",\"model\":\"opus\",\"tool\":\"Bash\","
                            + "\"tool_call_id\":null,\"stop_reason\":\"\",\"tokens_in\":7,\"retry_count\":65535,"
                            + "\"cost_usd_e6\":-12,\"payload\":{\"a\":[1,2.5e-3,{\"b\":\"\\ud83d\\u0000\\n\"}]}}\n",
                    "\r\n  \n{\"session_id\":\"s\",\"seq\":2,\"ts_ms\":0,\"kind\":\"x\",\"payload_text\":\"{\"}\n[1]\n{")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private static final Fuzzing FUZZING = Fuzzing.of(AppendLinesFuzzTest.class, AppendLinesFuzzTest::take)
            .seeds(SEEDS)
            .words(
                    "\"seq\":",
                    "\"payload\":",
                    "\"ts_ms\":",
                    "\"kind\":",
                    "\"source\":",
                    "null",
                    "true",
                    "1e999999999",
                    "-0",
                    "1e-40",
                    "18446744073709551616",
                    "9".repeat(50),
                    "[",
                    "{",
                    "}",
                    "\"",
                    "\\u",
                    "\\ud800",
                    ",",
                    ":",
                    "\n",
                    "\u0000",
                    "é",
                    "[[[[[[[[[[[[[[[[",
                    "0.1",
                    "\"session_id\":\"\"")
            .mostBytes(2_000)
            .allocation(4 << 20, 200);

    @Test
    void anyLineIsAnEventOrIsToldWhyNot() throws Exception {
        FUZZING.run(60_000);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FUZZING.check(input);
    }

    private static void take(byte[] input) throws IOException {
        LineInput lines = new LineInput(new ByteArrayInputStream(input), MAX_LINE_BYTES);
        int count = 0;
        while (lines.next()) {
            assertThat(++count).isLessThanOrEqualTo(input.length + 1);
            if (!lines.isBlank() && !lines.isTooLong()) {
                read(lines);
            }
        }
    }

    private static void read(LineInput line) {
        try {
            Event event = EventLine.read(line.bytes(), line.start(), line.end());
            if (event.sessionId().isEmpty()) {
                assertThat(new String(line.bytes(), line.start(), line.end() - line.start(), StandardCharsets.UTF_8))
                        .as("a line that says that its session has no name")
                        .contains("\"\"");
            }
            assertThat(event.toBuilder().build()).isEqualTo(event);
        } catch (EventLine.Bad e) {
            assertThat(e.getMessage()).isNotEmpty().isNotEqualTo("null");
        }
    }
}
