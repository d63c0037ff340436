// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Transcripts.Reading;
import dev.hotlog.agents.transcript.claudecode.ClaudeCode;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QwenTest {
    @TempDir
    Path folder;

    private final Qwen transcript = new Qwen();

    private Reading read(String... lines) throws IOException {
        return Transcripts.read(
                transcript, Files.writeString(folder.resolve("q-1.jsonl"), String.join("\n", lines) + "\n"));
    }

    private static String line(String type, String more) {
        return "{\"uuid\":\"u-" + type
                + "\",\"sessionId\":\"other\",\"timestamp\":\"2026-04-02T09:15:00.000Z\",\"type\":\"" + type
                + "\",\"cwd\":\"/w/pond\",\"version\":\"0.2\"" + more + "}";
    }

    private static String parts(String parts) {
        return ",\"message\":{\"parts\":[" + parts + "]}";
    }

    @Test
    void looksWhereItIsToldAndKnowsItsLinesFromClaudeCodes() throws IOException {
        assertThat(transcript.roots(Path.of("/h"), Map.of()))
                .containsExactly(Path.of("/h/.qwen/projects"), Path.of("/h/.qwen/tmp"));
        assertThat(transcript.roots(Path.of("/h"), Map.of("QWEN_DATA_DIR", "/a,/b")))
                .containsExactly(Path.of("/a/projects"), Path.of("/b/projects"), Path.of("/a/tmp"), Path.of("/b/tmp"));
        var system = Transcripts.object(line("system", ",\"systemPayload\":{}"));
        assertThat(transcript.recognises(system)).isTrue();
        assertThat(new ClaudeCode().recognises(system)).isFalse();
    }

    @Test
    void tellsASessionPartByPart() throws IOException {
        Reading reading = read(
                line("user", parts("{\"text\":\"Count the ducks\"},{\"text\":\"<qwen:hook>x\"}")),
                line(
                        "assistant",
                        ",\"model\":\"q-max\""
                                + parts("{\"text\":\"hm\",\"thought\":true},{\"text\":\"Sure\"},"
                                        + "{\"functionCall\":{\"id\":\"c1\",\"name\":\"shell\",\"args\":{}}}")),
                line(
                        "tool_result",
                        ",\"toolCallResult\":{\"status\":\"error\"}" + parts("{\"functionResponse\":{\"id\":\"c1\"}}")),
                line("system", ",\"subtype\":\"custom_title\",\"systemPayload\":{\"customTitle\":\"Ducks\"}"),
                line("system", ",\"subtype\":\"chat_compression\""),
                line("system", ",\"subtype\":\"ui_telemetry\""));
        assertThat(reading.words())
                .containsExactly(
                        "message prompt",
                        "lifecycle context",
                        "message thinking",
                        "message answer",
                        "tool_call tool_call",
                        "tool_result tool_result",
                        "lifecycle title",
                        "lifecycle compaction",
                        "lifecycle ui_telemetry");
        assertThat(reading.sessionId()).isEqualTo("q-1");
        assertThat(reading.facts())
                .containsEntry("agent", "qwen-code")
                .containsEntry("title", "Ducks")
                .containsEntry("model", "q-max");
        assertThat(reading.event("tool_result tool_result").tool()).contains("shell");
        assertThat(reading.event("tool_result tool_result").stopReason()).contains("error");
    }

    @Test
    void anOlderDocumentIsItsOwnAndNotGeminis() throws IOException {
        Path file = folder.resolve(".qwen/tmp/ab/chats/session-1.json");
        assertThat(transcript.isTranscript(file)).isTrue();
        assertThat(transcript.isTranscript(file.resolveSibling("notes.json"))).isFalse();
        assertThat(transcript.isLines(file)).isFalse();
        assertThat(new Gemini().isTranscript(file)).isFalse();
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"sessionId\":\"old-1\",\"projectHash\":\"ab\",\"startTime\":\"2025-09-02T09:15:00.000Z\","
                        + "\"messages\":[{\"id\":\"m1\",\"timestamp\":\"2025-09-02T09:15:01.000Z\",\"type\":\"user\","
                        + "\"content\":\"Count the ducks\"},{\"id\":\"m2\",\"type\":\"qwen\",\"model\":\"q-1\","
                        + "\"content\":\"Seven\",\"tokens\":{\"input\":100,\"output\":9,\"cached\":60,\"total\":109}}]}");
        Reading reading = Transcripts.read(transcript, transcript.wholes(file).getFirst());
        assertThat(reading.sessionId()).isEqualTo("old-1");
        assertThat(reading.words()).containsExactly("lifecycle session_start", "message prompt", "message answer");
        assertThat(reading.facts())
                .containsEntry("agent", "qwen-code")
                .containsEntry("title", "Count the ducks")
                .containsEntry("model", "q-1");
        assertThat(Transcripts.sum(reading, Measure.TOKENS_IN)).isEqualTo(40);
        assertThat(Transcripts.sum(reading, Measure.TOKENS_OUT)).isEqualTo(9);
    }

    @Test
    void thoughtsAreWithinTheOutputOrOnTopAsTheTotalTells() throws IOException {
        String usage =
                ",\"usageMetadata\":{\"promptTokenCount\":100,\"candidatesTokenCount\":9,\"thoughtsTokenCount\":5,"
                        + "\"cachedContentTokenCount\":60,\"totalTokenCount\":%d}";
        Reading apart = read(line("assistant", usage.formatted(114)));
        assertThat(Transcripts.sum(apart, Measure.TOKENS_OUT)).isEqualTo(14);
        assertThat(Transcripts.sum(apart, Measure.TOKENS_IN)).isEqualTo(40);
        assertThat(Transcripts.sum(apart, Measure.CACHE_READ_TOKENS)).isEqualTo(60);
        Reading within = read(line("assistant", usage.formatted(109)));
        assertThat(Transcripts.sum(within, Measure.TOKENS_OUT)).isEqualTo(9);
        assertThat(Transcripts.sum(within, Measure.REASONING_TOKENS)).isEqualTo(5);
    }
}
