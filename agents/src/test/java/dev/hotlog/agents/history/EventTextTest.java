// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Json;
import dev.hotlog.event.Kind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventTextTest {
    private static EventText of(Kind kind, String payload) {
        return EventText.of(kind, Json.of(payload), 10_000);
    }

    private static String message(String payload) {
        return of(Kind.MESSAGE, payload).text();
    }

    private static String call(String block) {
        return of(Kind.TOOL_CALL, "{\"type\":\"tool_call\",\"block\":" + block + "}")
                .text();
    }

    @Test
    void findsAMessageWhereverTheAgentHasIt() {
        assertThat(message("{\"type\":\"prompt\",\"block\":\"plain\",\"line\":{\"text\":\"no\"}}"))
                .isEqualTo("plain");
        assertThat(message("{\"type\":\"answer\",\"block\":{\"type\":\"text\",\"text\":\"hello\"}}"))
                .isEqualTo("hello");
        assertThat(message(
                        "{\"type\":\"t\",\"block\":{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"xyz\"}}"))
                .isEqualTo("hm");
        assertThat(
                        message(
                                "{\"type\":\"t\",\"block\":{\"content\":[{\"type\":\"input_text\",\"text\":\"a\"},{\"text\":\"b\"}]}}"))
                .isEqualTo("a\nb");
        assertThat(message("{\"type\":\"t\",\"block\":{\"summary\":[{\"text\":\"why\"}],\"content\":null}}"))
                .isEqualTo("why");
        assertThat(
                        message(
                                "{\"type\":\"t\",\"block\":{\"functionResponse\":{\"id\":\"c\",\"response\":{\"output\":\"7\"}}}}"))
                .isEqualTo("7");
        assertThat(message("{\"type\":\"t\",\"block\":[{\"subject\":\"Ducks\",\"description\":\"How many?\"}]}"))
                .isEqualTo("How many?");
        assertThat(message("{\"text\":\"of another program\"}")).isEqualTo("of another program");
        assertThat(message("\"only a text\"")).isEqualTo("only a text");
        assertThat(message("{\"type\":\"t\",\"block\":{\"type\":\"image\",\"source\":{\"data\":\"AAAA\"}}}"))
                .isEqualTo("[image]");
        assertThat(of(Kind.LIFECYCLE, "{\"type\":\"compaction\",\"line\":{\"content\":\"Compacted\"}}")
                        .text())
                .isEqualTo("Compacted");
    }

    @Test
    void tellsTheTypeOrElseTheKind() {
        assertThat(of(Kind.MESSAGE, "{\"type\":\"prompt\"}").type()).isEqualTo("prompt");
        assertThat(of(Kind.MESSAGE, "{\"type\":7}").type()).isEqualTo("message");
        assertThat(of(new Kind("Approval"), "{}").type()).isEqualTo("Approval");
    }

    @Test
    void saysInShortWhatAToolWasTold() {
        assertThat(call("{\"input\":{\"description\":\"d\",\"command\":\"git status\"}}"))
                .isEqualTo("git status");
        assertThat(call("{\"state\":{\"status\":\"completed\",\"input\":{\"command\":\"ls\"},\"output\":\"\"}}"))
                .isEqualTo("ls");
        assertThat(call("{\"functionCall\":{\"name\":\"read\",\"args\":{\"path\":\"/a\"}}}"))
                .isEqualTo("/a");
        assertThat(call("{\"input\":{\"file_path\":\"/a/b\",\"content\":\"long\"}}"))
                .isEqualTo("/a/b");
        assertThat(call("{\"arguments\":\"{\\\"command\\\":[\\\"bash\\\",\\\"-lc\\\",\\\"ls -l\\\"]}\"}"))
                .isEqualTo("ls -l");
        assertThat(call("{\"arguments\":\"{\\\"cmd\\\":\\\"pwd\\\"}\"}")).isEqualTo("pwd");
        assertThat(call("{\"input\":\"*** Begin Patch\"}")).isEqualTo("*** Begin Patch");
        assertThat(call("{\"input\":{\"what\":{\"ever\":1}}}")).isEqualTo("{\"what\":{\"ever\":1}}");
        assertThat(call("{\"action\":{\"type\":\"search\",\"query\":\"q\"}}")).isEqualTo("q");
    }

    @Test
    void showsAPayloadThatIsNoJsonAsItIs() {
        assertThat(message("not { json")).isEqualTo("not { json");
        assertThat(EventText.of(Kind.MESSAGE, Json.NONE, 10).text()).isEmpty();
        assertThat(EventText.of(Kind.MESSAGE, Json.of("abc\uD83D\uDE00def"), 4).text())
                .isEqualTo("abc");
    }

    @Test
    void aLineOrABlockOfAnotherProgramHidesNothingBesideIt() {
        assertThat(message("{\"file\":\"A.java\",\"line\":42,\"message\":\"boom\"}"))
                .isEqualTo("boom");
        assertThat(message("{\"type\":\"lint\",\"line\":42,\"message\":\"boom\"}"))
                .isEqualTo("boom");
        assertThat(message("{\"block\":\"main\",\"message\":\"boom\"}")).isEqualTo("boom");
        assertThat(message("{\"type\":\"lint\",\"block\":7,\"message\":\"boom\"}"))
                .isEqualTo("boom");
        assertThat(of(Kind.COST, "{\"type\":\"usage\",\"message\":\"id\",\"block\":42}"))
                .isEqualTo(new EventText("usage", "", false));
    }

    @Test
    void neverFails() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] parts = {
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"type\"",
            "\"block\"",
            "\"text\"",
            "\"input\"",
            "\"content\"",
            "null",
            "1",
            "\"a\\u0041\"",
            "\"\\uD800\"",
            "true"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder payload = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                payload.append(parts[random.nextInt(parts.length)]);
            }
            for (Kind kind : Kind.KNOWN) {
                EventText text = EventText.of(kind, Json.of(payload.toString()), 1 + random.nextInt(20));
                assertThat(text.type()).as("seed %d payload %s", seed, payload).isNotEmpty();
            }
        }
        String deep = "{\"type\":\"t\",\"block\":".repeat(100_000) + "1" + "}".repeat(100_000);
        assertThat(message(deep)).isEmpty();
    }

    @Test
    void toolsOfOtherAgentsShowWhatTheyWereToldAndSaid() {
        for (String call : List.of(
                "{\"type\":\"t\",\"block\":{\"toolCall\":{\"status\":\"success\",\"value\":{\"name\":\"shell\",\"arguments\":{\"command\":\"ls\"}}}}}",
                "{\"type\":\"t\",\"block\":{\"name\":\"Shell\",\"arguments\":\"{\\\"command\\\":\\\"ls\\\"}\"}}",
                "{\"type\":\"t\",\"block\":{\"name\":\"run\",\"rawArgs\":\"{\\\"command\\\":\\\"ls\\\"}\"}}",
                "{\"type\":\"t\",\"block\":{\"name\":\"Bash\",\"input\":{\"cmd\":\"ls\"}}}")) {
            assertThat(EventText.of(Kind.TOOL_CALL, Json.of(call), 80).text())
                    .as(call)
                    .isEqualTo("ls");
        }
        for (String result : List.of(
                "{\"type\":\"t\",\"block\":{\"toolResult\":{\"status\":\"success\",\"value\":{\"content\":[{\"text\":\"seven\"}]}}}}",
                "{\"type\":\"t\",\"block\":{\"return_value\":{\"is_error\":false,\"output\":\"seven\"}}}",
                "{\"type\":\"t\",\"block\":{\"run\":{\"status\":\"done\",\"result\":{\"output\":\"seven\"}}}}",
                "{\"type\":\"t\",\"block\":{\"value\":{\"stdout\":\"seven\"}}}")) {
            assertThat(EventText.of(Kind.TOOL_RESULT, Json.of(result), 80).text())
                    .as(result)
                    .isEqualTo("seven");
        }
        String thought = "{\"type\":\"thinking\",\"block\":{\"type\":\"think\",\"think\":\"hm\"}}";
        assertThat(EventText.of(Kind.MESSAGE, Json.of(thought), 80).text()).isEqualTo("hm");
    }
}
