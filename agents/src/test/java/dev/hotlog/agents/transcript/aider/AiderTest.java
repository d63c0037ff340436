// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.aider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.transcript.NotATranscript;
import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Transcripts.Reading;
import dev.hotlog.agents.transcript.Whole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AiderTest {
    private static final String FIRST = """

            # aider chat started at 2026-04-02 11:15:00

            > Aider v0.86.1 \s
            > Main model: m-1 with diff edit format \s
            > \s

            #### /add pond.md \s
            #### How many ducks?  \s
            #### And geese?

            Let me look.

            Seven ducks.

            > Tokens: 4.5k sent, 1.2k received. Cost: $0.02 message, $0.10 session. \s
            > ^C KeyboardInterrupt \s
            """;
    private static final String SECOND = "# aider chat started at 2026-04-02 12:00:00\n\n#### /ask Who feeds them?\n";

    @TempDir
    Path folder;

    private final Aider transcript = new Aider(ZoneId.of("Europe/Berlin"));

    private Path history(String text) throws IOException {
        return Files.writeString(folder.resolve(".aider.chat.history.md"), text);
    }

    private Reading read(Whole chat) throws IOException {
        return Transcripts.read(transcript, chat);
    }

    @Test
    void looksWhereItIsToldAndAmongTheUsersFolders() throws IOException {
        Path named = Files.writeString(folder.resolve("chats.md"), SECOND);
        assertThat(transcript.scattered(
                        folder, Map.of("AIDER_CHAT_HISTORY_FILE", named + "," + folder.resolve("none"))))
                .containsExactly(named);
        history(SECOND);
        for (String repository :
                List.of("pond", "src/barn", "src/far/mill", "src/far/off/well", ".cache/x", "node_modules/y")) {
            Path file = folder.resolve(repository).resolve(".aider.chat.history.md");
            Files.createDirectories(file.getParent());
            Files.writeString(file, SECOND);
        }
        assertThat(transcript.scattered(folder, Map.of()).stream()
                        .map(file -> folder.relativize(file.getParent()).toString()))
                .containsExactly("", "pond", "src/barn", "src/far/mill");
    }

    @Test
    void tellsEachChatPartByPart() throws IOException {
        List<Whole> chats = transcript.wholes(history(FIRST + SECOND));
        assertThat(chats).hasSize(2);
        Reading reading = read(chats.getFirst());
        assertThat(reading.words())
                .containsExactly(
                        "lifecycle session_start",
                        "lifecycle info",
                        "lifecycle info",
                        "message prompt",
                        "message answer",
                        "lifecycle tokens",
                        "lifecycle interruption");
        assertThat(reading.event("message answer").payload().toString())
                .isEqualTo("{\"type\":\"answer\",\"block\":\"Let me look.\\n\\nSeven ducks.\"}");
        assertThat(reading.event("message prompt").payload().toString())
                .isEqualTo("{\"type\":\"prompt\",\"block\":\"/add pond.md\\nHow many ducks?\\nAnd geese?\"}");
        assertThat(reading.facts())
                .containsEntry("agent", "aider")
                .containsEntry("version", "0.86.1")
                .containsEntry("model", "m-1")
                .containsEntry("workspace", folder.toAbsolutePath().toString());
        assertThat(reading.event("message answer").model()).contains("m-1");
        Reading second = read(chats.getLast());
        assertThat(second.facts()).containsEntry("title", "Who feeds them?");
        assertThat(second.sessionId()).startsWith("20260402T120000-").isNotEqualTo(reading.sessionId());
    }

    @Test
    void roundedTokensAreNotCountedAndLocalTimesAreEstimates() throws IOException {
        Reading reading = read(transcript.wholes(history(FIRST)).getFirst());
        assertThat(reading.usage()).isEmpty();
        assertThat(reading.events()).allSatisfy(event -> {
            assertThat(event.tsExact()).isFalse();
            assertThat(event.tsMillis()).isEqualTo(1_775_121_300_000L);
        });
    }

    @Test
    void aChatKeepsItsIdWhereverTheFileGoesAndHoweverItGrows() throws IOException {
        String id = read(transcript.wholes(history(FIRST)).getFirst()).sessionId();
        Path elsewhere = Files.writeString(folder.resolve("copy.md"), FIRST + SECOND);
        assertThat(read(transcript.wholes(elsewhere).getFirst()).sessionId()).isEqualTo(id);
        List<Whole> twins = transcript.wholes(history(SECOND + SECOND));
        assertThat(read(twins.getLast()).sessionId())
                .isEqualTo(read(twins.getFirst()).sessionId() + "-1");
    }

    @Test
    void aLineInTheWritingIsLeftForLaterAndCarriageReturnsAreNoText() throws IOException {
        Reading cut = read(transcript.wholes(history(SECOND + "> Aider v0.8")).getFirst());
        assertThat(cut.words()).containsExactly("lifecycle session_start", "message prompt");
        Reading windows = read(transcript
                .wholes(history((SECOND + "\nRobin.\n").replace("\n", "\r\n")))
                .getFirst());
        assertThat(windows.event("message answer").payload().toString()).contains("\"block\":\"Robin.\"");
    }

    @Test
    void theVersionOfAChatChangesWithItAlone() throws IOException {
        Whole.Version before =
                transcript.wholes(history(FIRST + SECOND)).getFirst().version();
        List<Whole> grown = transcript.wholes(history(FIRST + SECOND + "\nRobin.\n"));
        assertThat(grown.getFirst().version()).isEqualTo(before);
        assertThat(grown.getLast().version().sizeBytes()).isEqualTo(SECOND.length() + "\nRobin.\n".length());
    }

    @Test
    void bytesThatAreNoTextAreReadPast() throws IOException {
        Path file = history(SECOND);
        byte[] garbage = {'\n', (byte) 0xFF, 0, (byte) 0xC3, '\n', '>', ' ', (byte) 0x80, '\n'};
        Files.write(file, garbage, StandardOpenOption.APPEND);
        Files.writeString(file, SECOND.replace("12:00", "13:00"), StandardOpenOption.APPEND);
        List<Whole> chats = transcript.wholes(file);
        assertThat(chats).hasSize(2);
        assertThat(read(chats.getFirst()).words())
                .containsExactly("lifecycle session_start", "message prompt", "message answer", "lifecycle info");
        assertThat(read(chats.getLast()).words()).containsExactly("lifecycle session_start", "message prompt");
    }

    @Test
    void aFileWithoutAChatIsNone() throws IOException {
        assertThat(transcript.wholes(history(""))).isEmpty();
        Path notes = history("# Ducks\n\n> seven\n");
        assertThatThrownBy(() -> transcript.wholes(notes))
                .isInstanceOf(NotATranscript.class)
                .hasMessage("no chat begins in it");
    }

    @Test
    void aRealHistoryIsReadChatByChat() throws IOException {
        Path file = Corpora.shared("corpora/open/home/src/zen-mcp-server/.aider.chat.history.md");
        List<Whole> chats = transcript.wholes(file);
        assertThat(chats).hasSize(4);
        long events = 0;
        for (Whole chat : chats) {
            Reading reading = read(chat);
            assertThat(reading.bad()).isEmpty();
            assertThat(reading.usage()).isEmpty();
            events += reading.events().size();
        }
        assertThat(events).isGreaterThan(50);
        assertThat(read(chats.getLast()).facts()).containsEntry("model", "gemini/gemini-2.5-pro-preview-06-05");
    }
}
