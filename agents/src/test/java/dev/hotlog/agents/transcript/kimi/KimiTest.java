// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.kimi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.Transcript.Identity;
import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Transcripts.Reading;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KimiTest {
    @TempDir
    Path folder;

    private final Kimi transcript = new Kimi();

    private Reading read(String... lines) throws IOException {
        Path file = Files.createDirectories(folder.resolve("session_k-1/agents/main"))
                .resolve("wire.jsonl");
        return Transcripts.read(transcript, Files.writeString(file, String.join("\n", lines) + "\n"));
    }

    private static String code(String type, String more) {
        return "{\"type\":\"" + type + "\",\"time\":1785615359837" + more + "}";
    }

    private static String step(String event) {
        return code("context.append_loop_event", ",\"event\":{" + event + "}");
    }

    private static String cli(String type, String payload) {
        return "{\"timestamp\":1785615359.837,\"message\":{\"type\":\"" + type + "\",\"payload\":{" + payload + "}}}";
    }

    @Test
    void looksWhereItIsTold() {
        Path home = Path.of("/h");
        assertThat(transcript.roots(home, Map.of()))
                .containsExactly(Path.of("/h/.kimi/sessions"), Path.of("/h/.kimi-code/sessions"));
        assertThat(transcript.roots(home, Map.of("KIMI_SHARE_DIR", "/a,/b", "KIMI_CODE_HOME", "/c")))
                .containsExactly(Path.of("/a/sessions"), Path.of("/b/sessions"), Path.of("/c/sessions"));
        assertThat(transcript.roots(home, Map.of("KIMI_DATA_DIR", "/d"))).contains(Path.of("/d/sessions"));
        assertThat(transcript.isTranscript(Path.of("/h/.kimi/sessions/x/y/context.jsonl")))
                .isFalse();
    }

    @Test
    void aSessionIsNamedByItsFolderAndAnAgentOfItByItsOwn() {
        assertThat(transcript.identity(Path.of("/s/ab/u-1/wire.jsonl"), Head.EMPTY))
                .isEqualTo(new Identity("u-1", "", false));
        Path agents = Path.of("/s/wd_p_1/session_u-2/agents");
        assertThat(transcript.identity(agents.resolve("main/wire.jsonl"), Head.EMPTY))
                .isEqualTo(new Identity("u-2", "", false));
        assertThat(transcript.identity(agents.resolve("agent-0/wire.jsonl"), Head.EMPTY))
                .isEqualTo(new Identity("u-2/agent-0", "u-2", true));
    }

    @Test
    void tellsASessionOfKimiCode() throws IOException {
        Reading reading = read(
                "{\"type\":\"metadata\",\"protocol_version\":\"1.4\",\"created_at\":1785615359000}",
                code("config.update", ",\"cwd\":\"/w/pond\",\"modelAlias\":\"k-2\""),
                code(
                        "turn.prompt",
                        ",\"input\":[{\"type\":\"text\",\"text\":\"How many?\"}],\"origin\":{\"kind\":\"user\"}"),
                code("context.append_message", ",\"message\":{\"role\":\"user\",\"origin\":{\"kind\":\"user\"}}"),
                code("context.append_message", ",\"message\":{\"role\":\"user\",\"origin\":{\"kind\":\"injection\"}}"),
                code(
                        "turn.prompt",
                        ",\"input\":[{\"type\":\"text\",\"text\":\"go\"}],\"origin\":{\"kind\":\"system_trigger\"}"),
                step("\"type\":\"content.part\",\"part\":{\"type\":\"think\",\"think\":\"hm\"}"),
                step("\"type\":\"content.part\",\"part\":{\"type\":\"text\",\"text\":\"Let me look\"}"),
                step("\"type\":\"tool.call\",\"toolCallId\":\"c1\",\"name\":\"Bash\",\"args\":{\"command\":\"ls\"}"),
                step(
                        "\"type\":\"tool.result\",\"toolCallId\":\"c1\",\"result\":{\"output\":\"none\",\"isError\":true}"),
                step("\"type\":\"step.end\",\"finishReason\":\"tool_use\",\"llmFirstTokenLatencyMs\":12"),
                code("turn.cancel", ""),
                code("full_compaction.begin", ""),
                code("context.apply_compaction", ",\"summary\":\"counted\""),
                code("turn.ended", ",\"durationMs\":77"));
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle session_start",
                        "lifecycle config.update",
                        "message prompt",
                        "lifecycle context.append_message",
                        "lifecycle context",
                        "lifecycle context",
                        "message thinking",
                        "message answer",
                        "tool_call tool_call",
                        "tool_result tool_result",
                        "lifecycle step.end",
                        "lifecycle interruption",
                        "lifecycle compaction",
                        "lifecycle summary",
                        "lifecycle turn.ended");
        assertThat(reading.sessionId()).isEqualTo("k-1");
        assertThat(reading.facts())
                .containsEntry("agent", "kimi")
                .containsEntry("workspace", "/w/pond")
                .containsEntry("model", "k-2")
                .containsEntry("title", "How many?");
        assertThat(reading.event("message answer").model()).contains("k-2");
        assertThat(reading.event("tool_result tool_result").tool()).contains("Bash");
        assertThat(reading.event("tool_result tool_result").stopReason()).contains("error");
        assertThat(reading.event("lifecycle step.end").measure(Measure.TTFT_MS)).isEqualTo(12);
        assertThat(reading.event("lifecycle turn.ended").measure(Measure.LATENCY_MS))
                .isEqualTo(77);
    }

    private Reading readState(String json) throws IOException {
        Path state = Files.createDirectories(folder.resolve("session_k-1")).resolve("state.json");
        Files.writeString(state, json);
        assertThat(transcript.isTranscript(state)).isTrue();
        return Transcripts.read(transcript, transcript.wholes(state).getFirst());
    }

    @Test
    void theStateOfASessionOfKimiCodeTellsWhatItIsCalled() throws IOException {
        assertThat(transcript.isTranscript(folder.resolve("state.json"))).isFalse();
        Reading reading = readState("{\"title\":\"Feed the ducks\",\"isCustomTitle\":true,\"workDir\":\"/w/pond\"}");
        assertThat(reading.sessionId()).isEqualTo("k-1");
        assertThat(reading.events()).isEmpty();
        assertThat(reading.facts()).containsEntry("title", "Feed the ducks").containsEntry("workspace", "/w/pond");
    }

    @Test
    void aStateIsNoEventWhateverIsInIt() throws IOException {
        for (String title : List.of("", ",\"title\":null", ",\"title\":\"\"", ",\"type\":\"x\",\"title\":[\"a\"]")) {
            Reading reading = readState("{\"workDir\":\"/w/pond\"" + title + "}");
            assertThat(reading.events()).as(title).isEmpty();
            assertThat(reading.facts()).containsEntry("workspace", "/w/pond").doesNotContainKey("title");
        }
    }

    @Test
    void everyCallIsCountedOnceWhicheverScopeItHas() throws IOException {
        String figures = "\"usage\":{\"inputOther\":10,\"output\":5,\"inputCacheRead\":60,\"inputCacheCreation\":3}";
        Reading reading = read(
                step("\"type\":\"step.end\"," + figures),
                code("usage.record", ",\"model\":\"k-2\"," + figures + ",\"usageScope\":\"turn\""),
                code(
                        "usage.record",
                        ",\"model\":\"k-2\"," + figures.replace("10", "11") + ",\"usageScope\":\"session\""));
        assertThat(Transcripts.sum(reading, Measure.TOKENS_IN)).isEqualTo(21);
        assertThat(Transcripts.sum(reading, Measure.TOKENS_OUT)).isEqualTo(10);
        assertThat(Transcripts.sum(reading, Measure.CACHE_READ_TOKENS)).isEqualTo(120);
        assertThat(Transcripts.sum(reading, Measure.CACHE_CREATION_TOKENS)).isEqualTo(6);
        assertThat(reading.usage())
                .allSatisfy(usage -> assertThat(usage.cost().model()).contains("k-2"));
    }

    @Test
    void tellsASessionOfKimiCli() throws IOException {
        String figures = "\"token_usage\":{\"input_other\":10,\"output\":5,\"input_cache_read\":60,"
                + "\"input_cache_creation\":3},\"message_id\":\"chat-1\"";
        Reading reading = read(
                "{\"type\":\"metadata\",\"protocol_version\":\"1.1\"}",
                cli("TurnBegin", "\"user_input\":\"How many?\""),
                cli("ContentPart", "\"type\":\"think\",\"think\":\"hm\""),
                cli("ContentPart", "\"type\":\"text\",\"text\":\"Let me look\""),
                cli(
                        "ToolCall",
                        "\"type\":\"function\",\"id\":\"c1\",\"function\":{\"name\":\"Shell\",\"arguments\":\"{}\"}"),
                cli("ToolResult", "\"tool_call_id\":\"c1\",\"return_value\":{\"is_error\":true,\"output\":\"none\"}"),
                cli("StatusUpdate", figures),
                cli("SubagentEvent", "\"event\":{\"type\":\"StatusUpdate\",\"payload\":{" + figures + "}}"),
                cli("StatusUpdate", "\"context_usage\":0.1"),
                cli("StepInterrupted", ""),
                cli("CompactionBegin", ""),
                cli("NeverSeen", ""));
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle session_start",
                        "message prompt",
                        "message thinking",
                        "message answer",
                        "tool_call tool_call",
                        "tool_result tool_result",
                        "lifecycle StatusUpdate",
                        "lifecycle SubagentEvent",
                        "lifecycle StatusUpdate",
                        "lifecycle interruption",
                        "lifecycle compaction",
                        "lifecycle NeverSeen");
        assertThat(reading.event("message prompt").tsMillis()).isEqualTo(1_785_615_359_837L);
        assertThat(reading.event("tool_result tool_result").tool()).contains("Shell");
        assertThat(reading.usage())
                .hasSize(2)
                .allSatisfy(
                        usage -> assertThat(((Usage.Growing) usage).message()).isEqualTo("chat-1"));
        assertThat(reading.usage().getFirst().cost().measure(Measure.TOKENS_IN)).isEqualTo(10);
        assertThat(transcript.recognises(Transcripts.object(cli("TurnBegin", ""))))
                .isTrue();
    }

    @Test
    void aRealSessionAddsUpToWhatItsStepsAndItsCompactionUsed() throws IOException {
        Path fixture = Corpora.shared("corpora/open/home-fixtures/.kimi/sessions/fixture");
        Reading main = Transcripts.read(transcript, fixture.resolve("assistant_tools.jsonl"));
        assertThat(main.bad()).isEmpty();
        assertThat(Transcripts.sum(main, Measure.TOKENS_IN)).isEqualTo(28_763 + 1_411);
        assertThat(Transcripts.sum(main, Measure.TOKENS_OUT)).isEqualTo(4_578 + 937);
        assertThat(Transcripts.sum(main, Measure.CACHE_READ_TOKENS)).isEqualTo(620_544 + 40_960);
        Reading subagent = Transcripts.read(transcript, fixture.resolve("subagent_agent-0.jsonl"));
        assertThat(Transcripts.sum(subagent, Measure.TOKENS_IN)).isEqualTo(12_905);
        assertThat(Transcripts.read(transcript, fixture.resolve("small.jsonl")).usage())
                .isEmpty();
    }
}
