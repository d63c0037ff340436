// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.number;
import static dev.hotlog.cli.Table.Column.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.cli.Table.Cell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static String print(Table table, int width) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Page page = new Page(out);
        table.print(page, new Ink(false), width);
        page.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Table fruit() {
        Table table = new Table(
                List.of(text("NAME"), number("N").keep(1), text("TELL").bending()));
        table.row(Cell.of("fig"), Cell.of("1,000"), Cell.of("sweet and soft, from the south"));
        table.row(Cell.of("日本"), Cell.of("7"), Cell.of("a\nline\tbroken\u001b[2J"));
        table.foot(Cell.of("total"), Cell.of("1,007"), Cell.of(""));
        return table;
    }

    @Test
    void columnsAreAlignedAndNothingTrails() throws IOException {
        assertThat(print(fruit(), Integer.MAX_VALUE)).isEqualTo("""
                        NAME       N  TELL
                        fig    1,000  sweet and soft, from the south
                        日本       7  a line broken␛[2J
                        total  1,007
                        """);
    }

    @Test
    void theColumnThatBendsIsCutFirst() throws IOException {
        assertThat(print(fruit(), 30)).isEqualTo("""
                        NAME       N  TELL
                        fig    1,000  sweet and soft,…
                        日本       7  a line broken␛[…
                        total  1,007
                        """);
    }

    @Test
    void ofSeveralThatBendTheWidestIsCutFirst() throws IOException {
        Table table = new Table(List.of(text("A").bending(), text("B").bending()));
        table.row(Cell.of("a text of 20 columns"), Cell.of("another one that takes 34 of them."));

        assertThat(print(table, 44)).endsWith("a text of 20 columns  another one that take…\n");
        assertThat(print(table, 0)).endsWith("a text of 2…  another one…\n");
    }

    @Test
    void thenTheLeastImportantColumnIsLeftOut() throws IOException {
        assertThat(print(fruit(), 20)).isEqualTo("""
                        NAME   TELL
                        fig    sweet and so…
                        日本   a line broke…
                        total
                        """);
    }

    @Test
    void neverFailsForWantOfRoom() throws IOException {
        for (int width = 0; width < 60; width++) {
            assertThat(print(fruit(), width)).contains("NAME");
        }
    }

    @Test
    void widthsAreThoseOfATerminal() {
        assertThat(TextWidth.of("abc")).isEqualTo(3);
        assertThat(TextWidth.of("é e\u0301")).isEqualTo(3);
        assertThat(TextWidth.of("日本語")).isEqualTo(6);
        assertThat(TextWidth.of("\uD83D\uDE00")).isEqualTo(2);
        assertThat(TextWidth.cut("日本語", 5)).isEqualTo("日本…");
        assertThat(TextWidth.cut("日本語", 6)).isEqualTo("日本語");
        assertThat(TextWidth.cut("abcdef", 1)).isEqualTo("…");
        assertThat(TextWidth.cut("abcdef", 0)).isEmpty();
    }

    @Test
    void textsOfOthersCannotSteerTheTerminal() {
        assertThat(Printable.line(" a\u0007 b\r\nc\u009b\u202e d\u0000 ")).isEqualTo("a␇ b c\uFFFD\uFFFD d␀");
        assertThat(Printable.block("a\r\n\tb\u001b]0;x\u0007")).isEqualTo("a\n    b␛]0;x␇");
    }

    @Test
    void linesAreWrappedAtSpacesWhereThereAreAny() {
        assertThat(Wrapped.lines("one two three\n\n  four", 8)).containsExactly("one two", "three", "", "  four");
        assertThat(Wrapped.lines("abcdefghijkl", 5)).containsExactly("abcde", "fghij", "kl");
        assertThat(Wrapped.lines("日本語日本語", 5)).containsExactly("日本", "語日", "本語");
        assertThat(Wrapped.lines("", 5)).isEmpty();
    }
}
