// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.claudecode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Transcript.Identity;
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
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaudeCodeTest {
    private static final String SESSION = "00000000-0000-4000-8000-000000000001";
    private static final String ENVELOPE = "\"sessionId\":\"" + SESSION
            + "\",\"cwd\":\"/w\",\"gitBranch\":\"main\",\"version\":\"2.1.0\",\"timestamp\":\"2026-03-02T08:00:00.500Z\"";

    @TempDir
    Path folder;

    private final ClaudeCode transcript = new ClaudeCode();

    private Reading read(String... lines) throws IOException {
        return Transcripts.read(
                transcript, Files.writeString(folder.resolve(SESSION + ".jsonl"), String.join("\n", lines) + "\n"));
    }

    private static String assistant(String content, String more) {
        return "{\"type\":\"assistant\",\"requestId\":\"req_1\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude-x\",\"role\":\"assistant\",\"content\":"
                + content + ",\"stop_reason\":\"end_turn\"" + more + "}," + ENVELOPE + "}";
    }

    private static String user(String content) {
        return "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":" + content + "}," + ENVELOPE + "}";
    }

    @Test
    void looksInBothHomesOrWhereItIsTold() {
        Path home = Path.of("/home/x");
        assertThat(transcript.roots(home, Map.of()))
                .containsExactly(Path.of("/home/x/.claude/projects"), Path.of("/home/x/.config/claude/projects"));
        assertThat(transcript.roots(home, Map.of("CLAUDE_CONFIG_DIR", "/a, /b")))
                .containsExactly(Path.of("/a/projects"), Path.of("/b/projects"));
    }

    @Test
    void aSessionIsNamedByItsFileAndASubagentByItsParentAndItsFile() {
        Head head = new Head("parent", OptionalLong.empty(), OptionalLong.empty());
        assertThat(transcript.identity(Path.of("/p", SESSION + ".jsonl"), head))
                .isEqualTo(new Identity(SESSION, "", false));
        assertThat(transcript.identity(Path.of("/p/backup.jsonl"), head)).isEqualTo(new Identity("parent", "", false));
        Identity subagent = new Identity("parent/agent-1f", "parent", true);
        assertThat(transcript.identity(Path.of("/p/agent-1f.jsonl"), head)).isEqualTo(subagent);
        assertThat(transcript.identity(Path.of("/p/parent/subagents/workflows/wf_1/agent-1f.jsonl"), Head.EMPTY))
                .isEqualTo(subagent);
        assertThat(transcript.identity(Path.of("/p/agent-1f.jsonl"), Head.EMPTY))
                .isEqualTo(new Identity("agent-1f", "", true));
    }

    @Test
    void aMessageIsAnEventForEachBlockAndTheFirstKeepsTheLineAroundThem() throws IOException {
        String thinking = "{\"type\":\"thinking\",\"thinking\":\"hm\", \"signature\":\"s\"}";
        String text = "{\"type\":\"text\",\"text\":\"so \\u00e9\"}";
        String call = "{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"Bash\",\"input\":{\"n\":1.50}}";
        Reading reading = read(assistant("[" + thinking + "," + text + "," + call + "]", ""));
        assertThat(reading.words()).containsExactly("message thinking", "message answer", "tool_call tool_call");
        List<Event> events = reading.events();
        assertThat(events.get(0).payload().toString())
                .isEqualTo("{\"type\":\"thinking\",\"block\":" + thinking + ",\"line\":" + assistant("[]", "") + "}");
        assertThat(events.get(1).payload().toString()).isEqualTo("{\"type\":\"answer\",\"block\":" + text + "}");
        assertThat(events.get(2).payload().toString()).isEqualTo("{\"type\":\"tool_call\",\"block\":" + call + "}");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.model()).contains("claude-x");
            assertThat(event.tsExact()).isTrue();
            assertThat(event.tsMillis()).isEqualTo(1_772_438_400_500L);
        });
        assertThat(events.get(2).stopReason()).contains("end_turn");
        assertThat(events.get(2).toolCallId()).contains("toolu_1");
        assertThat(events.get(2).tool()).contains("Bash");
    }

    @Test
    void aResultKnowsTheToolOfItsCallAndHowLongItTook() throws IOException {
        Reading reading = read(
                assistant("[{\"type\":\"tool_use\",\"id\":\"toolu_1\",\"name\":\"Grep\",\"input\":{}}]", ""),
                "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"is_error\":true,\"content\":\"no\"}]},\"toolUseResult\":{\"durationMs\":41},"
                        + ENVELOPE + "}");
        Event result = reading.event("tool_result tool_result");
        assertThat(result.kind()).isEqualTo(Kind.TOOL_RESULT);
        assertThat(result.tool()).contains("Grep");
        assertThat(result.stopReason()).contains("error");
        assertThat(result.measure(Measure.LATENCY_MS)).isEqualTo(41);
        assertThat(Transcripts.payload(result).at("line").at("toolUseResult").exists())
                .isTrue();
    }

    @Test
    void whatACacheKeepsForAnHourIsPartOfWhatWasWrittenToIt() throws IOException {
        String usage = ",\"usage\":{\"cache_creation_input_tokens\":30,\"cache_creation\":{"
                + "\"ephemeral_5m_input_tokens\":10,\"ephemeral_1h_input_tokens\":20}}";
        Event cost = read(assistant("\"one\"", usage)).usage().getFirst().cost();
        assertThat(cost.measure(Measure.CACHE_CREATION_TOKENS)).isEqualTo(30);
        assertThat(cost.measure(Measure.CACHE_CREATION_1H_TOKENS)).isEqualTo(20);
    }

    @Test
    void usageTakesASlotOfItsOwnWhetherOrNotItIsCounted() throws IOException {
        String usage = ",\"usage\":{\"input_tokens\":3,\"output_tokens\":5,\"cache_read_input_tokens\":7}";
        Reading reading = read(assistant("\"one\"", usage), assistant("\"two\"", usage));
        assertThat(reading.events()).extracting(Event::seq).containsExactly(0L, 2L);
        assertThat(reading.usage()).extracting(u -> u.cost().seq()).containsExactly(1L, 3L);
        Event cost = reading.usage().getFirst().cost();
        assertThat(cost.measure(Measure.TOKENS_IN)).isEqualTo(3);
        assertThat(cost.measure(Measure.TOKENS_OUT)).isEqualTo(5);
        assertThat(cost.measure(Measure.CACHE_READ_TOKENS)).isEqualTo(7);
        assertThat(cost.measure(Measure.CACHE_CREATION_TOKENS)).isEqualTo(Measure.ABSENT);
        assertThat(cost.payload().toString())
                .isEqualTo(
                        "{\"type\":\"usage\",\"message\":\"msg_1\",\"request\":\"req_1\",\"block\":{\"input_tokens\":3,\"output_tokens\":5,\"cache_read_input_tokens\":7}}");
        assertThat(reading.usage().getFirst())
                .isInstanceOfSatisfying(
                        Usage.Growing.class, u -> assertThat(u.request()).isEqualTo("req_1"));
    }

    @Test
    void whatTheProgramSaysInTheUsersNameIsNoPrompt() throws IOException {
        Reading reading = read(
                user("\"<local-command-caveat>Caveat\""),
                user("\"<command-name>/clear</command-name>\""),
                user(
                        "[{\"type\":\"text\",\"text\":\"<ide_opened_file>x\"},{\"type\":\"text\",\"text\":\"# Fix the build\\nplease\"}]"),
                user("\"[Request interrupted by user]\""),
                user("\"second prompt\""));
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle context",
                        "message prompt",
                        "lifecycle context",
                        "message prompt",
                        "lifecycle interruption",
                        "message prompt");
        assertThat(reading.facts()).containsEntry("title", "Fix the build");
    }

    @Test
    void aTitleIsTakenFromTheBestGiver() throws IOException {
        String prompt = user("\"first prompt\"");
        String ai = "{\"type\":\"ai-title\",\"aiTitle\":\"by the agent\",\"sessionId\":\"s\"}";
        String custom = "{\"type\":\"custom-title\",\"customTitle\":\"by the user\",\"sessionId\":\"s\"}";
        assertThat(read(prompt).facts()).containsEntry("title", "first prompt");
        assertThat(read(ai, prompt).facts()).containsEntry("title", "by the agent");
        assertThat(read(prompt, custom, ai).facts()).containsEntry("title", "by the user");
    }

    @Test
    void aSummaryIsTheTitleOfTheSessionWhoseLineItNames() throws IOException {
        String foreign = "{\"type\":\"summary\",\"summary\":\"of another\",\"leafUuid\":\"u-9\"}";
        String own = "{\"type\":\"summary\",\"summary\":\"of this one\",\"leafUuid\":\"u-1\"}";
        String line = user("\"prompt\"").replaceFirst("\\{", "{\"uuid\":\"u-1\",");
        assertThat(read(foreign, line).facts()).containsEntry("title", "prompt");
        assertThat(read(foreign, own, line).facts()).containsEntry("title", "of this one");
        assertThat(read(line, own).facts()).containsEntry("title", "of this one");
    }

    @Test
    void errorsCompactionsAndHooksAreToldApart() throws IOException {
        Reading reading = read(
                "{\"type\":\"system\",\"subtype\":\"api_error\"," + ENVELOPE + "}",
                "{\"type\":\"system\",\"subtype\":\"compact_boundary\"," + ENVELOPE + "}",
                "{\"type\":\"progress\",\"data\":{\"type\":\"hook_progress\"}," + ENVELOPE + "}",
                "{\"type\":\"system\",\"subtype\":\"turn_duration\",\"durationMs\":31240," + ENVELOPE + "}",
                "{\"type\":\"from the future\",\"x\":1," + ENVELOPE + "}",
                assistant("[{\"type\":\"text\",\"text\":\"API Error\"}]", ",\"usage\":{\"input_tokens\":1}")
                        .replace("claude-x", "<synthetic>")
                        .replaceFirst("\\{", "{\"isApiErrorMessage\":true,"));
        assertThat(reading.words())
                .containsExactly(
                        "error error",
                        "lifecycle compaction",
                        "hook hook",
                        "lifecycle turn_duration",
                        "lifecycle from the future",
                        "error error");
        assertThat(reading.event("lifecycle turn_duration").measure(Measure.LATENCY_MS))
                .isEqualTo(31240);
        assertThat(reading.usage()).isEmpty();
        assertThat(reading.facts()).doesNotContainKey("model");
    }

    @Test
    void aLineWithoutTimeBorrowsOne() throws IOException {
        String mode = "{\"type\":\"mode\",\"mode\":\"normal\",\"sessionId\":\"s\"}";
        Reading reading = read(mode, user("\"x\""), mode);
        assertThat(reading.events()).extracting(Event::tsMillis).containsOnly(1_772_438_400_500L);
        assertThat(reading.events()).extracting(Event::tsExact).containsExactly(false, true, false);
        assertThat(read(mode).events()).extracting(Event::tsMillis).containsExactly(0L);
    }

    @Test
    void factsTellOfTheSession() throws IOException {
        Reading reading = read(user("\"hello\""), assistant("\"hi\"", ""));
        assertThat(reading.facts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "agent", "claude-code",
                        "workspace", "/w",
                        "branch", "main",
                        "version", "2.1.0",
                        "model", "claude-x",
                        "title", "hello"));
    }

    @Test
    void nothingOfALineIsLostAndNothingKeptTwice() throws IOException {
        for (Path file : Transcripts.files(transcript, Corpora.samples())) {
            List<String> lines = Files.readAllLines(file);
            Reading reading = Transcripts.read(transcript, file);
            int next = 0;
            for (String line : lines) {
                JsonSlice first = Transcripts.payload(reading.events().get(next++));
                StringBuilder rebuilt = new StringBuilder(first.at("line").toString());
                String content = first.at("block").toString();
                while (next < reading.events().size()
                        && !Transcripts.payload(reading.events().get(next))
                                .at("line")
                                .exists()) {
                    content += ","
                            + Transcripts.payload(reading.events().get(next++)).at("block");
                }
                if (!content.isEmpty()) {
                    boolean text = content.startsWith("\"");
                    String hole = "\"content\":" + (text ? "\"\"" : "[]");
                    int at = rebuilt.indexOf(hole) + "\"content\":".length();
                    rebuilt.replace(at, at + 2, text ? content : "[" + content + "]");
                }
                assertThat(rebuilt.toString()).isEqualTo(line);
            }
            assertThat(next).isEqualTo(reading.events().size());
        }
    }
}
