// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

import static dev.hotlog.agents.price.Spent.spent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.PromptSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// The table that comes with the program, by figures reckoned by hand from what the makers ask.
class BuiltInPricesTest {
    private static final PriceTable TABLE = PriceTable.builtIn();

    @Test
    void claude() {
        // 13,660 x 5 + 45,064 x 25 + 40,355,915 x 0.5 + 2,381,256 x 6.25
        assertThat(spent().model("claude-opus-4-5-20251101")
                        .in(13_660)
                        .out(45_064)
                        .read(40_355_915)
                        .written(2_381_256)
                        .by(TABLE))
                .isEqualTo("36255708");
        // 1,145 x 3 + 28,120 x 15 + 9,808,946 x 0.3 + 919,361 x 3.75
        assertThat(spent().model("claude-sonnet-4-5-20250929")
                        .in(1_145)
                        .out(28_120)
                        .read(9_808_946)
                        .written(919_361)
                        .by(TABLE))
                .isEqualTo("6815523");
        // 22,998 x 10 + 172,095 x 50 + 29,358,209 x 1 + 1,148,069 x 20, all of it for an hour
        assertThat(spent().model("claude-fable-5")
                        .in(22_998)
                        .out(172_095)
                        .read(29_358_209)
                        .writtenForAnHour(1_148_069)
                        .by(TABLE))
                .isEqualTo("61154319");
        // 5,536 x 1 + 7 x 5
        assertThat(spent().model("claude-haiku-4-5-20251001").in(5_536).out(7).by(TABLE))
                .isEqualTo("5571");
        // 26 x 3 + 1,378 x 15 + 54,606 x 0.3 + 25,843 x 3.75
        assertThat(spent().model("claude-sonnet-4-5")
                        .in(26)
                        .out(1_378)
                        .read(54_606)
                        .written(25_843)
                        .by(TABLE))
                .isEqualTo("134041");
    }

    @Test
    void claudeWithLargePrompts() {
        // 1,000 x 6 + 100 x 22.5 + 250,000 x 0.6
        assertThat(spent().model("claude-sonnet-4-5")
                        .in(1_000)
                        .out(100)
                        .read(250_000)
                        .prompt(PromptSize.UP_TO_272K)
                        .by(TABLE))
                .isEqualTo("158250");
        // Since 2026-03-13 Opus 4.6 asks no more for them: 250,000 x 1, and 250,000 x 0.5
        Spent before = spent().model("claude-opus-4-6")
                .read(250_000)
                .prompt(PromptSize.LARGER)
                .at("2026-03-12T23:45:00Z");
        assertThat(before.by(TABLE)).isEqualTo("250000");
        assertThat(before.at("2026-03-13T00:00:00Z").by(TABLE)).isEqualTo("125000");
    }

    @Test
    void openAi() {
        // 16,214 x 0.75 + 69 x 4.5 + 14,848 x 0.075
        assertThat(spent().model("gpt-5.4-mini").in(16_214).out(69).read(14_848).by(TABLE))
                .isEqualTo("13585");
        // 50,389 x 1.25 + 12,854 x 10 + 301,056 x 0.125
        assertThat(spent().model("gpt-5.1-codex-max")
                        .in(50_389)
                        .out(12_854)
                        .read(301_056)
                        .by(TABLE))
                .isEqualTo("229158");
        // 36,058 x 2.5 + 2,958 x 15 + 230,656 x 0.25, and twice the input, half as much again the output
        Spent gpt54 = spent().model("gpt-5.4").in(36_058).out(2_958).read(230_656);
        assertThat(gpt54.prompt(PromptSize.UP_TO_272K).by(TABLE)).isEqualTo("192179");
        assertThat(gpt54.prompt(PromptSize.LARGER).by(TABLE)).isEqualTo("362173");
        // o3 went from 10 to 2 dollars on 2025-06-10
        assertThat(spent().model("o3").in(100).at("2025-06-09T23:59:59Z").by(TABLE))
                .isEqualTo("1000");
        assertThat(spent().model("o3").in(100).at("2025-06-10T00:00:00Z").by(TABLE))
                .isEqualTo("200");
    }

    @Test
    void others() {
        // 43,497 x 0.3 + 2,267 x 2.5 + 161,019 x 0.03
        assertThat(spent().model("gemini-2.5-flash")
                        .in(43_497)
                        .out(2_267)
                        .read(161_019)
                        .by(TABLE))
                .isEqualTo("23547");
        // 28,763 x 0.95 + 4,578 x 4 + 620,544 x 0.19
        assertThat(spent().model("moonshot-ai/kimi-k2.7-code")
                        .in(28_763)
                        .out(4_578)
                        .read(620_544)
                        .by(TABLE))
                .isEqualTo("163540");
        // Discounts by night are not the price: 1,000 x 0.27 + 1,000 x 1.1
        assertThat(spent().model("deepseek-chat").in(1_000).out(1_000).by(TABLE))
                .isEqualTo("1370");
        assertThat(spent().model("x-ai/grok-code-fast-1").out(1_000).by(TABLE)).isEqualTo("1500");
        assertThat(spent().model("glm-5.2").in(1_000).by(TABLE)).isEqualTo("1400");
        // Amazon asks a tenth more for Claude in a region of one's choice.
        assertThat(spent().model("eu.anthropic.claude-opus-4-6-v1:0").in(1_000).by(TABLE))
                .isEqualTo("5500");
        assertThat(spent().model("global.anthropic.claude-opus-4-6-v1:0")
                        .in(1_000)
                        .by(TABLE))
                .isEqualTo("5000");
    }

    @Test
    void modelsOfNobodyAreUnknown() {
        for (String model : new String[] {
            "<synthetic>", "gpt-5.3-codex-spark", "coder-model", "cursor-auto", "sonnet", "", "/", "mistral-nemo:free"
        }) {
            assertThat(spent().model(model).in(1).by(TABLE)).as(model).isEqualTo("unknown");
        }
    }

    @Test
    void theTableSaysWhereItsFiguresComeFrom() throws IOException {
        try (InputStream table = PriceTable.class.getResourceAsStream("prices.csv")) {
            assertThat(new String(table.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .limit(3))
                    .allMatch(line -> line.startsWith("# "))
                    .anyMatch(line -> line.matches("# Source: the npm package @pydantic/genai-prices [0-9.]+, MIT .*"))
                    .anyMatch(line -> line.matches(".* taken on 20\\d\\d-\\d\\d-\\d\\d by agents/prices/refresh\\."));
        }
    }
}
