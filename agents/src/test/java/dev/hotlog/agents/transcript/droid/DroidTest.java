// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.droid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Transcripts.Reading;
import dev.hotlog.agents.transcript.claudecode.ClaudeCode;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DroidTest {
    private static final String START = "{\"type\":\"session_start\",\"id\":\"other\",\"title\":\"Count the ducks\","
            + "\"sessionTitle\":\"New Session\",\"owner\":\"robin\",\"version\":2,\"cwd\":\"/w/pond\"}";

    @TempDir
    Path folder;

    private final Droid transcript = new Droid();

    private Reading read(String... lines) throws IOException {
        return Transcripts.read(
                transcript, Files.writeString(folder.resolve("d-1.jsonl"), String.join("\n", lines) + "\n"));
    }

    private Reading settings(String json) throws IOException {
        Path file = Files.writeString(folder.resolve("d-1.settings.json"), json);
        return Transcripts.read(transcript, transcript.wholes(file).getFirst());
    }

    private static String message(String role, String content) {
        return "{\"type\":\"message\",\"id\":\"m1\",\"timestamp\":\"2026-04-02T09:15:00.000Z\",\"message\":{\"role\":\""
                + role + "\",\"content\":[" + content + "]}}";
    }

    @Test
    void looksWhereItIsToldAndTakesSettingsBesideTranscriptsAlone() {
        Path home = Path.of("/h");
        assertThat(transcript.roots(home, Map.of())).containsExactly(Path.of("/h/.factory/sessions"));
        assertThat(transcript.roots(home, Map.of("FACTORY_DIR", "/a,/b")))
                .containsExactly(Path.of("/a/sessions"), Path.of("/b/sessions"));
        assertThat(transcript.roots(home, Map.of("DROID_SESSIONS_DIR", "/s", "FACTORY_DIR", "/a")))
                .containsExactly(Path.of("/s"));
        assertThat(List.of("sessions/-w/d.jsonl", "sessions/-w/d.settings.json", "sessions/d.settings.json"))
                .allMatch(name -> transcript.isTranscript(Path.of("/h/.factory", name)));
        assertThat(List.of("settings.json", "auth.json", "sessions/-w/x/y/d.settings.json", "d.settings.json"))
                .noneMatch(name -> transcript.isTranscript(Path.of("/h/.factory", name)));
    }

    @Test
    void tellsASessionBlockByBlock() throws IOException {
        Reading reading = read(
                START,
                message(
                        "user",
                        "{\"type\":\"text\",\"text\":\"<system-reminder>\\nBe safe.\\n</system-reminder>\\n\\nHow many?\"},"
                                + "{\"type\":\"text\",\"text\":\"<system-reminder>Be brief.</system-reminder>\"}"),
                message(
                        "assistant",
                        "{\"type\":\"thinking\",\"thinking\":\"hm\"},{\"type\":\"text\",\"text\":\"Let me look\"},"
                                + "{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"Execute\",\"input\":{\"command\":\"ls\"}}"),
                message(
                        "user",
                        "{\"type\":\"tool_result\",\"tool_use_id\":\"c1\",\"is_error\":true,\"content\":\"none\"}"),
                "{\"type\":\"todo_state\",\"id\":\"t1\",\"todos\":[]}",
                "{\"type\":\"compaction_state\",\"summary\":\"counted\"}",
                "{\"type\":\"never_seen\"}",
                "{\"neither\":1}");
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle session_start",
                        "message prompt",
                        "lifecycle context",
                        "message thinking",
                        "message answer",
                        "tool_call tool_call",
                        "tool_result tool_result",
                        "lifecycle todo_state",
                        "lifecycle compaction",
                        "lifecycle never_seen",
                        "lifecycle unknown");
        assertThat(reading.sessionId()).isEqualTo("d-1");
        assertThat(reading.facts())
                .containsEntry("agent", "droid")
                .containsEntry("workspace", "/w/pond")
                .containsEntry("title", "Count the ducks");
        assertThat(reading.event("tool_result tool_result").tool()).contains("Execute");
        assertThat(reading.event("tool_result tool_result").stopReason()).contains("error");
        assertThat(reading.usage()).isEmpty();
    }

    @Test
    void settingsTellWhatTheSessionTook() throws IOException {
        Reading reading = settings("{\"model\":\"m-1\",\"tokenUsage\":{\"inputTokens\":100,\"outputTokens\":9,"
                + "\"cacheCreationTokens\":30,\"cacheReadTokens\":60,\"thinkingTokens\":5}}");
        assertThat(reading.sessionId()).isEqualTo("d-1");
        assertThat(reading.words()).containsExactly("lifecycle settings");
        assertThat(reading.facts()).containsEntry("model", "m-1");
        assertThat(Transcripts.sum(reading, Measure.TOKENS_IN)).isEqualTo(100);
        assertThat(Transcripts.sum(reading, Measure.TOKENS_OUT)).isEqualTo(9);
        assertThat(Transcripts.sum(reading, Measure.CACHE_CREATION_TOKENS)).isEqualTo(30);
        assertThat(Transcripts.sum(reading, Measure.CACHE_READ_TOKENS)).isEqualTo(60);
        assertThat(Transcripts.sum(reading, Measure.REASONING_TOKENS)).isEqualTo(5);
    }

    @Test
    void figuresThatAreNotToldAreAbsent() throws IOException {
        Reading reading = settings("{\"model\":\"m-1\",\"tokenUsage\":{\"outputTokens\":9}}");
        assertThat(reading.usage()).singleElement().satisfies(usage -> {
            assertThat(usage.cost().has(Measure.TOKENS_OUT)).isTrue();
            assertThat(usage.cost().has(Measure.TOKENS_IN)).isFalse();
            assertThat(usage.cost().has(Measure.REASONING_TOKENS)).isFalse();
        });
        assertThat(settings("{\"model\":\"m-1\"}").usage()).isEmpty();
    }

    @Test
    void itsOutputIsReadAsATranscriptTooAndIsNotClaudeCodes() throws IOException {
        String call = "{\"type\":\"tool_call\",\"sessionId\":\"s\",\"timestamp\":1767812642000,\"id\":\"c1\","
                + "\"toolName\":\"Execute\",\"parameters\":{\"command\":\"ls\"}}";
        Reading reading = read(
                "{\"type\":\"system\",\"sessionId\":\"s\",\"timestamp\":1767812640310,\"model\":\"m-1\",\"cwd\":\"/w\"}",
                "{\"type\":\"message\",\"sessionId\":\"s\",\"timestamp\":1767812641000,\"role\":\"user\",\"text\":\"How many?\"}",
                call,
                "{\"type\":\"tool_result\",\"sessionId\":\"s\",\"timestamp\":1767812643000,\"id\":\"c1\",\"isError\":true}",
                "{\"type\":\"error\",\"message\":\"no key\"}",
                "{\"type\":\"completion\",\"finalText\":\"Done\",\"usage\":{\"input_tokens\":10,\"output_tokens\":5}}");
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle session_start",
                        "message prompt",
                        "tool_call tool_call",
                        "tool_result tool_result",
                        "error error",
                        "lifecycle completion");
        assertThat(reading.event("message prompt").tsMillis()).isEqualTo(1_767_812_641_000L);
        assertThat(reading.event("tool_result tool_result").tool()).contains("Execute");
        assertThat(Transcripts.sum(reading, Measure.TOKENS_OUT)).isEqualTo(5);
        assertThat(transcript.recognises(Transcripts.object(call))).isTrue();
        assertThat(new ClaudeCode().recognises(Transcripts.object(call))).isFalse();
        assertThat(transcript.recognises(Transcripts.object(START))).isTrue();
    }
}
