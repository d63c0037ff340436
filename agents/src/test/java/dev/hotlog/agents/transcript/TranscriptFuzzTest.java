// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.ingest.Agents;
import dev.hotlog.event.Event;
import dev.hotlog.fuzz.Fuzzing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever lies where an agent's transcript should is read to its end, and once.
public class TranscriptFuzzTest {
    private static final List<Transcript> READERS = Agents.all();
    /// What the agents say that are not in the samples; no more than the shape of it.
    private static final Path OTHERS = Path.of("src", "test", "resources", "transcripts");

    private static final List<Path> FILES = files();
    private static final int SEED_BYTES = 3_000;

    private static final Fuzzing FUZZING = Fuzzing.of(TranscriptFuzzTest.class, TranscriptFuzzTest::take)
            .seeds(seeds())
            .words(
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    ":",
                    ",",
                    "null",
                    "true",
                    "-1",
                    "1e400",
                    "99999999999999999999",
                    "\n",
                    "\\ud800",
                    "\"type\":",
                    "\"timestamp\":",
                    "\"usage\":",
                    "\"payload\":",
                    "\"message\":",
                    "\"content\":",
                    "\"id\":",
                    "\"uuid\":",
                    "\"sessionId\":",
                    "\"2026-03-05T20:08:12.000Z\"",
                    "{}",
                    "[]",
                    "\"\"",
                    "{\"a\":".repeat(50))
            .mostBytes(6_000)
            .allocation(12 << 20, 400);

    /// Under the names that the agents give them; in a folder of this run's own.
    private static List<Path> files() {
        try {
            Path folder = Files.createTempDirectory("hotlog-fuzz");
            List<Path> files = new ArrayList<>();
            files.add(folder.resolve("3f6b1c52-7d0e-4a8b-9c41-52e0d7a91b64.jsonl"));
            files.add(folder.resolve("rollout-2026-03-05T20-08-12-019cbf21-6a7e-7c03-9d52-b8e41f60a7d3.jsonl"));
            READERS.stream()
                    .skip(files.size())
                    .map(reader -> folder.resolve(reader.agent() + ".jsonl"))
                    .forEach(files::add);
            folder.toFile().deleteOnExit();
            files.forEach(file -> file.toFile().deleteOnExit());
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stretches of the project's own samples, with a byte before that says which reader is meant.
    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        try {
            for (int reader = 0; reader < READERS.size(); reader++) {
                List<Path> samples = Transcripts.files(READERS.get(reader), Corpora.samples());
                Path other = OTHERS.resolve(READERS.get(reader).agent() + ".jsonl");
                if (Files.exists(other)) {
                    samples.add(other);
                }
                for (Path sample : samples) {
                    byte[] all = Files.readAllBytes(sample);
                    for (int from = 0; from < Math.min(all.length, 10 * SEED_BYTES); from += SEED_BYTES) {
                        byte[] seed = new byte[1 + Math.min(SEED_BYTES, all.length - from)];
                        seed[0] = (byte) reader;
                        System.arraycopy(all, from, seed, 1, seed.length - 1);
                        seeds.add(seed);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seeds;
    }

    @Test
    void anyFileIsReadToItsEndAndOnce() throws Exception {
        FUZZING.run(4_000);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FUZZING.check(input);
    }

    private static void take(byte[] input) throws IOException {
        int which = input.length == 0 ? 0 : (input[0] & 0xFF) % READERS.size();
        Transcript transcript = READERS.get(which);
        byte[] bytes = Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
        Path file = Files.write(FILES.get(which), bytes);
        Transcripts.Reading reading = Transcripts.read(transcript, file);
        assertThat(reading.events().size()).isLessThanOrEqualTo(4 * bytes.length);
        assertThat(reading.mark().position()).isBetween(0L, (long) bytes.length);
        long last = -1;
        for (Event event : reading.events()) {
            assertThat(event.seq()).isGreaterThan(last);
            last = event.seq();
        }
        Transcripts.Reading rest = Transcripts.readOn(transcript, file, reading);
        assertThat(rest.events()).isEmpty();
        assertThat(rest.bad()).isEmpty();
    }
}
