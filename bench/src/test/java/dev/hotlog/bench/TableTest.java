// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Row FAST =
            new Row("append", Unit.EVENTS_A_SECOND, 45_000.4, 50_000, 0.9, Asked.ratioAtLeast(0.8), "10 bytes a frame");
    private static final Row SLOW = Row.alone("start", Unit.MILLIS, 251, Asked.figureAtMost(250), "");
    private static final Row TOLD = Row.alone("forced", Unit.MICROS, 98.76, Asked.NOTHING, "");

    @Test
    void columnsLineUpAndNotesFollow() {
        assertThat(Table.text(List.of(FAST, SLOW, TOLD))).isEqualTo("""
                what      figure  baseline  ratio          asked  met?
                append  45,000/s  50,000/s   0.90  ratio >= 0.80   yes
                start     251 ms                       <= 250 ms    NO
                forced   98.8 us

                append: 10 bytes a frame
                """);
    }

    @Test
    void aRowThatWasSkippedSaysWhy() {
        Row skipped = Row.skipped("append; LMDB", "no library\n\tfor this system");
        assertThat(Row.parse(skipped.toLine())).isEqualTo(skipped);
        assertThat(Table.text(List.of(FAST, skipped))).isEqualTo("""
                what            figure  baseline  ratio          asked  met?
                append        45,000/s  50,000/s   0.90  ratio >= 0.80   yes
                append; LMDB   skipped

                append: 10 bytes a frame
                append; LMDB: skipped: no library for this system
                """);
    }

    @Test
    void aLongNoteGoesOnInTheNextLine() {
        String words = "words ".repeat(30).strip();
        Row row = Row.alone("told", Unit.MILLIS, 1, Asked.NOTHING, words);
        assertThat(Table.text(List.of(row)).lines().skip(3))
                .containsExactly(
                        "told: " + "words ".repeat(19).strip(),
                        "    " + "words ".repeat(11).strip());
    }

    @Test
    void aBoundIsMetWhenItIsReached() {
        assertThat(Asked.ratioAtLeast(0.8).met(1, 0.8)).isEqualTo("yes");
        assertThat(Asked.ratioAtLeast(0.8).met(1, 0.79)).isEqualTo("NO");
        assertThat(Asked.ratioAtMost(1.3).met(5, 1.3)).isEqualTo("yes");
        assertThat(Asked.ratioAtMost(1.3).met(1, 1.31)).isEqualTo("NO");
        assertThat(Asked.figureAtLeast(5).met(5, 0)).isEqualTo("yes");
        assertThat(Asked.figureAtMost(5).met(5.1, 0)).isEqualTo("NO");
        assertThat(Asked.NOTHING.met(0, 0)).isEmpty();
    }

    @Test
    void aRowReadsBackAsItWasTold() {
        assertThat(List.of(FAST, SLOW, TOLD))
                .allSatisfy(row -> assertThat(Row.parse(row.toLine())).isEqualTo(row));
    }

    @Test
    void aLineThatIsNoRowIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Row.parse("Picked up JAVA_TOOL_OPTIONS: -Xmx1g"));
    }
}
