// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.agents.search.Query.Case;
import dev.hotlog.agents.search.Query.Form;
import dev.hotlog.agents.search.TextPattern.Place;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

/// What a query means for a text.
class QueryTest {
    private static Optional<String> found(Query query, String text) {
        return TextPattern.of(query).find(text).map(place -> text.substring(place.start(), place.end()));
    }

    private static Optional<String> ignoringCase(String wanted, String text) {
        return found(new Query(wanted, Form.PLAIN, Case.IGNORED), text);
    }

    @Test
    void aCapitalMakesCaseMatter() {
        assertThat(Query.smart("error", Form.PLAIN).letters()).isEqualTo(Case.IGNORED);
        assertThat(Query.smart("Error", Form.PLAIN).letters()).isEqualTo(Case.EXACT);
        assertThat(Query.smart("größe", Form.PLAIN).letters()).isEqualTo(Case.IGNORED);
        assertThat(Query.smart("Ökonom", Form.PLAIN).letters()).isEqualTo(Case.EXACT);
        assertThat(Query.smart("\\W+x", Form.REGEX).letters()).isEqualTo(Case.IGNORED);
        assertThat(Query.smart("\\W+X", Form.REGEX).letters()).isEqualTo(Case.EXACT);
        assertThat(Query.smart("\\W", Form.PLAIN).letters()).isEqualTo(Case.EXACT);
    }

    @Test
    void nothingIsNoQuery() {
        assertThatThrownBy(() -> Query.smart("", Form.PLAIN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Query.smart("(", Form.REGEX)).isInstanceOf(PatternSyntaxException.class);
        assertThat(found(Query.smart("(", Form.PLAIN), "f(x)")).contains("(");
    }

    @Test
    void thePlaceIsTheFirst() {
        assertThat(TextPattern.of(Query.smart("ab", Form.PLAIN)).find("aab AB")).contains(new Place(1, 3));
        assertThat(TextPattern.of(Query.smart("AB", Form.PLAIN)).find("aab AB")).contains(new Place(4, 6));
        assertThat(TextPattern.of(Query.smart("b$", Form.REGEX)).find("abc\nab\n"))
                .contains(new Place(5, 6));
        assertThat(TextPattern.of(Query.smart("abc", Form.PLAIN)).find("ab")).isEmpty();
    }

    @Test
    void lettersBeyondAsciiHaveCaseTooButEachForItself() {
        assertThat(ignoringCase("äöü", "xÄÖÜ")).contains("ÄÖÜ");
        assertThat(ignoringCase("привет", "ПРИВЕТ")).contains("ПРИВЕТ");
        assertThat(ignoringCase("straße", "STRAẞE")).contains("STRAẞE");
        assertThat(ignoringCase("straße", "STRASSE")).isEmpty();
        assertThat(ignoringCase("ss", "ß")).isEmpty();
    }

    @Test
    void aLetterOfAsciiIsNoneBeyondIt() {
        assertThat(ignoringCase("istanbul", "İstanbul, ISTANBUL")).contains("ISTANBUL");
        assertThat(ignoringCase("İstanbul", "istanbul")).isEmpty();
        assertThat(ignoringCase("ı", "I i")).isEmpty();
        assertThat(ignoringCase("k", "\u212A")).isEmpty();
        assertThat(ignoringCase("s", "ſ")).isEmpty();
    }

    @Test
    void aRegularExpressionGoesLineByLine() {
        Query query = Query.smart("^error: .*$", Form.REGEX);
        assertThat(found(query, "an error: no\nError: this\nmore")).contains("Error: this");
        assertThat(found(Query.smart("ä+", Form.REGEX), "xÄä")).contains("Ää");
    }
}
