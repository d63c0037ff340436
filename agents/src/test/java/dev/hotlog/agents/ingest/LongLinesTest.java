// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Event;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lines of 20 MB, in a Java of its own that has 128 MB.
class LongLinesTest {
    private static final int LONG = 20_000_000;

    @TempDir
    Path folder;

    @Test
    void linesOfTwentyMegabytesPassInBoundedMemory() throws IOException, InterruptedException {
        Desk desk = new Desk(folder);
        Path claude = desk.claude("00000000-0000-4000-8000-000000000001.jsonl");
        String envelope =
                ",\"sessionId\":\"s\",\"timestamp\":\"2026-03-02T08:00:00Z\",\"uuid\":\"u\",\"cwd\":\"/w\",\"type\":";
        try (BufferedWriter lines = Files.newBufferedWriter(claude)) {
            for (int i = 0; i < 3; i++) {
                lines.write(
                        "{\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":");
                longText(lines, "\\n\\u00e9 base64 ");
                lines.write("}]}" + envelope + "\"user\"}\n{\"message\":{\"role\":\"user\",\"content\":");
                longText(lines, "prompt é ");
                lines.write("}" + envelope + "\"user\"}\n{\"x\":");
                longText(lines, "whole ");
                lines.write(envelope + "\"from-the-future\"}\n");
            }
        }
        Path codex = Files.createDirectories(desk.home.resolve(".codex/sessions/2026"))
                .resolve("rollout-2026-03-05T20-08-12-019cbf21-6a7e-7c03-9d52-b8e41f60a7d3.jsonl");
        try (BufferedWriter lines = Files.newBufferedWriter(codex)) {
            lines.write(
                    "{\"timestamp\":\"2026-03-05T19:08:12Z\",\"type\":\"response_item\",\"payload\":{\"type\":\"message\","
                            + "\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":");
            longText(lines, "data ");
            lines.write("}]}}\n");
        }

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongLinesTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(output).contains("events 10, problems 0");
        assertThat(desk.events())
                .extracting(Event::payload)
                .allSatisfy(payload -> assertThat(payload.lengthBytes()).isGreaterThan(LONG));
    }

    private static void longText(BufferedWriter lines, String part) throws IOException {
        lines.write('"');
        for (int length = 0; length < LONG; length += part.length()) {
            lines.write(part);
        }
        lines.write('"');
    }

    /// What runs in the other Java.
    public static void main(String[] args) throws IOException {
        ImportReport report = new Desk(Path.of(args[0])).importHome();
        System.out.println(
                "events " + report.events() + ", problems " + report.problems().size());
    }
}
