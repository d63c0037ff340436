// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ModelPatternTest {
    private static boolean matches(String pattern, String name) {
        return ModelPattern.of(pattern).matches(name);
    }

    @Test
    void aNameStandsForItselfInAnyCase() {
        assertThat(ModelPattern.of("GPT-5").isName()).isTrue();
        assertThat(matches("GPT-5", "gpt-5")).isTrue();
        assertThat(matches("gpt-5", "gpt-5.1")).isFalse();
        assertThat(matches("gpt-5", "my-gpt-5")).isFalse();
        assertThat(matches("gpt-5", "gpt")).isFalse();
    }

    @Test
    void aStarStandsForAnyTextAtItsEnd() {
        assertThat(matches("claude-opus-4-5*", "claude-opus-4-5-20251101")).isTrue();
        assertThat(matches("claude-opus-4-5*", "claude-opus-4-5")).isTrue();
        assertThat(matches("claude-opus-4-5*", "us.claude-opus-4-5")).isFalse();
        assertThat(matches("*claude-opus-5", "us.claude-opus-5")).isTrue();
        assertThat(matches("*claude-opus-5", "us.claude-opus-5-5")).isFalse();
        assertThat(matches("*claude-opus-5@*", "eu.claude-opus-5@20260101")).isTrue();
        assertThat(matches("*claude-opus-5@*", "claude-opus-5")).isFalse();
        assertThat(ModelPattern.of("*x").isName()).isFalse();
        assertThat(ModelPattern.of("x*").isName()).isFalse();
    }

    @Test
    void aHashStandsForOneDigit() {
        assertThat(matches("gpt-6-sol-####-##-##", "gpt-6-sol-2026-05-01")).isTrue();
        assertThat(matches("gpt-6-sol-####-##-##", "gpt-6-sol-2026-may-1")).isFalse();
        assertThat(matches("gemini-3.5-flash-#*", "gemini-3.5-flash-001")).isTrue();
        assertThat(matches("gemini-3.5-flash-#*", "gemini-3.5-flash-lite")).isFalse();
        assertThat(ModelPattern.of("a#").isName()).isFalse();
    }

    @Test
    void whatSaysNothingIsRefused() {
        for (String pattern : new String[] {"", "*", "**", "a*b", "a**"}) {
            assertThatThrownBy(() -> ModelPattern.of(pattern)).as(pattern).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
