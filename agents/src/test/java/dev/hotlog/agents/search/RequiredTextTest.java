// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.search.Query.Case;
import dev.hotlog.agents.search.Query.Form;
import org.junit.jupiter.api.Test;

class RequiredTextTest {
    private static String plain(String text) {
        return RequiredText.of(Query.smart(text, Form.PLAIN));
    }

    private static String regex(String text, Case letters) {
        return RequiredText.of(new Query(text, Form.REGEX, letters));
    }

    private static String regex(String text) {
        return regex(text, Case.EXACT);
    }

    @Test
    void aPlainTextNeedsItsLongestPartThatNobodyEscapes() {
        assertThat(plain("permission denied (publickey).")).isEqualTo("permission denied (publickey).");
        assertThat(plain("say \"hello\" to")).isEqualTo("hello");
        assertThat(plain("a/bc\\d")).isEqualTo("bc");
        assertThat(plain("für alle")).isEqualTo("r alle");
        assertThat(plain("\"/\n日本")).isEmpty();
    }

    @Test
    void anExpressionNeedsWhatIsNeitherOptionalNorOneOfSeveral() {
        assertThat(regex("error: .*expected")).isEqualTo("expected");
        assertThat(regex("colou?r")).isEqualTo("colo");
        assertThat(regex("abcd*")).isEqualTo("abc");
        assertThat(regex("abcd{0,3}e")).isEqualTo("abc");
        assertThat(regex("abcd+e")).isEqualTo("abcd");
        assertThat(regex("^x$")).isEqualTo("x");
        assertThat(regex("\\bword\\b")).isEqualTo("word");
        assertThat(regex("\\d\\.json")).isEqualTo("json");
    }

    @Test
    void ofWhatItDoesNotLookIntoNothingIsKnown() {
        assertThat(regex("long|x")).isEmpty();
        assertThat(regex("(long)?")).isEmpty();
        assertThat(regex("[long]")).isEmpty();
        assertThat(regex("\\x41long")).isEmpty();
        assertThat(regex("\\Qlong\\E")).isEmpty();
        assertThat(regex("\\p{Alpha}")).isEmpty();
    }

    @Test
    void lettersThatHaveAThirdFormAreNotCountedOn() {
        assertThat(regex("disk full", Case.IGNORED)).isEqualTo(" full");
        assertThat(regex("disk full", Case.EXACT)).isEqualTo("disk full");
    }
}
