// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.gemini;

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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeminiTest {
    private static final String HEADER =
            "\"sessionId\":\"s-1\",\"projectHash\":\"ab\",\"startTime\":\"2026-04-02T09:15:00.000Z\"";
    private static final String USER = "{\"id\":\"m1\",\"timestamp\":\"2026-04-02T09:15:01.000Z\",\"type\":\"user\","
            + "\"content\":\"Count the ducks\"}";
    private static final String TOKENS =
            "{\"input\":100,\"output\":9,\"cached\":60,\"thoughts\":5,\"tool\":2,\"total\":116}";

    @TempDir
    Path folder;

    private final Gemini transcript = new Gemini();

    private static String answer(String status) {
        return "{\"id\":\"m2\",\"timestamp\":\"2026-04-02T09:15:04.000Z\",\"type\":\"gemini\",\"model\":\"g-1\","
                + "\"content\":\"On it\",\"thoughts\":[{\"subject\":\"Ducks\"}],\"tokens\":" + TOKENS
                + ",\"toolCalls\":[{\"id\":\"c1\",\"name\":\"shell\",\"args\":{\"command\":\"ls\"},\"status\":\""
                + status
                + "\",\"result\":[7]}]}";
    }

    private Reading document(String messages) throws IOException {
        Path file = folder.resolve("session-1.json");
        Files.writeString(file, "{" + HEADER + ",\n  \"messages\": [" + messages + "]}");
        return Transcripts.read(transcript, transcript.wholes(file).getFirst());
    }

    @Test
    void looksWhereItIsTold() {
        Path home = Path.of("/h");
        assertThat(transcript.roots(home, Map.of())).containsExactly(Path.of("/h/.gemini/tmp"));
        assertThat(transcript.roots(home, Map.of("GEMINI_CLI_HOME", "/c", "GEMINI_DATA_DIR", "/d,/e")))
                .containsExactly(Path.of("/c/.gemini/tmp"), Path.of("/d/tmp"), Path.of("/e/tmp"));
        Path chats = Path.of("/h/.gemini/tmp/x/chats");
        assertThat(List.of("session-1.json", "session-1.jsonl", "s-1/sub.jsonl"))
                .allMatch(name -> transcript.isTranscript(chats.resolve(name)));
        assertThat(List.of("../logs.json", "../chat.jsonl", "notes.json"))
                .noneMatch(name -> transcript.isTranscript(chats.resolve(name).normalize()));
        assertThat(transcript.identity(chats.resolve("s-1/sub.jsonl"), Head.EMPTY))
                .isEqualTo(new dev.hotlog.agents.transcript.Transcript.Identity("sub", "s-1", true));
    }

    @Test
    void tellsADocumentMessageByMessage() throws IOException {
        Reading reading =
                document(USER + "," + answer("error") + ",3,{\"id\":\"m3\",\"type\":\"info\",\"content\":\"x\"}");
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle session_start",
                        "message prompt",
                        "message thinking",
                        "message answer",
                        "tool_call tool_call",
                        "tool_result tool_result",
                        "lifecycle info");
        assertThat(reading.sessionId()).isEqualTo("s-1");
        assertThat(reading.bad()).hasSize(1);
        assertThat(reading.facts())
                .containsEntry("agent", "gemini-cli")
                .containsEntry("model", "g-1")
                .containsEntry("title", "Count the ducks");
        Event result = reading.event("tool_result tool_result");
        assertThat(result.tool()).contains("shell");
        assertThat(result.stopReason()).contains("error");
        assertThat(reading.event("tool_call tool_call").payload().toString())
                .isEqualTo("{\"type\":\"tool_call\",\"id\":\"c1\",\"block\":{\"id\":\"c1\",\"name\":\"shell\","
                        + "\"args\":{\"command\":\"ls\"},\"status\":\"error\",\"result\":[]}}");
        assertThat(reading.event("message thinking").payload().toString())
                .contains("\"line\":{\"id\":\"m2\"", "\"thoughts\":[]", "\"toolCalls\":[]");
    }

    @Test
    void eachTokenIsInOneField() throws IOException {
        Reading reading = document(answer("success"));
        assertThat(Transcripts.sum(reading, Measure.TOKENS_IN)).isEqualTo(42);
        assertThat(Transcripts.sum(reading, Measure.CACHE_READ_TOKENS)).isEqualTo(60);
        assertThat(Transcripts.sum(reading, Measure.TOKENS_OUT)).isEqualTo(14);
        assertThat(Transcripts.sum(reading, Measure.REASONING_TOKENS)).isEqualTo(5);
    }

    @Test
    void linesTellTheSameAsADocument() throws IOException {
        Path file = Files.writeString(
                folder.resolve("session-1.jsonl"),
                "{" + HEADER + ",\"kind\":\"main\"}\n" + USER + "\n{\"$set\":{\"summary\":\"Ducks, counted\"}}\n"
                        + answer("executing") + "\n" + answer("success") + "\n");
        Reading reading = Transcripts.read(transcript, file);
        assertThat(reading.words()).contains("lifecycle patch", "tool_result tool_result");
        assertThat(reading.facts()).containsEntry("title", "Ducks, counted");
        assertThat(reading.usage().stream().map(usage -> ((Usage.Growing) usage).message()))
                .containsExactly("s-1/m2", "s-1/m2");
    }
}
