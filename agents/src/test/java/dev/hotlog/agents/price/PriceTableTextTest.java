// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

import static dev.hotlog.agents.price.Spent.spent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PriceTableTextTest {
    private static final String HEAD = "match,from,over,input,output,cache_read,cache_write_5m,cache_write_1h\n";

    private static PriceTable read(String text) throws BadPriceTable {
        return PriceTable.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuses(String text, String problem) {
        assertThatThrownBy(() -> read(text))
                .as(text)
                .isInstanceOf(BadPriceTable.class)
                .hasMessageContaining(problem);
    }

    private static void refusesRow(String row, String problem) {
        refuses(HEAD + row + "\n", "line 2: " + problem);
    }

    @Test
    void commentsBlanksAndLineEndsOfWindowsDoNoHarm() throws BadPriceTable {
        PriceTable table =
                read("\uFEFF# mine\r\n\r\n" + HEAD.replace("\n", "\r\n") + "# one\r\n m , , , 1 , 2 ,,,\r\n");

        assertThat(spent().in(1).out(1).by(table)).isEqualTo("3");
    }

    @Test
    void aPriceOfNothingIsAPrice() throws BadPriceTable {
        assertThat(spent().in(100).by(read(HEAD + "m,,,0,0,0,0,0"))).isEqualTo("0");
    }

    @Test
    void whatMakesNoSenseIsToldWithItsLine() {
        refusesRow("m,,,1", "it has 4 columns, not 8");
        refusesRow(",,,1,1,,,", "'' is no name of models: a * stands at an end of one");
        refusesRow("a*b,,,1,1,,,", "'a*b' is no name of models");
        refusesRow("m,yesterday,,1,1,,,", "'yesterday' is no date such as 2026-01-31");
        refusesRow("m,,100000,1,1,,,", "prompts cannot be told apart at '100000' tokens");
        refusesRow("m,,-1,1,1,,,", "prompts cannot be told apart at '-1' tokens");
        refusesRow("m,,many,1,1,,,", "prompts cannot be told apart at 'many' tokens");
        refusesRow("m,,,one,1,,,", "'one' is no price");
        refusesRow("m,,,,1,,,", "'' is no price");
        refusesRow("m,,,1,,,,", "'' is no price");
        refusesRow("m,,,.5,1,,,", "'.5' is no price");
        refusesRow("m,,,5.,1,,,", "'5.' is no price");
        refusesRow("m,,,1.2.3,1,,,", "'1.2.3' is no price");
        refusesRow("m,,,1,-1,,,", "'-1' is no price");
        refusesRow("m,,,1,1e9,,,", "'1e9' is no price");
        refusesRow("m,,,1,1000000,,,", "the price 1000000 has more than 6 digits before the point, or 6 behind it");
        refusesRow("m,,,1,0.0000001,,,", "the price 0.0000001 has more than 6 digits before the point");
        refusesRow("m,,,1,1,,,x", "'x' is no price");
        refuses(HEAD + "m,,,1,1,,,\nm,,,2,2,,,\n", "line 3: the price of 'm' from that date on");
    }

    @Test
    void whatIsNoTableIsTold() {
        refuses("", "there is no price in it");
        refuses(HEAD, "there is no price in it");
        refuses("{\"m\":1}\n", "line 1: the first line has to be match,from,");
        assertThatThrownBy(() -> PriceTable.read(new byte[] {(byte) 0xFF, 0, 1}))
                .isInstanceOf(BadPriceTable.class)
                .hasMessage("it is not text in UTF-8");
    }
}
