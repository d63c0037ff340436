// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.Transcript.Identity;
import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Transcripts.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorTest {
    private static final Path TRANSCRIPTS = Path.of("/h/.cursor/projects/w-pond/agent-transcripts");

    @TempDir
    Path folder;

    private final Cursor transcript = new Cursor();

    private Reading read(String... lines) throws IOException {
        return Transcripts.read(
                transcript, Files.writeString(folder.resolve("c-1.jsonl"), String.join("\n", lines) + "\n"));
    }

    private static String line(String role, String content) {
        return "{\"role\":\"" + role + "\",\"message\":{\"content\":[" + content + "]}}";
    }

    private static String text(String text) {
        return "{\"type\":\"text\",\"text\":\"" + text + "\"}";
    }

    @Test
    void looksInItsPlaceAndKnowsASubagentByItsFolder() {
        assertThat(transcript.roots(Path.of("/h"), Map.of())).containsExactly(Path.of("/h/.cursor/projects"));
        assertThat(transcript.isTranscript(TRANSCRIPTS.resolve("c-1/c-1.jsonl")))
                .isTrue();
        assertThat(transcript.isTranscript(TRANSCRIPTS.resolve("c-1.jsonl"))).isTrue();
        assertThat(transcript.isTranscript(TRANSCRIPTS.resolveSibling("terminals/1.jsonl")))
                .isFalse();
        assertThat(transcript.identity(TRANSCRIPTS.resolve("c-1/c-1.jsonl"), Head.EMPTY))
                .isEqualTo(new Identity("c-1", "", false));
        assertThat(transcript.identity(TRANSCRIPTS.resolve("c-1/subagents/s-2.jsonl"), Head.EMPTY))
                .isEqualTo(new Identity("c-1/s-2", "c-1", true));
    }

    @Test
    void tellsASessionBlockByBlockAndNoTokens() throws IOException {
        Reading reading = read(
                line("user", text("<user_info>x</user_info>") + "," + text("<user_query>\\nHow many?\\n</user_query>")),
                line(
                        "assistant",
                        "{\"type\":\"thinking\",\"thinking\":\"hm\"}," + text("Let me look")
                                + ",{\"type\":\"tool_use\",\"name\":\"Shell\",\"input\":{\"command\":\"ls\"}},"
                                + "{\"type\":\"custom_block\"}"),
                line("user", "{\"type\":\"tool_result\",\"tool_use_id\":\"t1\",\"content\":[]}"),
                line("user", text("Thanks")),
                "{\"type\":\"turn_ended\",\"status\":\"success\"}");
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle context",
                        "message prompt",
                        "message thinking",
                        "message answer",
                        "tool_call tool_call",
                        "lifecycle custom_block",
                        "tool_result tool_result",
                        "message prompt",
                        "lifecycle turn_ended");
        assertThat(reading.facts()).containsEntry("agent", "cursor").containsEntry("title", "How many?");
        assertThat(reading.event("tool_call tool_call").tool()).contains("Shell");
        assertThat(reading.usage()).isEmpty();
        assertThat(reading.events())
                .allSatisfy(event -> assertThat(event.tsExact()).isFalse());
    }

    @Test
    void aQueryIsFoundBehindAnyLengthOfContext() {
        String files = "<attached_files>" + "x".repeat(10_000) + "</attached_files>";
        assertThat(Query.in(files + "\n<user_query>\nHow many?\n</user_query>")).contains("How many?");
        assertThat(Query.in(files)).isEmpty();
        assertThat(Query.in("<b>How</b> many?")).contains("<b>How</b> many?");
    }

    @Test
    void linesThatCameSinceAreAsOldAsTheFileIsNow() throws IOException {
        Reading first = read(line("user", text("How many?")));
        var reader =
                transcript.reader(new Identity("c-1", "", false), Head.EMPTY.ofFile(9_000), Optional.of(first.state()));
        assertThat(reader.read(Transcripts.object(line("assistant", text("Seven"))), 1)
                        .events())
                .singleElement()
                .satisfies(event -> assertThat(event.tsMillis()).isEqualTo(9_000));
    }

    @Test
    void knowsItsLinesFromThoseOfOthers() {
        assertThat(transcript.recognises(Transcripts.object(line("user", "")))).isTrue();
        assertThat(transcript.recognises(
                        Transcripts.object("{\"type\":\"user\",\"role\":\"user\",\"message\":{\"content\":[]}}")))
                .isFalse();
    }
}
