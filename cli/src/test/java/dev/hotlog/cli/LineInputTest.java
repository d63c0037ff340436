// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineInputTest {
    private static List<String> lines(InputStream in, int maxLineBytes) throws IOException {
        LineInput lines = new LineInput(in, maxLineBytes);
        List<String> found = new ArrayList<>();
        while (lines.next()) {
            String text = new String(lines.bytes(), lines.start(), lines.end() - lines.start(), StandardCharsets.UTF_8);
            found.add(lines.number() + (lines.isTooLong() ? "!" : ":" + text));
        }
        return found;
    }

    private static List<String> lines(String text) throws IOException {
        return lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), 10);
    }

    @Test
    void everyLineIsHandedOutWithItsNumber() throws IOException {
        assertThat(lines("")).isEmpty();
        assertThat(lines("a")).containsExactly("1:a");
        assertThat(lines("a\n")).containsExactly("1:a");
        assertThat(lines("a\n\nb\n")).containsExactly("1:a", "2:", "3:b");
        assertThat(lines("1234567890\n12345678901\nx")).containsExactly("1:1234567890", "2!", "3:x");
        assertThat(lines("12345678901")).containsExactly("1!");
    }

    @Test
    void howTheBytesComeInMakesNoDifference() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            StringBuilder text = new StringBuilder();
            List<String> expected = new ArrayList<>();
            for (int i = 1; i <= 30; i++) {
                int length = random.nextInt(4) == 0 ? random.nextInt(300_000) : random.nextInt(50);
                String line = "x".repeat(length);
                text.append(line).append('\n');
                expected.add(i + (length > 200_000 ? "!" : ":" + line));
            }
            InputStream dripping = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)) {
                @Override
                public synchronized int read(byte[] bytes, int start, int length) {
                    return super.read(bytes, start, Math.min(length, 1 + random.nextInt(100_000)));
                }
            };
            assertThat(lines(dripping, 200_000))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(expected);
        }
    }
}
