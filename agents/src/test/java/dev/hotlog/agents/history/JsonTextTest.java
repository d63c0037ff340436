// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class JsonTextTest {
    private static final JsonFactory JACKSON = new JsonFactory();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static JsonText json(String text) {
        return JsonText.of(utf8(text)).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "0",
                "-0",
                "-12.5e+3",
                "1E9",
                "true",
                "false",
                "null",
                " \r\n\t[1 , 2 ]\n",
                "{\"a\":{\"b\":[[],{}]},\"a\":1}",
                "\"\\u00e9\\uD83D\\uDE00\\\"\\\\/\\b\\f\\n\\r\\t\"",
                "\"\uD83D\uDE00é\u007f\""
            })
    void takesWhatIsJson(String text) {
        assertThat(JsonText.of(utf8(text))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "+1",
                "tru",
                "truee",
                "nul",
                "\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"a\nb\"",
                "1 2",
                "{} {}",
                "]",
                "}",
                "[}",
                "{]",
                "'a'",
                "NaN",
                "// x\n1"
            })
    void refusesWhatIsNot(String text) {
        assertThat(JsonText.of(utf8(text))).isEmpty();
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        for (int[] bad : new int[][] {
            {0x80},
            {0xC0, 0x80},
            {0xC1, 0xBF},
            {0xE0, 0x80, 0x80},
            {0xED, 0xA0, 0x80},
            {0xF0, 0x80, 0x80, 0x80},
            {0xF4, 0x90, 0x80, 0x80},
            {0xF5, 0x80, 0x80, 0x80},
            {0xFF},
            {0xC3},
            {0xE2, 0x82}
        }) {
            byte[] text = new byte[bad.length + 2];
            text[0] = '"';
            for (int i = 0; i < bad.length; i++) {
                text[i + 1] = (byte) bad[i];
            }
            text[bad.length + 1] = '"';
            assertThat(JsonText.of(text)).as(Arrays.toString(bad)).isEmpty();
        }
    }

    @Test
    void tellsWhereATextStopsBeingJson() {
        byte[] text = utf8("xx{\"a\":1,oops}");

        assertThatThrownBy(() -> JsonText.parse(text, 2, text.length))
                .isInstanceOfSatisfying(
                        JsonText.NotJson.class, e -> assertThat(e.atByte()).isEqualTo(7));
    }

    @Test
    void nestingHasNoLimit() {
        int depth = 1_000_000;
        assertThat(JsonText.of(utf8("[".repeat(depth) + "]".repeat(depth)))).isPresent();
        assertThat(JsonText.of(utf8("[".repeat(depth)))).isEmpty();
    }

    @Test
    void agreesWithJacksonOnMangledTexts() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] sample =
                utf8("{\"id\":-12.5e3,\"text\":\"a\\u00e9\\n\u00e9\",\"list\":[true,false,null,{}],\"o\":{\"k\":[]}}");
        int taken = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] text = sample.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                text[random.nextInt(text.length)] =
                        (byte) " \t\"\\{}[]:,0123456789-+.eEtrufalsn".charAt(random.nextInt(33));
            }
            boolean ours = JsonText.of(text).isPresent();
            assertThat(ours)
                    .as("seed %d, text %s", seed, new String(text, StandardCharsets.UTF_8))
                    .isEqualTo(jacksonTakes(text));
            taken += ours ? 1 : 0;
        }
        assertThat(taken).as("texts that were JSON").isPositive();
    }

    private static boolean jacksonTakes(byte[] text) {
        try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            int values = 0;
            do {
                if (parser.streamReadContext().inRoot()
                        && !parser.currentToken().isStructStart()) {
                    values++;
                }
                if (parser.currentToken().isScalarValue()) {
                    parser.getString();
                }
            } while (parser.nextToken() != null);
            return values == 1;
        } catch (JacksonException _) {
            return false;
        }
    }

    @Test
    void stepsOverMembersAndElements() {
        JsonText object = json("{ \"a\" : [ 1 , \"two\" , {} ] , \"b\\u0041\" : null }");

        List<String> names = new ArrayList<>();
        object.members().forEach(member -> names.add(member.name() + "=" + member.value()));
        assertThat(names).containsExactly("a=[ 1 , \"two\" , {} ]", "bA=null");

        List<String> elements = new ArrayList<>();
        object.member("a").orElseThrow().elements().forEach(element -> elements.add(element.source()));
        assertThat(elements).containsExactly("1", "\"two\"", "{}");

        assertThat(object.member("none")).isEmpty();
        assertThat(json("[]").elements()).isEmpty();
        assertThat(json("{}").members()).isEmpty();
        assertThat(json("7").members()).isEmpty();
    }

    @Test
    void unescapesStrings() {
        assertThat(json("\"a\\n\\t\\\"\\\\\\/\\u00e9\\uD83D\\uDE00é\uD83D\uDE00\"")
                        .string())
                .isEqualTo("a\n\t\"\\/é\uD83D\uDE00é\uD83D\uDE00");
        assertThat(json("\"x\\uD83Dy\\uDE00\"").string()).isEqualTo("x\uFFFDy\uFFFD");
        assertThat(json("\"\\uD83D\\uD83D\\uDE00\"").string()).isEqualTo("\uFFFD\uD83D\uDE00");
    }

    @Test
    void cutsLongStringsBetweenCharacters() {
        JsonText text = json("\"" + "é\\n\uD83D\uDE00".repeat(1000) + "\"");
        for (int max = 1; max < 40; max++) {
            String cut = text.string(max);
            assertThat(cut.length()).isBetween(max, max + 1);
            assertThat(text.string()).startsWith(cut);
            assertThat(Character.isHighSurrogate(cut.charAt(cut.length() - 1))).isFalse();
        }
    }

    @Test
    void aStringIsTheSameWhereverInItsWordsOfEightAnythingStands() {
        for (int before = 0; before < 20; before++) {
            for (int after = 0; after < 20; after++) {
                for (String said : List.of(" ", "!", "#", "[", "]", "~", "\u007f", "é", "日", "😀")) {
                    String text = "a".repeat(before) + said + "z".repeat(after);
                    assertThat(JsonText.of(utf8("\"" + text + "\""))
                                    .orElseThrow()
                                    .string())
                            .isEqualTo(text);
                }
                String head = "\"" + "a".repeat(before);
                String tail = "z".repeat(after) + "\"";
                assertThat(JsonText.of(utf8(head + "\\n" + tail)).orElseThrow().string())
                        .isEqualTo("a".repeat(before) + "\n" + "z".repeat(after));
                assertThat(JsonText.of(utf8(head + "\n" + tail))).isEmpty();
                assertThat(JsonText.of(utf8(head + "\u001f" + tail))).isEmpty();
                assertThat(JsonText.of(utf8(head + "\"" + tail))).isEmpty();
                assertThat(JsonText.of(utf8(head))).isEmpty();
            }
        }
    }

    @Test
    void givesEveryStringWithTheNameOfWhatItIsTheValueOf() {
        assertThat(strings(
                        "{\"a\":\"1\",\"b\":{\"c\" : \"2\",\"d\":[\"3\",{\"e\":null},\"4\"]},\"f\":5,\"g\":\"\\\":\"}"))
                .containsExactly("a=1", "c=2", "=3", "=4", "g=\":");
        assertThat(strings("[true,\"x\"]")).containsExactly("=x");
        assertThat(strings("\"x\"")).containsExactly("=x");
        assertThat(strings("{}")).isEmpty();
    }

    @Test
    void stringsKnowTheOutermostMemberThatTheyAreIn() {
        assertThat(strings("{\"a\":\"1\",\"in\":{\"b\":[\"2\",{\"out\":\"3\"},{}],\"c\":\"4\"},\"d\":\"5\"}"))
                .containsExactly("a=1", "in:=2", "in:out=3", "in:c=4", "d=5");
        assertThat(strings("[{\"in\":\"1\",\"a\":\"2\"},{\"out\":[\"3\"]},\"4\"]"))
                .containsExactly("in:in=1", "a=2", "out:=3", "=4");
        assertThat(strings("{\"in\":7,\"a\":{\"b\":\"1\"}}")).containsExactly("b=1");
    }

    private static List<String> strings(String json) {
        List<String> strings = new ArrayList<>();
        JsonText.of(json.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .strings(Set.of("in", "out"))
                .forEach(found -> strings.add((found.place().isEmpty() ? "" : found.place() + ":") + found.name() + "="
                        + found.value().string()));
        return strings;
    }
}
