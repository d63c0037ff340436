// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonEndsTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aTextEndsAtItsQuoteWhereverThatLies() {
        for (int length = 0; length < 40; length++) {
            for (String inside : new String[] {"", "\\\"", "\\\\", "é", "\\\\\\\"", "\u00a2"}) {
                byte[] text = utf8("\"" + "x".repeat(length) + inside + "yz\"");
                byte[] more = utf8("\"" + "x".repeat(length) + inside + "yz\",\"more\"");
                assertThat(JsonEnds.ofText(more, 0, more.length)).isEqualTo(text.length);
                assertThat(JsonEnds.ofText(text, 0, text.length)).isEqualTo(text.length);
                assertThat(JsonEnds.ofText(text, 0, text.length - 1)).isEqualTo(text.length - 1);
            }
        }
    }

    @Test
    void eachKindOfValueEndsWhereTheNextCouldBegin() {
        for (String value : new String[] {
            "{}", "[]", "0", "-1.5e3", "true", "null", "\"\"", "{\"a\":[1,{\"b\":\"]}\"}],\"c\":\"\\\"}\"}", "[[],[{}]]"
        }) {
            for (String behind : new String[] {"", ",1", "]", "}", " ", "\n"}) {
                byte[] json = utf8(value + behind);
                assertThat(JsonEnds.ofValue(json, 0, json.length)).as(value).isEqualTo(value.length());
            }
        }
    }

    @Test
    void whateverTheBytesAreNoneBehindTheEndIsLookedAt() {
        Random random = new Random(1);
        byte[] signs = utf8("{}[]\":,\\ax1 \n");
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(30)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = signs[random.nextInt(signs.length)];
            }
            int from = random.nextInt(bytes.length + 1);
            int end = from + random.nextInt(bytes.length - from + 1);
            assertThat(JsonEnds.ofValue(bytes, from, end)).isBetween(from, end);
            assertThat(JsonEnds.ofGap(bytes, from, end)).isBetween(from, end);
        }
    }
}
