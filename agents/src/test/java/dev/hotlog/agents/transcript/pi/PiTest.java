// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.pi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Transcripts.Reading;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PiTest {
    private static final String ID = "6b0f9c1e-2a47-4d58-9e13-7c0a51d8f2b6";
    private static final String PARENT = "0d7e55a3-91bc-4f06-8a2d-3e6b7f1c9d40";
    private static final String TIME = "2026-04-02T09:15:00.250Z";

    @TempDir
    Path folder;

    private final Transcript pi = new Pi();

    private Reading read(String... lines) throws IOException {
        Path file = folder.resolve("2026-04-02T09-15-00-250Z_" + ID + ".jsonl");
        return Transcripts.read(pi, Files.writeString(file, String.join("\n", lines) + "\n"));
    }

    private static String session(String more) {
        return "{\"type\":\"session\",\"version\":3,\"id\":\"" + ID + "\",\"timestamp\":\"" + TIME
                + "\",\"cwd\":\"/w/pond\"" + more + "}";
    }

    private static String message(String message) {
        return "{\"type\":\"message\",\"timestamp\":\"" + TIME + "\",\"message\":" + message + "}";
    }

    private static String answer(String content, String more) {
        return message("{\"role\":\"assistant\",\"model\":\"m-1\",\"content\":" + content
                + ",\"usage\":{\"input\":3,\"output\":40,\"cacheRead\":500,\"cacheWrite\":60,"
                + "\"cost\":{\"total\":0.0123457}}" + more + "}");
    }

    @Test
    void looksWhereItIsTold() {
        Path home = Path.of("/h");
        assertThat(pi.roots(home, Map.of())).containsExactly(Path.of("/h/.pi/agent/sessions"));
        assertThat(pi.roots(home, Map.of("PI_AGENT_DIR", "/a, /b/sessions")))
                .containsExactly(Path.of("/a/sessions"), Path.of("/b/sessions"));
        assertThat(pi.roots(home, Map.of("PI_AGENT_DIR", "/a", "PI_CODING_AGENT_DIR", "/c")))
                .containsExactly(Path.of("/c/sessions"));
        Transcript claw = new OpenClaw();
        assertThat(claw.roots(home, Map.of())).contains(Path.of("/h/.openclaw/agents"), Path.of("/h/.moltbot/agents"));
        assertThat(claw.roots(home, Map.of("OPENCLAW_DIR", "/o"))).containsExactly(Path.of("/o/agents"));
    }

    @Test
    void deletedAndResetSessionsOfOpenClawAreTranscriptsStill() {
        Transcript claw = new OpenClaw();
        Path sessions = Path.of("/h/.openclaw/agents/main/sessions");
        assertThat(List.of("a.jsonl", "a.jsonl.deleted.2026-04-02T09-15-00Z", "a.jsonl.reset.17"))
                .allMatch(name -> claw.isTranscript(sessions.resolve(name)));
        assertThat(List.of("sessions.json", "a.jsonl.lock", "a.jsonl.bak"))
                .noneMatch(name -> claw.isTranscript(sessions.resolve(name)));
        assertThat(claw.identity(sessions.resolve(ID + ".jsonl.deleted.9"), Head.EMPTY)
                        .sessionId())
                .isEqualTo(ID);
    }

    @Test
    void tellsASessionBlockByBlock() throws IOException {
        Reading reading = read(
                session(",\"branchedFrom\":\"C:\\\\s\\\\2026_" + PARENT + ".jsonl\""),
                "{\"type\":\"model_change\",\"timestamp\":\"" + TIME + "\",\"modelId\":\"m-0\"}",
                message("{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"Feed the ducks\"}]}"),
                answer(
                        "[{\"type\":\"thinking\",\"thinking\":\"hm\"},{\"type\":\"text\",\"text\":\"Sure\"},"
                                + "{\"type\":\"toolCall\",\"id\":\"c1\",\"name\":\"bash\",\"arguments\":{}}]",
                        ",\"stopReason\":\"toolUse\""),
                message("{\"role\":\"toolResult\",\"toolCallId\":\"c1\",\"toolName\":\"bash\",\"content\":[],"
                        + "\"isError\":true}"),
                answer("[]", ",\"stopReason\":\"aborted\",\"errorMessage\":\"Request was aborted\""),
                answer("[]", ",\"stopReason\":\"error\",\"errorMessage\":\"overloaded\""),
                "{\"type\":\"compaction\",\"summary\":\"fed\",\"tokensBefore\":9}",
                "{\"type\":\"never_seen_before\",\"x\":1}");
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle session_start",
                        "lifecycle model_change",
                        "message prompt",
                        "message thinking",
                        "message answer",
                        "tool_call tool_call",
                        "tool_result tool_result",
                        "lifecycle interruption",
                        "error error",
                        "lifecycle compaction",
                        "lifecycle never_seen_before");
        assertThat(reading.sessionId()).isEqualTo(ID);
        assertThat(reading.facts())
                .containsEntry("agent", "pi")
                .containsEntry("workspace", "/w/pond")
                .containsEntry("title", "Feed the ducks")
                .containsEntry("model", "m-1")
                .containsEntry("parent", PARENT);
        Event call = reading.event("tool_call tool_call");
        assertThat(call.tool()).contains("bash");
        assertThat(call.model()).contains("m-1");
        assertThat(call.stopReason()).contains("toolUse");
        assertThat(reading.event("tool_result tool_result").stopReason()).contains("error");
        assertThat(reading.event("lifecycle never_seen_before").payload().toString())
                .isEqualTo("{\"type\":\"never_seen_before\",\"line\":{\"type\":\"never_seen_before\",\"x\":1}}");
    }

    @Test
    void eachTokenIsInOneFieldAndTheCostIsTheAgentsOwn() throws IOException {
        Event cost = read(session(""), answer("\"hi\"", "")).usage().getFirst().cost();
        assertThat(cost.measure(Measure.TOKENS_IN)).isEqualTo(3);
        assertThat(cost.measure(Measure.TOKENS_OUT)).isEqualTo(40);
        assertThat(cost.measure(Measure.CACHE_READ_TOKENS)).isEqualTo(500);
        assertThat(cost.measure(Measure.CACHE_CREATION_TOKENS)).isEqualTo(60);
        assertThat(cost.measure(Measure.COST_USD_E6)).isEqualTo(12_346);
    }

    @Test
    void aBranchTellsItsParentsUsageUnderTheSameKeys() throws IOException {
        Reading parent = read(session(""), answer("\"hi\"", ""));
        Reading branch = read(session(",\"x\":1"), "{\"type\":\"custom\"}", answer("\"hi\"", ""));
        assertThat(((Usage.Once) branch.usage().getFirst()).key())
                .isEqualTo(((Usage.Once) parent.usage().getFirst()).key());
    }
}
