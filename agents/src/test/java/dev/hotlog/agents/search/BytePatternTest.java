// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.search.Query.Case;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytePatternTest {
    private static boolean isIn(String word, Case letters, String text, int length) {
        return BytePattern.of(word, letters).isIn(text.getBytes(StandardCharsets.US_ASCII), length);
    }

    private static boolean isIn(String word, Case letters, String text) {
        return isIn(word, letters, text, text.length());
    }

    @Test
    void findsAWordAtEitherEnd() {
        assertThat(isIn("ab", Case.EXACT, "ab..")).isTrue();
        assertThat(isIn("ab", Case.EXACT, "..ab")).isTrue();
        assertThat(isIn("ab", Case.EXACT, "ab")).isTrue();
        assertThat(isIn("ab", Case.EXACT, "a")).isFalse();
        assertThat(isIn("ab", Case.EXACT, "")).isFalse();
    }

    @Test
    void whatLiesBehindTheEndIsNotThere() {
        assertThat(isIn("ab", Case.EXACT, "..ab", 3)).isFalse();
        assertThat(isIn("ab", Case.EXACT, "..ab", 4)).isTrue();
    }

    @Test
    void caseMattersAsItIsAsked() {
        assertThat(isIn("aB", Case.EXACT, "ab AB aB")).isTrue();
        assertThat(isIn("aB", Case.EXACT, "ab AB Ab")).isFalse();
        assertThat(isIn("ab c", Case.IGNORED, "xAb C")).isTrue();
        // '@' and '`' are as far apart as 'A' and 'a'.
        assertThat(isIn("@", Case.IGNORED, "`")).isFalse();
    }

    @Test
    void findsWhatJavaFinds() {
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            String text = letters(random, 40);
            String word = letters(random, 6) + "a";
            assertThat(isIn(word, Case.EXACT, text)).as(word + " in " + text).isEqualTo(text.contains(word));
            assertThat(isIn(word, Case.IGNORED, text))
                    .as(word + " in " + text)
                    .isEqualTo(text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT)));
        }
    }

    private static String letters(Random random, int most) {
        StringBuilder letters = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            letters.append("aAb".charAt(random.nextInt(3)));
        }
        return letters.toString();
    }
}
