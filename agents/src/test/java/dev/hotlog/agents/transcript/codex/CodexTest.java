// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.codex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Transcripts.Reading;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodexTest {
    private static final String PARENT = "019ed50c-2fb3-7002-a384-360bea6e7f04";
    private static final String CHILD = "019f03e0-321f-7eb2-83cc-b54ecd71be23";

    @TempDir
    Path folder;

    private final Codex transcript = new Codex();

    private Reading read(String session, String... lines) throws IOException {
        Path file = folder.resolve("rollout-2026-03-05T20-08-12-" + session + ".jsonl");
        return Transcripts.read(transcript, Files.writeString(file, String.join("\n", lines) + "\n"));
    }

    private static String line(String type, String payload) {
        return "{\"timestamp\":\"2026-03-05T19:08:12.044Z\",\"type\":\"" + type + "\",\"payload\":" + payload + "}";
    }

    private static String meta(String id, String more) {
        return line("session_meta", "{\"id\":\"" + id + "\",\"cwd\":\"/w\",\"cli_version\":\"0.1\"" + more + "}");
    }

    private static String message(String role, String text) {
        return line(
                "response_item",
                "{\"type\":\"message\",\"role\":\"" + role + "\",\"content\":[{\"type\":\"input_text\",\"text\":\""
                        + text + "\"}]}");
    }

    private static String tokens(long input, long cached, long output, long reasoning, long lastInput) {
        return line(
                "event_msg",
                ("{\"type\":\"token_count\",\"info\":{\"total_token_usage\":{\"input_tokens\":%d,\"cached_input_tokens\":%d,"
                                + "\"output_tokens\":%d,\"reasoning_output_tokens\":%d},\"last_token_usage\":{\"input_tokens\":%d,"
                                + "\"cached_input_tokens\":0,\"output_tokens\":1,\"total_tokens\":77},\"model_context_window\":1000}}")
                        .formatted(input, cached, output, reasoning, lastInput));
    }

    @Test
    void looksWhereItIsToldAndPrefersTheActiveCopy() {
        assertThat(transcript.roots(Path.of("/h"), Map.of()))
                .containsExactly(Path.of("/h/.codex/sessions"), Path.of("/h/.codex/archived_sessions"));
        assertThat(transcript.roots(Path.of("/h"), Map.of("CODEX_HOME", "/c")))
                .containsExactly(Path.of("/c/sessions"), Path.of("/c/archived_sessions"));
        Path active = Path.of("/c/sessions/2026/rollout-a.jsonl");
        assertThat(transcript.withoutCopies(List.of(active, Path.of("/c/archived_sessions/rollout-a.jsonl"))))
                .containsExactly(active);
    }

    @Test
    void aSessionIsNamedByItsFile() {
        Path file = Path.of("/x/rollout-2026-03-05T20-08-12-" + CHILD + ".jsonl");
        assertThat(transcript.identity(file, Head.EMPTY).sessionId()).isEqualTo(CHILD);
    }

    @Test
    void aMessageThatIsToldTwiceIsAMessageOnce() throws IOException {
        Reading reading = read(
                PARENT,
                meta(PARENT, ",\"git\":{\"branch\":\"main\"}"),
                message("user", "<environment_context>x"),
                message("user", "fix it"),
                line("event_msg", "{\"type\":\"user_message\",\"message\":\"fix it\"}"),
                line("turn_context", "{\"model\":\"gpt-x\",\"cwd\":\"/w\"}"),
                line("event_msg", "{\"type\":\"agent_message\",\"message\":\"done\"}"),
                message("assistant", "done"),
                message("developer", "rules"));
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle session_start",
                        "lifecycle context",
                        "message prompt",
                        "lifecycle user_message",
                        "lifecycle turn_context",
                        "lifecycle agent_message",
                        "message answer",
                        "lifecycle context");
        assertThat(reading.facts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "agent", "codex",
                        "workspace", "/w",
                        "branch", "main",
                        "version", "0.1",
                        "model", "gpt-x",
                        "title", "fix it"));
        assertThat(reading.event("message answer").model()).contains("gpt-x");
    }

    @Test
    void aCallAndItsResultShareTheToolAndTheId() throws IOException {
        Reading reading = read(
                PARENT,
                line(
                        "response_item",
                        "{\"type\":\"function_call\",\"name\":\"shell\",\"call_id\":\"c1\",\"arguments\":\"{}\"}"),
                line("response_item", "{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"x\"}"),
                line("response_item", "{\"type\":\"web_search_call\",\"status\":\"completed\"}"));
        assertThat(reading.events())
                .extracting(Event::kind)
                .containsExactly(Kind.TOOL_CALL, Kind.TOOL_RESULT, Kind.TOOL_CALL);
        assertThat(reading.events().get(1).tool()).contains("shell");
        assertThat(reading.events().get(1).toolCallId()).contains("c1");
        assertThat(reading.events().get(2).tool()).contains("web_search");
    }

    @Test
    void aResultTellsHowTheToolEndedAndHowLongItTook() throws IOException {
        Reading reading = read(
                PARENT,
                result(
                        "Chunk ID: 1a\\nWall time: 0.6197 seconds\\nProcess exited with code 0\\nOutput:\\nExit code: 7"),
                result("Exit code: 127\\nWall time: 12 seconds\\nOutput:\\nno such command"),
                result(
                        "{\\\"output\\\":\\\"x\\\",\\\"metadata\\\":{\\\"exit_code\\\":1,\\\"duration_seconds\\\":0.2}}"),
                result(
                        "{\\\"output\\\":\\\"x\\\",\\\"metadata\\\":{\\\"exit_code\\\":0,\\\"duration_seconds\\\":0.0}}"),
                result("{\\\"output\\\":"),
                result("Exit code: 1 is what a tool said"));

        assertThat(reading.events())
                .extracting(event -> event.measure(Measure.LATENCY_MS))
                .containsExactly(Measure.ABSENT, 12_000L, 200L, Measure.ABSENT, Measure.ABSENT, Measure.ABSENT);
        assertThat(reading.events())
                .extracting(event -> event.stopReason().orElse(""))
                .containsExactly("", "error", "error", "", "", "");
    }

    private static String result(String output) {
        return line(
                "response_item",
                "{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"" + output + "\"}");
    }

    @Test
    void tokensAreTheDifferencesOfTheTotals() throws IOException {
        Reading reading = read(
                PARENT,
                meta(PARENT, ""),
                tokens(100, 40, 10, 4, 100),
                tokens(100, 40, 10, 4, 100),
                tokens(350, 200, 30, 9, 120),
                tokens(50, 0, 5, 0, 50),
                line("event_msg", "{\"type\":\"token_count\",\"info\":null}"));
        List<Event> costs = reading.usage().stream().map(Usage::cost).toList();
        assertThat(costs).extracting(c -> c.measure(Measure.TOKENS_IN)).containsExactly(60L, 0L, 90L, 50L);
        assertThat(costs).extracting(c -> c.measure(Measure.CACHE_READ_TOKENS)).containsExactly(40L, 0L, 160L, 0L);
        assertThat(costs).extracting(c -> c.measure(Measure.TOKENS_OUT)).containsExactly(10L, 0L, 20L, 5L);
        assertThat(costs).extracting(c -> c.measure(Measure.REASONING_TOKENS)).containsExactly(4L, 0L, 5L, 0L);
        assertThat(costs)
                .extracting(c -> c.measure(Measure.CACHE_CREATION_TOKENS))
                .containsOnly(Measure.ABSENT);
        assertThat(costs).extracting(c -> c.measure(Measure.CONTEXT_MAX_TOKENS)).containsOnly(1000L);
        assertThat(reading.events()).extracting(Event::seq).containsExactly(0L, 1L, 3L, 5L, 7L, 9L);
    }

    @Test
    void aForksCopyOfItsAncestorsFiguresHasTheirKeys() throws IOException {
        String grandchild = "019f36b8-7808-7b53-b256-85144c802798";
        Reading parent = read(PARENT, meta(PARENT, ""), tokens(100, 40, 10, 4, 100), tokens(350, 200, 30, 9, 120));
        Reading child = read(
                CHILD,
                meta(CHILD, ",\"forked_from_id\":\"" + PARENT + "\""),
                meta(PARENT, ""),
                tokens(100, 40, 10, 4, 100),
                tokens(350, 200, 30, 9, 120),
                tokens(400, 210, 35, 9, 50));
        Reading last = read(
                grandchild,
                meta(grandchild, ",\"forked_from_id\":\"" + CHILD + "\""),
                meta(CHILD, ",\"forked_from_id\":\"" + PARENT + "\""),
                meta(PARENT, ""),
                tokens(400, 210, 35, 9, 50));
        assertThat(child.usage().subList(0, 2))
                .extracting(u -> ((Usage.Once) u).key())
                .isEqualTo(
                        parent.usage().stream().map(u -> ((Usage.Once) u).key()).toList());
        assertThat(child.usage().get(2).cost().measure(Measure.TOKENS_IN)).isEqualTo(40);
        assertThat(((Usage.Once) last.usage().getFirst()).key())
                .isEqualTo(((Usage.Once) child.usage().get(2)).key());
        assertThat(child.facts()).containsEntry("parent", PARENT);
    }

    private static List<String> keys(Reading reading) {
        return reading.usage().stream().map(usage -> ((Usage.Once) usage).key()).toList();
    }

    @Test
    void aForksCopyOfAnAncestorThatWasResumedHasItsKeys() throws IOException {
        String grandchild = "019f36b8-7808-7b53-b256-85144c802798";
        String[] history = {
            meta(CHILD, ",\"forked_from_id\":\"" + PARENT + "\""),
            meta(PARENT, ""),
            tokens(100, 40, 10, 4, 100),
            meta(CHILD, ",\"forked_from_id\":\"" + PARENT + "\""),
            tokens(350, 200, 30, 9, 120)
        };
        Reading child = read(CHILD, history);
        Reading last = read(
                grandchild,
                Stream.concat(Stream.of(meta(grandchild, ",\"forked_from_id\":\"" + CHILD + "\"")), Stream.of(history))
                        .toArray(String[]::new));
        assertThat(keys(last)).isEqualTo(keys(child));
    }

    @Test
    void aForksCopyOfItsAncestorsFiguresCountsAllOfTheFirstTotal() throws IOException {
        Reading child = read(
                CHILD,
                meta(CHILD, ",\"forked_from_id\":\"" + PARENT + "\""),
                meta(PARENT, ""),
                tokens(350, 200, 30, 9, 120));
        assertThat(child.usage().getFirst().cost().measure(Measure.TOKENS_IN)).isEqualTo(150);
    }

    @Test
    void aForkThatGoesOnFromItsParentsTotalWithoutACopyCountsItsOwnCallAlone() throws IOException {
        Reading child = read(
                CHILD,
                meta(CHILD, ",\"source\":{\"subagent\":{\"thread_spawn\":{\"parent_thread_id\":\"" + PARENT + "\"}}}"),
                tokens(9000, 8000, 70, 0, 120));
        assertThat(child.usage().getFirst().cost().measure(Measure.TOKENS_IN)).isEqualTo(120);
        assertThat(child.facts()).containsEntry("parent", PARENT);
    }

    @Test
    void turnsTellTheirTimeAndTheirEnd() throws IOException {
        Reading reading = read(
                PARENT,
                line(
                        "event_msg",
                        "{\"type\":\"task_complete\",\"duration_ms\":309170,\"time_to_first_token_ms\":12069}"),
                line("event_msg", "{\"type\":\"turn_aborted\",\"reason\":\"interrupted\"}"),
                line("event_msg", "{\"type\":\"error\",\"message\":\"x\"}"),
                line("compacted", "{\"message\":\"\"}"),
                line(
                        "event_msg",
                        "{\"type\":\"mcp_tool_call_end\",\"duration\":{\"secs\":4,\"nanos\":240616103},\"result\":{\"Err\":\"x\"}}"),
                line("event_msg", "{\"type\":\"patch_apply_end\",\"success\":false}"),
                "{\"created_at\":\"2025-09-10T12:00:00Z\",\"role\":\"user\"}");
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle task_complete",
                        "lifecycle interruption",
                        "error error",
                        "lifecycle compaction",
                        "lifecycle mcp_tool_call_end",
                        "lifecycle patch_apply_end",
                        "lifecycle unknown");
        List<Event> events = reading.events();
        assertThat(events.get(0).measure(Measure.LATENCY_MS)).isEqualTo(309_170);
        assertThat(events.get(0).measure(Measure.TTFT_MS)).isEqualTo(12_069);
        assertThat(events.get(4).measure(Measure.LATENCY_MS)).isEqualTo(4_240);
        assertThat(events.get(4).stopReason()).contains("error");
        assertThat(events.get(5).stopReason()).contains("error");
    }

    @Test
    void nothingOfALineIsLost() throws IOException {
        for (Path file : Transcripts.files(transcript, Corpora.samples())) {
            List<String> lines = Files.readAllLines(file);
            Reading reading = Transcripts.read(transcript, file);
            assertThat(reading.events()).hasSameSizeAs(lines);
            for (int i = 0; i < lines.size(); i++) {
                var payload = Transcripts.payload(reading.events().get(i));
                assertThat(payload.at("line")
                                .toString()
                                .replace("\"payload\":{}", "\"payload\":" + payload.at("block")))
                        .isEqualTo(lines.get(i));
            }
        }
    }
}
