// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.transcript.claudecode.ClaudeCode;
import dev.hotlog.event.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rules of reading lines, which are the same for every agent.
class ScanTest {
    @TempDir
    Path folder;

    private final Transcript transcript = new ClaudeCode();

    private static String line(int n) {
        return "{\"type\":\"mode\",\"mode\":\"m" + n + "\",\"sessionId\":\"s\"}";
    }

    private Path file(String text) throws IOException {
        Path file = folder.resolve("00000000-0000-4000-8000-000000000001.jsonl");
        return Files.writeString(file, text);
    }

    private Transcripts.Reading read(String text) throws IOException {
        return Transcripts.read(transcript, file(text));
    }

    @Test
    void everyObjectIsAnEventWithItsBytes() throws IOException {
        Transcripts.Reading reading = read(line(1) + "\n" + line(2) + "\n");
        assertThat(reading.events()).extracting(Event::seq).containsExactly(0L, 1L);
        assertThat(reading.events().getFirst().payload().toString())
                .isEqualTo("{\"type\":\"mode\",\"line\":" + line(1) + "}");
        assertThat(reading.mark()).isEqualTo(new Mark(line(1).length() * 2 + 2, 3, 2));
    }

    @Test
    void objectsGluedOnALineAreTakenOneByOne() throws IOException {
        Transcripts.Reading reading = read(line(1) + line(2) + "  " + line(3) + "\n" + line(4) + "\n");
        assertThat(reading.events()).hasSize(4);
        assertThat(reading.bad()).isEmpty();
    }

    @Test
    void aLineThatIsNoJsonIsNamedAndTheRestIsRead() throws IOException {
        Transcripts.Reading reading = read(line(1) + "\nversion https://git-lfs.github.com/spec/v1\n\n[1]\n" + line(2)
                + "{\"torn\":\n" + line(3) + "\n");
        assertThat(reading.events()).hasSize(3);
        assertThat(reading.bad()).extracting(Scan.Step.Bad::line).containsExactly(2L, 4L, 5L);
        assertThat(reading.bad().getFirst().reason()).startsWith("not a JSON object");
    }

    @Test
    void blankLinesAreNothing() throws IOException {
        Transcripts.Reading reading = read("\n \r\n" + line(1) + "\r\n\n\t\n");
        assertThat(reading.events()).hasSize(1);
        assertThat(reading.bad()).isEmpty();
        assertThat(reading.rest()).isZero();
    }

    @Test
    void aTornLastLineWaitsForItsRest() throws IOException {
        String text = line(1) + "\n" + line(2);
        for (int cut = line(1).length() + 2; cut < text.length(); cut++) {
            Transcripts.Reading torn = read(text.substring(0, cut));
            assertThat(torn.events()).as("cut at %d", cut).hasSize(1);
            assertThat(torn.bad()).isEmpty();
            assertThat(torn.mark().position()).isEqualTo(line(1).length() + 1);
            Transcripts.Reading whole = Transcripts.readOn(transcript, file(text), torn);
            assertThat(whole.events()).extracting(Event::seq).containsExactly(1L);
        }
    }

    @Test
    void aLastLineWithoutNewlineIsTakenOnceEvenWhenItsNewlineComesLater() throws IOException {
        Transcripts.Reading first = read(line(1) + "\n" + line(2));
        assertThat(first.events()).hasSize(2);
        assertThat(first.rest()).isZero();
        Transcripts.Reading second =
                Transcripts.readOn(transcript, file(line(1) + "\n" + line(2) + "\n" + line(3) + "\nbad\n"), first);
        assertThat(second.events()).extracting(Event::seq).containsExactly(2L);
        assertThat(second.bad()).extracting(Scan.Step.Bad::line).containsExactly(4L);
    }

    @Test
    void aTornEndAfterAWholeObjectOnTheSameLineWaitsAlone() throws IOException {
        Transcripts.Reading torn = read(line(1) + line(2).substring(0, 10));
        assertThat(torn.events()).hasSize(1);
        assertThat(torn.rest()).isEqualTo(10);
    }

    @Test
    void linesOfAnyLengthUpToTheLimitAreKeptWhole() throws IOException {
        for (int length : new int[] {100, 65_500, 65_536, 65_537, 131_072, 200_000, 3_000_000}) {
            String filler = "x".repeat(length);
            String big = "{\"type\":\"mode\",\"mode\":\"" + filler + "\",\"sessionId\":\"s\"}";
            Transcripts.Reading reading = read(line(1) + "\n" + big + "\n" + line(2) + "\n" + big + "\n" + line(3));
            assertThat(reading.events()).as("length %d", length).hasSize(5);
            assertThat(Transcripts.payload(reading.events().get(1)).at("line").toString())
                    .isEqualTo(big);
            assertThat(Transcripts.payload(reading.events().get(4)).at("line").toString())
                    .isEqualTo(line(3));
        }
    }

    @Test
    void aLineThatIsTooLongIsSkippedAndNamed() throws IOException {
        Path file = file(line(1) + "\n{\"type\":\"");
        byte[] filler = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 33; i++) {
            Files.write(file, filler, StandardOpenOption.APPEND);
        }
        Transcripts.Reading unfinished = Transcripts.read(transcript, file);
        assertThat(unfinished.events()).hasSize(1);
        assertThat(unfinished.bad()).isEmpty();
        Files.writeString(file, "\"}\n" + line(2) + "\n", StandardOpenOption.APPEND);
        Transcripts.Reading reading = Transcripts.readOn(transcript, file, unfinished);
        assertThat(reading.bad()).singleElement().satisfies(bad -> {
            assertThat(bad.line()).isEqualTo(2);
            assertThat(bad.reason()).contains("34603019 bytes");
        });
        assertThat(reading.events()).extracting(Event::seq).containsExactly(1L);
    }

    @Test
    void readingPieceByPieceGivesWhatReadingAtOnceGives() throws IOException {
        Path source = Transcripts.files(transcript, Corpora.samples()).stream()
                .filter(file -> file.getFileName().toString().startsWith("3f6b1c52"))
                .findFirst()
                .orElseThrow();
        byte[] all = Files.readAllBytes(source);
        Transcripts.Reading whole = Transcripts.read(transcript, source);
        Path file = folder.resolve(source.getFileName().toString());
        for (int step : new int[] {97, 1000, 4096}) {
            Files.write(file, Arrays.copyOf(all, step));
            Transcripts.Reading reading = Transcripts.read(transcript, file);
            List<Event> events = new ArrayList<>(reading.events());
            for (int length = step; length < all.length; length += step) {
                Files.write(file, Arrays.copyOf(all, Math.min(all.length, length + step)));
                reading = Transcripts.readOn(transcript, file, reading);
                events.addAll(reading.events());
            }
            assertThat(events).isEqualTo(whole.events());
            assertThat(reading.state()).isEqualTo(whole.state());
        }
    }
}
