// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.Grouping;
import dev.hotlog.agents.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What real sessions cost, beside what a peer says that they did.
class CorpusCostsTest {
    private static final String PEER = "corpora/reference/ccusage-20.0.24/";
    private static final double ONE_PERCENT = 0.01;
    private static final double CENT = 0.01;

    @TempDir
    Path folder;

    @Test
    void whatBothPriceCostsTheSameWithinAPercent() throws IOException {
        Map<String, Double> peer = peerByModel(Corpora.shared(PEER + "unified-session.json"));
        Desk desk = new Desk(folder);
        desk.importHome(Corpora.shared("corpora/open/home"));
        Report models = desk.report(Grouping.MODEL, PriceTable.builtIn());

        Map<String, Double> ours = dollars(models);
        assertThat(ours)
                .containsOnlyKeys(
                        "claude-fable-5",
                        "claude-haiku-4-5-20251001",
                        "claude-opus-4-5-20251101",
                        "claude-opus-4-6",
                        "claude-opus-4.8",
                        "claude-sonnet-4-5",
                        "claude-sonnet-4-5-20250929",
                        "gemini-2.5-flash",
                        "gpt-5.1-codex-max",
                        "gpt-5.3-codex",
                        "gpt-5.4",
                        "gpt-5.4-mini",
                        "gpt-5.5");
        // It has no price here, whereas the peer takes that of another model.
        assertThat(models.unpriced().models()).containsExactly("gpt-5.3-codex-spark");
        // The peer leaves out subagents of this model, and sessions that were not ended of that one.
        ours.remove("claude-haiku-4-5-20251001");
        ours.remove("claude-opus-4.8");
        ours.put("[pi] claude-sonnet-4-5", ours.remove("claude-sonnet-4-5"));
        ours.forEach((model, cost) ->
                assertThat(cost).as(model).isCloseTo(peer.get(model), within(ONE_PERCENT * peer.get(model))));
    }

    @Test
    void agentsCostWhatThePeerSays() throws IOException {
        Desk desk = new Desk(folder);
        desk.importHome(Corpora.shared("corpora/open/home"));
        Map<String, Double> ours = dollars(desk.report(Grouping.AGENT, PriceTable.builtIn()));

        // Its report by session leaves out subagents that are told of in their parent's file alone.
        assertThat(peerTotal("claude", "session")).isCloseTo(114.08, within(CENT));
        assertThat(ours.get("claude-code"))
                .isCloseTo(peerTotal("claude", "session"), within(ONE_PERCENT * 114.08))
                .isCloseTo(peerTotal("claude", "daily"), hundredthOfACent());
        // As the files themselves say.
        assertThat(ours.get("pi"))
                .isCloseTo(30.33, within(CENT))
                .isCloseTo(peerTotal("pi", "session"), hundredthOfACent());
        assertThat(ours.get("opencode")).isCloseTo(peerTotal("opencode", "session"), hundredthOfACent());
        assertThat(ours.get("gemini-cli")).isCloseTo(peerTotal("gemini", "session"), hundredthOfACent());
    }

    private static Offset<Double> hundredthOfACent() {
        return within(CENT / 100);
    }

    private static double peerTotal(String agent, String by) throws IOException {
        Path file = Corpora.shared(PEER + agent + "-" + by + ".json");
        JsonNode report = new ObjectMapper().readTree(file.toFile());
        return report.at("/totals/totalCost").asDouble();
    }

    private static Map<String, Double> peerByModel(Path file) {
        Map<String, Double> costs = new HashMap<>();
        for (JsonNode session : new ObjectMapper().readTree(file.toFile()).at("/session")) {
            for (JsonNode model : session.at("/modelBreakdowns")) {
                costs.merge(model.at("/modelName").asString(), model.at("/cost").asDouble(), Double::sum);
            }
        }
        return costs;
    }

    /// Of the rows whose cost is known, also in part.
    private static Map<String, Double> dollars(Report report) {
        Map<String, Double> dollars = new HashMap<>();
        for (Report.Row row : report.rows()) {
            Cost cost = row.sums().cost();
            if (cost.isKnown()) {
                dollars.put(row.key().getFirst().orElse(""), cost.micros() / 1e6);
            }
        }
        return dollars;
    }
}
