// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

class JsonSliceTest {
    private static final JsonSlice OBJECT = JsonSlice.of(
            "{\"a\" : \"caf\u00e9 \\\"x\\\"\", \"b\":[1, {\"c\":2} ,\"z\"] ,\"n\":-15,\"f\":1.5,\"t\":true,\"u\":null,\"o\":{ \"p\":{\"q\":\"deep\"}}}");

    @Test
    void membersAreTheBytesOfTheSource() {
        assertThat(OBJECT.at("a").toString()).isEqualTo("\"caf\u00e9 \\\"x\\\"\"");
        assertThat(OBJECT.at("b").toString()).isEqualTo("[1, {\"c\":2} ,\"z\"]");
        assertThat(OBJECT.at("n").toString()).isEqualTo("-15");
        assertThat(OBJECT.at("u").toString()).isEqualTo("null");
        assertThat(OBJECT.at("o").toString()).isEqualTo("{ \"p\":{\"q\":\"deep\"}}");
    }

    @Test
    void aPathIsWalkedAndEndsInNothingWhereThereIsNothing() {
        assertThat(OBJECT.at("o").at("p").at("q").text()).isEqualTo("deep");
        assertThat(OBJECT.at("x").at("y").at("z").exists()).isFalse();
        assertThat(OBJECT.at("a").at("y").exists()).isFalse();
    }

    @Test
    void valuesAreDecodedWhenAskedFor() {
        assertThat(OBJECT.at("a").text()).isEqualTo("caf\u00e9 \"x\"");
        assertThat(OBJECT.at("n").number()).hasValue(-15);
        assertThat(OBJECT.at("f").number()).isEmpty();
        assertThat(OBJECT.at("t").isTrue()).isTrue();
        assertThat(OBJECT.at("b").elements(9).orElseThrow())
                .extracting(JsonSlice::toString)
                .containsExactly("1", "{\"c\":2}", "\"z\"");
        assertThat(OBJECT.at("b").elements(2)).isEmpty();
    }

    @Test
    void theBeginningOfATextIsNotCutWithinACharacter() {
        JsonSlice text =
                JsonSlice.of("{\"t\":\"ab\u00e9\\n\\u00e9\\ud83d\\ude42c\"}").at("t");
        String whole = text.text();
        for (int bytes = 0; bytes < 40; bytes++) {
            String beginning = text.beginning(bytes);
            assertThat(whole).startsWith(beginning.replaceAll("[\ud800-\udbff]$", ""));
        }
        assertThat(text.beginning(2)).isEqualTo("ab");
        assertThat(text.beginning(40)).isEqualTo(whole);
    }

    @Test
    void anObjectEndsWhereItEndsWhateverFollows() {
        byte[] two = "{\"a\":1}{\"b\":2}".getBytes(StandardCharsets.UTF_8);
        JsonSlice first = JsonSlice.objectAt(two, 0, two.length);
        JsonSlice second = JsonSlice.objectAt(two, first.end(), two.length);
        assertThat(first.toString()).isEqualTo("{\"a\":1}");
        assertThat(second.toString()).isEqualTo("{\"b\":2}");
    }

    @Test
    void whatIsNoWholeObjectIsRefused() {
        for (String bad :
                new String[] {"{\"a\":1", "{\"a\":\"x", "{\"a\":tru", "{a:1}", "{\"a\":\u0000}", "{\"a\" 1}"}) {
            assertThatThrownBy(() -> JsonSlice.of(bad)).as(bad).isInstanceOf(JacksonException.class);
        }
    }

    @Test
    void aHostileObjectIsReadInBoundedMemory() {
        StringBuilder wide = new StringBuilder("{\"m0\":0");
        for (int i = 1; i < 200_000; i++) {
            wide.append(",\"m").append(i).append("\":0");
        }
        assertThat(JsonSlice.of(wide + "}").names()).hasSize(10_000);
        String deep = "{\"a\":" + "[".repeat(1_000_000);
        assertThatThrownBy(() -> JsonSlice.of(deep)).isInstanceOf(JacksonException.class);
        assertThat(JsonSlice.of("{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}")
                        .at("a")
                        .isArray())
                .isTrue();
    }
}
