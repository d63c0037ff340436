// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.copilot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Transcripts.Reading;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopilotTest {
    private static final String START = line(
            "session.start",
            "{\"sessionId\":\"s-1\",\"copilotVersion\":\"1.2.3\",\"selectedModel\":\"m-1\","
                    + "\"context\":{\"cwd\":\"/w/pond\",\"branch\":\"main\"}}");

    @TempDir
    Path folder;

    private final Copilot transcript = new Copilot();

    private Reading read(String... lines) throws IOException {
        return Transcripts.read(transcript, Files.writeString(file(), String.join("\n", lines) + "\n"));
    }

    private Path file() throws IOException {
        return Files.createDirectories(folder.resolve("s-1")).resolve("events.jsonl");
    }

    private static String line(String type, String data) {
        return "{\"type\":\"" + type + "\",\"data\":" + data + ",\"id\":\"e-" + type
                + "\",\"timestamp\":\"2026-05-01T10:00:00.000Z\"}";
    }

    private static String message(String id, long output) {
        return line(
                "assistant.message",
                "{\"messageId\":\"" + id + "\",\"model\":\"m-1\",\"content\":\"ok\",\"outputTokens\":" + output + "}");
    }

    private static String shutdown(String id, long input, long output, long read, long written, long reasoning) {
        return line(
                        "session.shutdown",
                        "{\"modelMetrics\":{\"m-1\":{\"usage\":{\"inputTokens\":%d,\"outputTokens\":%d,\"cacheReadTokens\":%d,\"cacheWriteTokens\":%d,\"reasoningTokens\":%d}}}}"
                                .formatted(input, output, read, written, reasoning))
                .replace("e-session.shutdown", id);
    }

    private static long sum(List<Usage> usage, Measure measure) {
        return usage.stream()
                .map(Usage::cost)
                .filter(cost -> cost.has(measure))
                .mapToLong(cost -> cost.measure(measure))
                .sum();
    }

    @Test
    void looksWhereItIsToldAndAtOlderFilesToo() {
        assertThat(transcript.roots(Path.of("/h"), Map.of()))
                .containsExactly(Path.of("/h/.copilot/session-state"), Path.of("/h/.copilot/history-session-state"));
        assertThat(transcript.roots(Path.of("/h"), Map.of("COPILOT_HOME", "/a,/b")))
                .contains(Path.of("/a/session-state"), Path.of("/b/session-state"));
        assertThat(List.of("session-state/x/events.jsonl", "session-state/x.jsonl"))
                .allMatch(name -> transcript.isTranscript(Path.of("/h/.copilot", name)));
        assertThat(List.of("session-state/x/rewind-snapshots/a.jsonl", "session-state/x/workspace.yaml"))
                .noneMatch(name -> transcript.isTranscript(Path.of("/h/.copilot", name)));
        assertThat(transcript
                        .identity(Path.of("/a/s-9/events.jsonl"), Head.EMPTY)
                        .sessionId())
                .isEqualTo("s-9");
        assertThat(transcript.identity(Path.of("/a/s-8.jsonl"), Head.EMPTY).sessionId())
                .isEqualTo("s-8");
    }

    @Test
    void everyLineIsAnEvent() throws IOException {
        Reading reading = read(
                START,
                line("user.message", "{\"content\":\"Drain the pond\"}"),
                line("hook.start", "{\"hookType\":\"x\"}"),
                message("a", 7),
                line("tool.execution_start", "{\"toolCallId\":\"c\",\"toolName\":\"bash\",\"arguments\":{}}"),
                line(
                        "tool.execution_complete",
                        "{\"toolCallId\":\"c\",\"success\":false,\"toolTelemetry\":{\"metrics\":{\"durationMs\":12}}}"),
                line("session.error", "{\"message\":\"no\"}"),
                line("abort", "{\"reason\":\"user_initiated\"}"),
                line("assistant.new_thing", "{}"),
                "{\"type\":\"odd \\u00e4\"}");
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle session_start",
                        "message prompt",
                        "hook hook",
                        "message answer",
                        "tool_call tool_call",
                        "tool_result tool_result",
                        "error error",
                        "lifecycle interruption",
                        "lifecycle assistant.new_thing",
                        "lifecycle unknown");
        assertThat(reading.facts())
                .containsEntry("agent", "copilot-cli")
                .containsEntry("workspace", "/w/pond")
                .containsEntry("branch", "main")
                .containsEntry("version", "1.2.3")
                .containsEntry("model", "m-1")
                .containsEntry("title", "Drain the pond");
        Event result = reading.event("tool_result tool_result");
        assertThat(result.tool()).contains("bash");
        assertThat(result.stopReason()).contains("error");
        assertThat(result.measure(Measure.LATENCY_MS)).isEqualTo(12);
    }

    @Test
    void aSessionWithoutAnEndHasTheOutputOfItsMessagesAndIsIncomplete() throws IOException {
        Reading reading = read(START, message("a", 7), message("b", 5));
        assertThat(sum(reading.usage(), Measure.TOKENS_OUT)).isEqualTo(12);
        assertThat(reading.facts()).containsEntry("usage", "incomplete");
    }

    @Test
    void theEndTellsAllAndWhatMessagesToldIsNotCountedAgain() throws IOException {
        Reading reading = read(
                START,
                message("a", 3),
                message("a", 7),
                message("b", 5),
                shutdown("e-1", 1000, 20, 600, 100, 4),
                message("c", 9),
                shutdown("e-2", 10, 9, 0, 0, 1));
        assertThat(sum(reading.usage(), Measure.TOKENS_IN)).isEqualTo(310);
        assertThat(sum(reading.usage(), Measure.CACHE_READ_TOKENS)).isEqualTo(600);
        assertThat(sum(reading.usage(), Measure.CACHE_CREATION_TOKENS)).isEqualTo(100);
        assertThat(sum(reading.usage(), Measure.TOKENS_OUT)).isEqualTo(29);
        assertThat(sum(reading.usage(), Measure.REASONING_TOKENS)).isEqualTo(5);
        assertThat(reading.facts()).containsEntry("usage", "complete");
        assertThat(reading.usage()).map(usage -> ((Usage.Once) usage).key()).doesNotHaveDuplicates();
    }

    @Test
    void theEndOfARunTellsNothingOfTheRunBeforeThatWasKilled() throws IOException {
        Reading reading = read(
                START,
                message("a", 30),
                line("session.resume", "{}"),
                message("b", 5),
                shutdown("e-1", 10, 12, 0, 0, 0));
        assertThat(sum(reading.usage(), Measure.TOKENS_OUT)).isEqualTo(42);
    }

    @Test
    void aReaderThatIsTakenUpAgainKnowsWhatMessagesTold() throws IOException {
        Reading first = read(START, message("a", 3), message("a", 7));
        Files.writeString(
                file(), message("a", 8) + "\n" + shutdown("e-1", 5, 9, 0, 0, 0) + "\n", StandardOpenOption.APPEND);
        Reading second = Transcripts.readOn(transcript, file(), first);
        assertThat(sum(first.usage(), Measure.TOKENS_OUT)).isEqualTo(7);
        assertThat(sum(second.usage(), Measure.TOKENS_OUT)).isEqualTo(2);
    }
}
