// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.amp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.transcript.Payload;
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

class AmpTest {
    private static final String ASKED = "{\"role\":\"user\",\"messageId\":0,\"meta\":{\"sentAt\":1775121300000},"
            + "\"content\":[{\"type\":\"text\",\"text\":\"How many ducks?\"}]}";

    @TempDir
    Path folder;

    private final Amp transcript = new Amp();

    private Reading thread(String more, String... messages) throws IOException {
        Path file = folder.resolve("T-file.json");
        Files.writeString(
                file,
                "{\"v\":9,\"id\":\"T-1\",\"created\":1775121000000,\"title\":\"Ducks\"," + more
                        + "\"env\":{\"initial\":{\"trees\":[{\"uri\":\"file:///w/pond\"}]}},\n\"messages\":["
                        + String.join(",", messages) + "]}");
        return Transcripts.read(transcript, transcript.wholes(file).getFirst());
    }

    private static String answer(int id, String state, int output) {
        return "{\"role\":\"assistant\",\"messageId\":" + id + ",\"state\":{\"type\":\"" + state + "\"},"
                + "\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"},{\"type\":\"text\",\"text\":\"Let me look\"},"
                + "{\"type\":\"tool_use\",\"id\":\"toolu_" + id + "\",\"name\":\"Bash\",\"input\":{\"cmd\":\"ls\"}}],"
                + "\"usage\":{\"model\":\"m-1\",\"inputTokens\":3,\"outputTokens\":" + output
                + ",\"cacheReadInputTokens\":100,\"cacheCreationInputTokens\":30,"
                + "\"timestamp\":\"2026-04-02T09:15:0" + id + ".000Z\"}}";
    }

    private static String result(int id, String status) {
        return "{\"role\":\"user\",\"messageId\":" + id
                + ",\"content\":[{\"type\":\"tool_result\",\"toolUseID\":\"toolu_1\",\"run\":{\"status\":\"" + status
                + "\",\"result\":{\"output\":\"7\"}}}]}";
    }

    @Test
    void looksWhereItIsToldAndLeavesAloneWhatLiesBeside() {
        Path home = Path.of("/h");
        assertThat(transcript.roots(home, Map.of())).containsExactly(Path.of("/h/.local/share/amp/threads"));
        assertThat(transcript.roots(home, Map.of("XDG_DATA_HOME", "/x"))).containsExactly(Path.of("/x/amp/threads"));
        assertThat(transcript.roots(home, Map.of("AMP_DATA_DIR", "/a,/b/threads")))
                .containsExactly(Path.of("/a/threads"), Path.of("/b/threads"));
        assertThat(transcript.isTranscript(Path.of("/x/amp/threads/T-1.json"))).isTrue();
        assertThat(List.of("/x/amp/secrets.json", "/x/amp/T-1.json", "/x/amp/threads/index.json"))
                .noneMatch(name -> transcript.isTranscript(Path.of(name)));
    }

    @Test
    void tellsAThreadBlockByBlock() throws IOException {
        Reading reading = thread("", ASKED, answer(1, "complete", 40), result(2, "error"));
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle session_start",
                        "message prompt",
                        "message thinking",
                        "message answer",
                        "tool_call tool_call",
                        "tool_result tool_result");
        assertThat(reading.sessionId()).isEqualTo("T-1");
        assertThat(reading.facts())
                .containsEntry("agent", "amp")
                .containsEntry("workspace", "/w/pond")
                .containsEntry("model", "m-1")
                .containsEntry("title", "Ducks");
        Event result = reading.event("tool_result tool_result");
        assertThat(result.tool()).contains("Bash");
        assertThat(result.stopReason()).contains("error");
        assertThat(reading.event("message prompt").tsMillis()).isEqualTo(1_775_121_300_000L);
        assertThat(reading.events().stream().map(event -> Payload.identity(event.payload())))
                .allMatch(java.util.Optional::isPresent)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatTheLastMessageIsAtIsLeftForLater() throws IOException {
        assertThat(thread("", ASKED, answer(1, "streaming", 40)).words())
                .containsExactly("lifecycle session_start", "message prompt");
        assertThat(thread("", answer(1, "complete", 40), result(2, "in-progress"))
                        .words())
                .endsWith("tool_call tool_call");
        assertThat(thread("", answer(1, "streaming", 40), ASKED).words()).contains("message answer");
    }

    @Test
    void aMessageIsCountedByItselfOrByTheLedgerButOnce() throws IOException {
        String ledger = "\"usageLedger\":{\"events\":["
                + "{\"id\":\"e1\",\"toMessageId\":1,\"model\":\"m-1\",\"tokens\":{\"input\":133,\"output\":40}},"
                + "{\"id\":\"e2\",\"toMessageId\":5,\"model\":\"m-2\",\"timestamp\":\"2026-04-02T10:00:00.000Z\","
                + "\"tokens\":{\"input\":7,\"output\":2}},"
                + "{\"id\":\"e3\",\"model\":\"m-3\",\"tokens\":{\"output\":1}},{\"id\":\"e4\",\"credits\":1}]},";
        Reading reading = thread(ledger, answer(1, "complete", 40));
        assertThat(Transcripts.sum(reading, Measure.TOKENS_IN)).isEqualTo(3 + 7);
        assertThat(Transcripts.sum(reading, Measure.TOKENS_OUT)).isEqualTo(40 + 2 + 1);
        assertThat(Transcripts.sum(reading, Measure.CACHE_READ_TOKENS)).isEqualTo(100);
        assertThat(Transcripts.sum(reading, Measure.CACHE_CREATION_TOKENS)).isEqualTo(30);
        assertThat(reading.usage())
                .map(usage -> ((Usage.Growing) usage).message())
                .containsExactly("T-1/5", "T-1/ledger/e3", "T-1/1");
        assertThat(reading.usage().getFirst().cost().tsMillis()).isEqualTo(1_775_124_000_000L);
        assertThat(reading.usage().get(1).cost().has(Measure.TOKENS_IN)).isFalse();
    }

    @Test
    void aMessageThatTookThePlaceOfAnotherIsNotTakenForIt() throws IOException {
        String before = ASKED;
        String after = ASKED.replace("1775121300000", "1775121900000").replace("How many", "Which");
        assertThat(thread("", before).event("message prompt").payload())
                .isNotEqualTo(thread("", after).event("message prompt").payload());
        assertThat(Payload.identity(thread("", before).event("message prompt").payload()))
                .isNotEqualTo(Payload.identity(
                        thread("", after).event("message prompt").payload()));
    }

    @Test
    void aDocumentThatIsCutShortIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("T-1.json"), "{\"id\":\"T-1\",\"messages\":[");
        Reading reading = Transcripts.read(transcript, transcript.wholes(file).getFirst());
        assertThat(reading.bad()).hasSize(1);
        assertThat(reading.events()).isEmpty();
    }
}
