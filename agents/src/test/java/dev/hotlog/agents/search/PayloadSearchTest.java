// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.search.Query.Form;
import dev.hotlog.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PayloadSearchTest {
    private static final int[] SIGNS =
            "abK k.\"\\/<>&'+=`{\n\t\u001bäßẞ日😀".codePoints().toArray();

    /// What is found in a payload, with what stands around it; checks that the bytes would not have hidden it.
    private static Optional<String> found(String wanted, String payload) {
        Query query = Query.smart(wanted, Form.PLAIN);
        Optional<Excerpt> excerpt = new PayloadSearch(query).first(Json.of(payload));
        String required = RequiredText.of(query);
        byte[] utf8 = payload.getBytes(StandardCharsets.UTF_8);
        if (excerpt.isPresent() && !required.isEmpty()) {
            assertThat(BytePattern.of(required, query.letters()).isIn(utf8, utf8.length))
                    .isTrue();
        }
        return excerpt.map(place -> place.before() + "<" + place.match() + ">" + place.after());
    }

    private static String answer(String json) {
        return "{\"type\":\"answer\",\"block\":{\"type\":\"text\",\"text\":\"" + json + "\"}}";
    }

    @Test
    void escapesMeanWhatTheyStandFor() {
        assertThat(found("say \"hi\"", answer("to say \\\"hi\\\" is"))).contains("to <say \"hi\"> is");
        assertThat(found("say \"hi\"", answer("to say \\u0022hi\\u0022"))).contains("to <say \"hi\">");
        assertThat(found("a\nb", answer("a\\nb"))).contains("<a\nb>");
        assertThat(found("src/main", answer("src\\/main"))).contains("<src/main>");
        assertThat(found("c:\\temp", answer("C:\\\\Temp"))).contains("<C:\\Temp>");
        assertThat(found("<b>", answer("\\u003cb\\u003E"))).contains("<<b>>");
    }

    @Test
    void lettersBeyondAsciiAreFoundHoweverTheyAreWritten() {
        assertThat(found("größe", answer("die GRÖßE"))).contains("die <GRÖßE>");
        assertThat(found("größe", answer("gr\\u00f6\\u00dfe"))).contains("<größe>");
        assertThat(found("日本", answer("\\u65e5本語"))).contains("<日本>語");
        assertThat(found("😀", answer("so \\ud83d\\ude00!"))).contains("so <😀>!");
    }

    @Test
    void whatAToolIsToldAndGivesBackIsSearched() {
        assertThat(found(
                        "rm -r", "{\"type\":\"tool_call\",\"block\":{\"input\":{\"command\":[\"bash\",\"rm -r x\"]}}}"))
                .contains("<rm -r> x");
        assertThat(
                        found(
                                "line two",
                                "{\"type\":\"tool_call\",\"block\":{\"content\":[{\"text\":\"line one\"},{\"text\":\"line two\"}]}}"))
                .contains("<line two>");
    }

    @Test
    void jsonWithinAStringIsLookedInto() {
        String call =
                "{\"type\":\"tool_call\",\"block\":{\"arguments\":\"{\\\"cmd\\\":\\\"echo \\\\\\\"hi\\\\\\\"\\\"}\"}}";
        assertThat(found("echo \"hi\"", call)).contains("<echo \"hi\">");
        assertThat(found("cmd", call)).isEmpty(); // the name of a member, as in a call that is an object
        assertThat(found("abc", "{\"type\":\"tool_call\",\"block\":{\"input\":{\"of\":\"{\\\"abc\\\":1}\"}}}"))
                .isEmpty();
        // What somebody said is a text as well.
        assertThat(found("abc", answer("{\\\"abc\\\":1}"))).contains("{\"<abc>\":1}");
        assertThat(found("{x", answer("{x"))).contains("<{x>");
    }

    @Test
    void whatNobodyReadsIsNotSearched() {
        assertThat(found("text", answer("hello"))).isEmpty();
        assertThat(
                        found(
                                "abc",
                                "{\"type\":\"tool_call\",\"block\":{\"signature\":\"abc\",\"toolUseID\":\"abc\",\"id\":\"abc\"}}"))
                .isEmpty();
        assertThat(found("abc", "{\"type\":\"tool_call\",\"block\":{\"url\":\"data:image/png;base64,abc\"}}"))
                .isEmpty();
        assertThat(found("abc", "{\"abc\":1}")).isEmpty();
    }

    @Test
    void ownProgramsMayTellThingsAsData() {
        assertThat(found("abc", "{\"data\":\"abc\"}")).isPresent();
        assertThat(found("abc", "{\"type\":\"note\",\"data\":[{\"data\":\"abc\"}]}"))
                .isPresent();
        assertThat(found("abc", "{\"data\":\"iVBORw0KGgoabc\"}")).isEmpty();
        assertThat(found("abc", "{\"type\":\"message\",\"block\":{\"data\":\"abc\"}}"))
                .isEmpty();
    }

    @Test
    void inWhatAToolIsToldAndGivesBackNoNameHidesAnything() {
        for (String name : new String[] {"data", "id", "version", "issue_id", "model"}) {
            String told = "{\"type\":\"tool_call\",\"block\":{\"id\":\"abc\",\"input\":{\"" + name + "\":\"needle\"}}}";
            assertThat(found("needle", told)).as(told).isPresent();
            assertThat(found("abc", told)).isEmpty();
            String inString =
                    "{\"type\":\"tool_call\",\"block\":{\"arguments\":\"{\\\"" + name + "\\\":\\\"needle\\\"}\"}}";
            assertThat(found("needle", inString)).as(inString).isPresent();
            String given = "{\"type\":\"tool_result\",\"block\":{\"output\":[{\"type\":\"text\",\"" + name
                    + "\":\"needle\"}]}}";
            assertThat(found("needle", given)).as(given).isPresent();
            assertThat(found("text", given)).isEmpty();
        }
        String picture = "{\"type\":\"tool_result\",\"block\":{\"output\":[{\"data\":\"iVBORw0KGgoabc\"}]}}";
        assertThat(found("abc", picture)).isEmpty();
    }

    @Test
    void theLineIsSearchedWhereThereIsNoBlock() {
        assertThat(found("abc", "{\"type\":\"title\",\"line\":{\"summary\":\"abc\"}}"))
                .contains("<abc>");
        assertThat(found("abc", "{\"type\":\"prompt\",\"block\":\"x\",\"line\":{\"title\":\"abc\"}}"))
                .isEmpty();
        assertThat(found("abc", "{\"type\":\"prompt\",\"block\":null,\"line\":{\"title\":\"abc\"}}"))
                .contains("<abc>");
        assertThat(found("abc", "{\"of\":{\"another\":\"program: abc\"}}")).contains("program: <abc>");
        assertThat(found("abc", "\"only abc\"")).contains("only <abc>");
    }

    @Test
    void aLineOrABlockOfAnotherProgramHidesNothingBesideIt() {
        assertThat(found("boom", "{\"file\":\"A.java\",\"line\":42,\"message\":\"boom\"}"))
                .isPresent();
        assertThat(found("boom", "{\"type\":\"lint\",\"line\":\"42\",\"message\":\"boom\"}"))
                .isPresent();
        assertThat(found("boom", "{\"block\":{\"x\":1},\"message\":\"boom\"}")).isPresent();
    }

    @Test
    void whatIsNoJsonIsOneText() {
        assertThat(found("abc", "x\nabc \"y")).contains("x\n<abc> \"y");
        assertThat(found("abc", "")).isEmpty();
    }

    @Test
    void aLongTextIsCutAroundThePlaceButNoCharacterInTwo() {
        String excerpt = found("needle", answer("😀".repeat(500) + "needle" + "x😀".repeat(500)))
                .orElseThrow();
        assertThat(excerpt).hasSizeLessThan(1_000).contains("😀<needle>x😀");
        assertThat(excerpt.getBytes(StandardCharsets.UTF_8))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo(excerpt);
    }

    @Test
    void whateverIsSaidIsFoundHoweverItIsWritten() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            int[] said = random.ints(1 + random.nextInt(12), 0, SIGNS.length)
                    .map(i -> SIGNS[i])
                    .toArray();
            int from = random.nextInt(said.length);
            int to = from + 1 + random.nextInt(said.length - from);
            String wanted = new String(said, from, to - from);
            String payload = answer(written(said, random));
            assertThat(found(wanted, payload))
                    .as("seed %d: %s in %s", seed, wanted, payload)
                    .isPresent();
        }
    }

    /// As one of many writers of JSON may write it.
    private static String written(int[] said, Random random) {
        StringBuilder json = new StringBuilder();
        for (int c : said) {
            boolean mustEscape = c == '"' || c == '\\' || c < ' ';
            boolean mayEscape = c > '~' || "/<>&'+=`".indexOf(c) >= 0;
            if (mustEscape || (mayEscape && random.nextBoolean())) {
                for (char unit : Character.toChars(c)) {
                    json.append(String.format("\\u%04x", (int) unit));
                }
            } else {
                json.appendCodePoint(c);
            }
        }
        return json.toString();
    }

    @Test
    void nothingIsTooDeep() {
        assertThat(found("abc", "[".repeat(100_000) + "\"abc\"" + "]".repeat(100_000)))
                .contains("<abc>");
    }
}
