// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.transcript.claudecode.ClaudeCode;
import dev.hotlog.agents.transcript.codex.Codex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever happened to a file, a reader names what is wrong and reads the rest.
class DamagedTranscriptPropertyTest {
    private static final int ROUNDS = 400;
    private static final byte[] ODD = "{}[]\":,\\\n0-nt\u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    @TempDir
    Path folder;

    @Test
    void aDamagedFileIsReadToItsEnd() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (Transcript transcript : List.of(new ClaudeCode(), new Codex())) {
            List<Path> files = Transcripts.files(transcript, Corpora.samples());
            for (int round = 0; round < ROUNDS; round++) {
                Path source = files.get(random.nextInt(files.size()));
                Path damaged = folder.resolve(source.getFileName().toString());
                Files.write(damaged, damage(Files.readAllBytes(source), random));
                for (Transcript reader : List.of(transcript, new ClaudeCode(), new Codex())) {
                    Transcripts.Reading reading = Transcripts.read(reader, damaged);
                    assertThat(Transcripts.readOn(reader, damaged, reading).events())
                            .as("seed %d, round %d", seed, round)
                            .isEmpty();
                }
            }
        }
    }

    private static byte[] damage(byte[] bytes, Random random) {
        byte[] all = bytes.clone();
        for (int i = random.nextInt(20); i > 0; i--) {
            all[random.nextInt(all.length)] = ODD[random.nextInt(ODD.length)];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = random.nextInt(all.length);
        int length = Math.min(all.length - from, random.nextInt(3000));
        out.write(all, 0, from);
        if (random.nextBoolean()) {
            out.write(all, random.nextInt(all.length - length), length);
        } else {
            from += length;
        }
        out.write(all, from, all.length - from);
        return out.toByteArray();
    }
}
