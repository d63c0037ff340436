// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Cli.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Money in `report`, `sessions` and `show`, `--prices`, and `reprice`.
class PricesTest {
    private static final String HEAD = "match,from,over,input,output,cache_read,cache_write_5m,cache_write_1h\n";
    private static final String NOTE =
            "hotlog: no price for 30 of 1,130 tokens (2.7 %): house-model, calls without a model; ≥ and ? mark costs "
                    + "without them (--prices gives some)\n";

    @TempDir
    Path temp;

    private Cli cli;
    private Path prices;

    @BeforeEach
    void aLogOfCallsWithAndWithoutPrices() throws IOException {
        cli = Cli.on(temp.resolve("log"));
        cli.having(
                cost("one", 1, "claude-haiku-4-5", 1000, ""),
                cost("one", 2, "house-model", 20, ""),
                cost("two", 3, "house-model", 100, ",\"cost_usd_e6\":5000000"),
                "{\"session_id\":\"three\",\"seq\":1,\"ts_ms\":1772870400000,\"kind\":\"cost\",\"tokens_in\":10}");
        prices = temp.resolve("mine.csv");
        Files.writeString(prices, HEAD + "house-*,,,100,100,,,\n");
    }

    private static String cost(String session, long seq, String model, long in, String more) {
        return event(session, seq, "cost", "\"model\":\"" + model + "\",\"tokens_in\":" + in + more);
    }

    private List<String> table(String... args) {
        return cli.run(args).outLines().stream()
                .map(line -> line.replaceAll(" +", " ").strip())
                .toList();
    }

    @Test
    void whatHasNoPriceIsMarkedAndNamed() {
        assertThat(table("report", "--by", "session"))
                .containsExactly(
                        "SESSION TITLE EVENTS INPUT OUTPUT REASONING CACHE WRITE CACHE READ TOTAL COST",
                        "one 2 1,020 - - - - 1,020 ≥$0.001",
                        "two 1 100 - - - - 100 $5.00",
                        "three 1 10 - - - - 10 ?",
                        "total 4 1,130 - - - - 1,130 ≥$5.00");
        assertThat(cli.run("report", "--by", "session").err()).isEqualTo(NOTE);
        assertThat(cli.run("sessions").err()).isEqualTo(NOTE);
        assertThat(table("sessions").stream().map(line -> line.replaceAll(".* ", "")))
                .containsExactly("TITLE", "$5.00", "≥$0.001", "?");
        assertThat(table("show", "one")).contains("cost ≥$0.001, no price for 20 of 1,020 tokens (2.0 %)");
        assertThat(table("show", "one")).contains("09:02:00 tokens house-model · 20 in · no price");
        assertThat(table("show", "three")).contains("cost ?, no price for 10 of 10 tokens (100.0 %)");
    }

    @Test
    void jsonHasNoCostWhereNoneIsKnown() {
        Result result = cli.run("report", "--by", "session", "--json");
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("""
                [{"session":"one","sessions":1,"events":2,"tokens_in":1020,"cost_usd_e6":1000,"unpriced_tokens":20},\
                {"session":"two","sessions":1,"events":1,"tokens_in":100,"cost_usd_e6":5000000,"unpriced_tokens":0},\
                {"session":"three","sessions":1,"events":1,"tokens_in":10,"unpriced_tokens":10}]
                """);
        assertThat(cli.run("sessions", "--json").out()).contains("\"tokens_in\":10,\"unpriced_tokens\":10}");
        assertThat(cli.run("show", "two", "--json").out())
                .contains("\"cost_usd_e6\":5000000,\"unpriced_tokens\":0,\"timeline\":")
                .contains("\"tokens_in\":100,\"cost_usd_e6\":5000000,\"cost_from\":\"agent\"}");
    }

    @Test
    void theExplanationSaysWhatItIsWithout() {
        assertThat(table("report", "--explain").getLast())
                .isEqualTo("4 events 1,130 in · $5.00, no price for 30 of 1,130 tokens (2.7 %)");
        assertThat(cli.run("report", "--explain", "--json", "--session", "one").out())
                .contains("\"tokens_in\":1000,\"cost_usd_e6\":1000,\"cost_from\":\"prices\"}")
                .contains("\"tokens_in\":20}");
    }

    @Test
    void pricesOfAFileCountForOneQuestion() {
        String file = prices.toString();
        assertThat(table("report", "--by", "session", "--prices", file))
                .contains("one 2 1,020 - - - - 1,020 $0.003", "two 1 100 - - - - 100 $5.00", "three 1 10 - - - - 10 ?");
        assertThat(table("sessions", "--prices", file).stream().map(line -> line.replaceAll(".* ", "")))
                .containsExactly("TITLE", "$5.00", "$0.003", "?");
        assertThat(table("show", "one", "--prices", file)).contains("cost $0.003");
        assertThat(cli.run("sessions").err()).isEqualTo(NOTE);
    }

    @Test
    void repriceKeepsPricesAndWritesNoEvent() {
        String events = cli.run("replay").out();
        assertThat(table("reprice", "--prices", prices.toString()))
                .containsExactly(
                        "MODEL TOKENS BEFORE NOW",
                        "claude-haiku-4-5 1,000 $0.001 $0.001",
                        "house-model 120 ≥$5.00 $5.00 changed",
                        "(unknown) 10 ? ? no price",
                        "total 1,130 ≥$5.00 ≥$5.00");
        assertThat(table("show", "one")).contains("cost $0.003");
        assertThat(cli.run("verify").code()).isZero();
        assertThat(cli.run("info").code()).isZero();
        assertThat(cli.run("replay").out()).isEqualTo(events);
        cli.having(cost("one", 9, "house-model", 10, ""));
        assertThat(table("show", "one")).contains("cost $0.004");
        assertThat(cli.run("reprice", "--json").out()).isEqualTo("""
                [{"model":"claude-haiku-4-5","before":{"cost_usd_e6":1000,"unpriced_tokens":0},\
                "now":{"cost_usd_e6":1000,"unpriced_tokens":0}},\
                {"model":"house-model","before":{"cost_usd_e6":5003000,"unpriced_tokens":0},\
                "now":{"cost_usd_e6":5000000,"unpriced_tokens":30}},\
                {"model":null,"before":{"unpriced_tokens":10},"now":{"unpriced_tokens":10}}]
                """);
        assertThat(cli.directory().resolve("prices.csv")).doesNotExist();
        assertThat(table("show", "one")).contains("cost ≥$0.001, no price for 30 of 1,030 tokens (2.9 %)");
    }

    @Test
    void pricesThatMakeNoSenseAreRefusedInOneLine() throws IOException {
        Path bad = Files.writeString(temp.resolve("bad.csv"), HEAD + "m,,,1,one,,,\n");
        String told = "hotlog: --prices " + bad + ": line 2: 'one' is no price such as 0.25\n";
        for (String command : List.of("report", "sessions", "reprice")) {
            assertThat(cli.run(command, "--prices", bad.toString())).as(command).isEqualTo(new Result(2, "", told));
        }
        assertThat(cli.run("show", "one", "--prices", bad.toString())).isEqualTo(new Result(2, "", told));
        Path none = temp.resolve("none.csv");
        assertThat(cli.run("reprice", "--prices", none.toString()))
                .isEqualTo(new Result(1, "", "hotlog: " + none + ": no such file\n"));
        assertThat(cli.run("report", "--prices", temp.toString()).code()).isEqualTo(5);
        assertThat(cli.directory().resolve("prices.csv")).doesNotExist();
    }

    @Test
    void keptPricesThatWereSpoiltAreToldAndReplaced() throws IOException {
        Path kept = Files.writeString(cli.directory().resolve("prices.csv"), "nonsense\n");
        Result result = cli.run("report");
        assertThat(result.code()).isEqualTo(3);
        assertThat(result.err())
                .isEqualTo("hotlog: " + kept + ": line 1: the first line has to be " + HEAD.strip()
                        + "; 'hotlog reprice' goes back to the built-in prices\n");
        assertThat(cli.run("report", "--prices", prices.toString()).code()).isZero();
        assertThat(cli.run("reprice").code()).isZero();
        assertThat(cli.run("report").code()).isZero();
    }

    @Test
    void thereIsNothingToRepriceWithoutALog() {
        assertThat(Cli.on(temp.resolve("nowhere"))
                        .run("reprice", "--prices", prices.toString())
                        .code())
                .isEqualTo(1);
        assertThat(temp.resolve("nowhere")).doesNotExist();
    }

    @Test
    void aFolderIsNoTableOfPrices() {
        assertThat(cli.run("reprice", "--prices", temp.toString()).err())
                .startsWith("hotlog: cannot read " + temp + ": ");
    }
}
