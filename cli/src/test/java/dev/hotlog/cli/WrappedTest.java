// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappedTest {
    @Test
    void wordsStayWhole() {
        assertThat(Wrapped.words("no price for /a/very/long/path of it", 12))
                .containsExactly("no price for", "/a/very/long/path", "of it");
        assertThat(Wrapped.words("日本 日本 x", 5)).containsExactly("日本", "日本", "x");
        assertThat(Wrapped.words("fits", 4)).containsExactly("fits");
        assertThat(Wrapped.words("", 4)).containsExactly("");
    }

    @Test
    void aTextBreaksAtSpacesAndElsewhereWhereThereAreNone() {
        assertThat(Wrapped.lines("one two three\nabcdefghij", 8)).containsExactly("one two", "three", "abcdefgh", "ij");
    }

    @Test
    void emojiTakeTwoColumns() {
        assertThat(TextWidth.of("⚡️ ✅ 🙂 é x")).isEqualTo(12);
    }
}
