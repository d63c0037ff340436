// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

import static dev.hotlog.agents.price.Spent.spent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.PromptSize;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// How prices are found and what comes of them, on small tables.
class PriceTableTest {
    private static final String HEAD = "match,from,over,input,output,cache_read,cache_write_5m,cache_write_1h\n";

    static PriceTable table(String rows) throws BadPriceTable {
        return PriceTable.read((HEAD + rows).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void eachSortOfTokensHasItsPrice() throws BadPriceTable {
        PriceTable table = table("m,,,1,10,0.1,1.25,2\n");

        assertThat(spent().in(1_000_000).by(table)).isEqualTo("1000000");
        assertThat(spent().out(1_000_000).by(table)).isEqualTo("10000000");
        assertThat(spent().read(1_000_000).by(table)).isEqualTo("100000");
        assertThat(spent().written(1_000_000).by(table)).isEqualTo("1250000");
        assertThat(spent().writtenForAnHour(1_000_000).by(table)).isEqualTo("2000000");
        assertThat(spent().written(100).writtenForAnHour(10).by(table)).isEqualTo("145");
        assertThat(spent().in(1).out(1).read(10).written(100).by(table)).isEqualTo("137");
    }

    @Test
    void whatHasNoPriceOfItsOwnIsChargedAsWhatItIsAPartOf() throws BadPriceTable {
        PriceTable table = table("m,,,3,10,,,\n");

        assertThat(spent().read(100).by(table)).isEqualTo("300");
        assertThat(spent().written(100).by(table)).isEqualTo("300");
        assertThat(spent().writtenForAnHour(100).by(table("m,,,3,10,,4,\n"))).isEqualTo("400");
    }

    @Test
    void smallSumsAreNotLostInRounding() throws BadPriceTable {
        PriceTable table = table("m,,,0.003625,1,,,\n");
        Cost one = spent().in(100).cost(table);
        Cost many = Cost.NONE;
        for (int i = 0; i < 1000; i++) {
            many = many.plus(one);
        }

        assertThat(one.micros()).isZero();
        assertThat(one.isKnown()).isTrue();
        assertThat(many.micros()).isEqualTo(363);
    }

    @Test
    void theAgentsOwnFigureCountsFirst() throws BadPriceTable {
        Cost cost = spent().in(100).told(7).cost(table("m,,,1,1,,,\n"));

        assertThat(cost).isEqualTo(new Cost(7, 0, 100, 0));
        assertThat(spent().model("nobody's").in(100).told(7).by(table("m,,,1,1,,,\n")))
                .isEqualTo("7");
    }

    @Test
    void anUnknownModelIsUnknownAndNotFree() throws BadPriceTable {
        PriceTable table = table("m,,,1,1,,,\n");
        Cost unknown = spent().model("nobody's").in(5).out(6).cost(table);

        assertThat(unknown.isKnown()).isFalse();
        assertThat(unknown.unpricedTokens()).isEqualTo(11);
        assertThat(spent().model(null).in(5).by(table)).isEqualTo("unknown");
        assertThat(unknown.plus(spent().in(5).cost(table))).isEqualTo(new Cost(0, 5000, 5, 11));
        assertThat(spent().model("nobody's").in(0).cost(table)).isEqualTo(Cost.NONE);
    }

    @Test
    void pricesChangeAtMidnightUtcOfTheirDate() throws BadPriceTable {
        PriceTable table = table("m,,,1,1,,,\nm,2026-03-13,,2,2,,,\nm,2026-01-01,,3,3,,,\n");

        assertThat(spent().in(10).at("1970-01-01T00:00:00Z").by(table)).isEqualTo("10");
        assertThat(spent().in(10).at("2025-12-31T23:59:59Z").by(table)).isEqualTo("10");
        assertThat(spent().in(10).at("2026-01-01T00:00:00Z").by(table)).isEqualTo("30");
        assertThat(spent().in(10).at("2026-03-12T23:45:00Z").by(table)).isEqualTo("30");
        assertThat(spent().in(10).at("2026-03-13T00:00:00Z").by(table)).isEqualTo("20");
    }

    @Test
    void beforeItsFirstDateAModelHasNoPrice() throws BadPriceTable {
        PriceTable table = table("m,2026-01-01,,1,1,,,\n");

        assertThat(spent().in(10).at("2025-12-31T00:00:00Z").by(table)).isEqualTo("unknown");
    }

    @Test
    void largePromptsHavePricesOfTheirOwn() throws BadPriceTable {
        PriceTable table = table("m,,,1,1,,,\nm,,200000,2,2,,,\nm,,272000,4,4,,,\n");

        assertThat(spent().in(10).prompt(PromptSize.UP_TO_128K).by(table)).isEqualTo("10");
        assertThat(spent().in(10).prompt(PromptSize.UP_TO_200K).by(table)).isEqualTo("10");
        assertThat(spent().in(10).prompt(PromptSize.UP_TO_272K).by(table)).isEqualTo("20");
        assertThat(spent().in(10).prompt(PromptSize.LARGER).by(table)).isEqualTo("40");
    }

    @Test
    void aLaterPriceWithoutStepsEndsThoseBefore() throws BadPriceTable {
        PriceTable table = table("m,,,1,1,,,\nm,,200000,2,2,,,\nm,2026-03-13,,1,1,,,\n");

        assertThat(spent().in(10)
                        .prompt(PromptSize.LARGER)
                        .at("2026-03-12T00:00:00Z")
                        .by(table))
                .isEqualTo("20");
        assertThat(spent().in(10)
                        .prompt(PromptSize.LARGER)
                        .at("2026-03-13T00:00:00Z")
                        .by(table))
                .isEqualTo("10");
    }

    @Test
    void wholeNamesCountBeforePatternsAndOfPatternsTheFirst() throws BadPriceTable {
        PriceTable table = table("gpt-*,,,1,1,,,\ngpt-5*,,,2,2,,,\ngpt-5.1 *-free,,,3,3,,,\n");

        assertThat(spent().model("gpt-5").in(1).by(table)).isEqualTo("1");
        assertThat(spent().model("gpt-5.1").in(1).by(table)).isEqualTo("3");
        assertThat(spent().model("kimi-free").in(1).by(table)).isEqualTo("3");
    }

    @Test
    void brokersAndWaysOfWritingDatesMakeNoDifference() throws BadPriceTable {
        PriceTable table = table("gpt-5.4-2026-03-05 x-ai/grok,,,1,1,,,\ngrok,,,9,9,,,\n");

        assertThat(spent().model("openai/gpt-5.4-20260305").in(1).by(table)).isEqualTo("1");
        assertThat(spent().model("GPT-5.4-2026-03-05").in(1).by(table)).isEqualTo("1");
        assertThat(spent().model("x-ai/grok").in(1).by(table)).isEqualTo("1");
        assertThat(spent().model("other/grok").in(1).by(table)).isEqualTo("9");
    }

    @Test
    void aTableOverAnotherCountsForItsModelsAlone() throws BadPriceTable {
        PriceTable table = table("gpt-5.1,2026-01-01,,9,9,,,\n").over(table("gpt-5*,,,2,2,,,\n"));

        assertThat(spent().model("gpt-5").in(1).by(table)).isEqualTo("2");
        assertThat(spent().model("gpt-5.1").in(1).by(table)).isEqualTo("9");
        // It wins with all it says: where it has no price yet there is none.
        assertThat(spent().model("gpt-5.1").in(1).at("2025-01-01T00:00:00Z").by(table))
                .isEqualTo("unknown");
        assertThat(spent().model("gpt-4").in(1).by(table)).isEqualTo("unknown");
    }
}
