// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.PromptSize;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.Totals;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportFoldTest {
    private static final Map<String, SessionFacts> FACTS = Map.of(
            "a", facts("a", "claude-code", "/src/one"),
            "b", facts("b", "codex", "/src/two"),
            "c", facts("c", "codex", "/src/one"));

    private static final PriceTable PRICES = PriceTable.builtIn();

    private static SessionFacts facts(String id, String agent, String workspace) {
        return new SessionFacts(id, Map.of(SessionFacts.AGENT, agent, SessionFacts.WORKSPACE, workspace));
    }

    private static SessionFacts known(String id) {
        return FACTS.getOrDefault(id, new SessionFacts(id, Map.of()));
    }

    private static Rollup cost(String session, String time, String model, long in, long out) {
        Totals totals = new Totals();
        totals.count(1, 0, 0);
        totals.add(Measure.TOKENS_IN, in);
        totals.add(Measure.TOKENS_OUT, out);
        return cell(session, time, Kind.COST, Optional.of(model), Optional.empty(), totals);
    }

    private static Rollup tool(String session, Kind kind, String tool, long events, long errors) {
        Totals totals = new Totals();
        totals.count(events, errors, kind.equals(Kind.TOOL_CALL) ? events : 0);
        return cell(session, "2026-01-31T12:00:00Z", kind, Optional.empty(), Optional.of(tool), totals);
    }

    private static Rollup cell(
            String session, String time, Kind kind, Optional<String> model, Optional<String> tool, Totals totals) {
        return new Rollup(
                session, Instant.parse(time).toEpochMilli(), kind, model, tool, PromptSize.UP_TO_128K, totals);
    }

    private static Report report(List<Grouping> by, ZoneId zone, List<Rollup> cells) {
        ReportFold fold = new ReportFold(by, new GroupKey(by, zone, ReportFoldTest::known, Blocks.NONE), PRICES);
        cells.forEach(fold::add);
        return fold.report();
    }

    private static List<String> keys(Report report) {
        return report.rows().stream()
                .map(row -> String.join(
                        "|", row.key().stream().map(key -> key.orElse("?")).toList()))
                .toList();
    }

    @Test
    void addsUpByAgentTheBusiestFirst() {
        Report report = report(
                List.of(Grouping.AGENT),
                ZoneOffset.UTC,
                List.of(
                        cost("a", "2026-01-31T12:00:00Z", "m1", 10, 1),
                        cost("b", "2026-01-31T12:00:00Z", "m2", 100, 5),
                        cost("c", "2026-02-01T12:00:00Z", "m2", 100, 5),
                        cost("nobody", "2026-02-01T12:00:00Z", "m2", 1, 1)));

        assertThat(keys(report)).containsExactly("codex", "claude-code", "?");
        Report.Sums codex = report.rows().getFirst().sums();
        assertThat(codex.sessions()).isEqualTo(2);
        assertThat(codex.totals().events()).isEqualTo(2);
        assertThat(codex.totals().sum(Measure.TOKENS_IN)).isEqualTo(200);
        assertThat(codex.totals().sum(Measure.CACHE_READ_TOKENS)).isEqualTo(Measure.ABSENT);
        assertThat(report.total().sessions()).isEqualTo(4);
        assertThat(report.total().totals().sum(Measure.TOKENS_OUT)).isEqualTo(12);
    }

    @Test
    void aSessionInSeveralRowsIsOneInTheTotal() {
        Report report = report(
                List.of(Grouping.MODEL),
                ZoneOffset.UTC,
                List.of(
                        cost("a", "2026-01-31T12:00:00Z", "m1", 1, 1),
                        cost("a", "2026-01-31T12:00:00Z", "m2", 1, 1),
                        cost("a", "2026-02-01T12:00:00Z", "m1", 1, 1),
                        cost("a", "2026-02-01T12:00:00Z", "m2", 1, 1)));

        assertThat(report.rows())
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.sums().sessions()).isEqualTo(1));
        assertThat(report.total().sessions()).isEqualTo(1);
    }

    @Test
    void daysAreThoseOfTheZone() {
        List<Rollup> cells =
                List.of(cost("a", "2026-01-31T23:30:00Z", "m", 1, 0), cost("a", "2026-01-31T18:15:00Z", "m", 1, 0));

        assertThat(keys(report(List.of(Grouping.DAY), ZoneOffset.UTC, cells))).containsExactly("2026-01-31");
        assertThat(keys(report(List.of(Grouping.DAY), ZoneId.of("Europe/Berlin"), cells)))
                .containsExactly("2026-01-31", "2026-02-01");
        assertThat(keys(report(List.of(Grouping.DAY), ZoneId.of("Asia/Kathmandu"), cells)))
                .containsExactly("2026-02-01");
        assertThat(keys(report(List.of(Grouping.MONTH), ZoneId.of("Europe/Berlin"), cells)))
                .containsExactly("2026-01", "2026-02");
    }

    @Test
    void weeksAreIsoWeeks() {
        List<Rollup> cells = List.of(
                cost("a", "2027-01-01T12:00:00Z", "m", 1, 0), // a Friday of the old year's last week
                cost("a", "2026-01-01T12:00:00Z", "m", 1, 0),
                cost("a", "2027-01-04T12:00:00Z", "m", 1, 0));

        assertThat(keys(report(List.of(Grouping.WEEK), ZoneOffset.UTC, cells)))
                .containsExactly("2026-W01", "2026-W53", "2027-W01");
    }

    @Test
    void severalGroupingsNestInTheirOrder() {
        List<Rollup> cells = List.of(
                cost("a", "2026-01-02T12:00:00Z", "m", 1000, 0),
                cost("a", "2026-01-01T12:00:00Z", "m", 1, 0),
                cost("b", "2026-01-01T12:00:00Z", "m", 500, 0),
                cost("b", "2026-01-02T12:00:00Z", "m", 400, 0));

        assertThat(keys(report(List.of(Grouping.AGENT, Grouping.DAY), ZoneOffset.UTC, cells)))
                .containsExactly(
                        "claude-code|2026-01-01", "claude-code|2026-01-02", "codex|2026-01-01", "codex|2026-01-02");
        assertThat(keys(report(List.of(Grouping.DAY, Grouping.AGENT), ZoneOffset.UTC, cells)))
                .containsExactly(
                        "2026-01-01|codex", "2026-01-01|claude-code", "2026-01-02|claude-code", "2026-01-02|codex");
    }

    @Test
    void toolsAreCountedByTheirCalls() {
        Report report = report(
                List.of(Grouping.TOOL),
                ZoneOffset.UTC,
                List.of(
                        tool("a", Kind.TOOL_CALL, "Read", 3, 0),
                        tool("a", Kind.TOOL_RESULT, "Read", 3, 1),
                        tool("b", Kind.TOOL_CALL, "Bash", 7, 0),
                        cost("a", "2026-01-31T12:00:00Z", "m1", 10, 1)));

        assertThat(keys(report)).containsExactly("Bash", "Read");
        Report.Sums read = report.rows().getLast().sums();
        assertThat(read.totals().toolCalls()).isEqualTo(3);
        assertThat(read.totals().errors()).isEqualTo(1);
        assertThat(report.total().sessions()).isEqualTo(2);
        assertThat(report.total().totals().events()).isEqualTo(13);
    }

    @Test
    void projectsAreTheFoldersOfTheSessions() {
        Report report = report(
                List.of(Grouping.PROJECT),
                ZoneOffset.UTC,
                List.of(
                        cost("a", "2026-01-31T12:00:00Z", "m", 1, 0),
                        cost("b", "2026-01-31T12:00:00Z", "m", 9, 0),
                        cost("c", "2026-01-31T12:00:00Z", "m", 1, 0)));

        assertThat(keys(report)).containsExactly("/src/two", "/src/one");
    }

    @Test
    void costsAreDerivedAndWhatHasNoPriceIsNamed() {
        Report report = report(
                List.of(Grouping.AGENT),
                ZoneOffset.UTC,
                List.of(
                        cost("a", "2026-01-31T12:00:00Z", "claude-haiku-4-5", 100, 10),
                        cost("a", "2026-01-31T12:00:00Z", "m1", 1, 2),
                        cost("b", "2026-01-31T12:00:00Z", "gpt-5", 8, 0)));

        assertThat(report.rows().getFirst().sums().cost()).isEqualTo(new Cost(0, 150_000, 110, 3));
        assertThat(report.rows().getLast().sums().cost()).isEqualTo(new Cost(0, 10_000, 8, 0));
        assertThat(report.total().cost()).isEqualTo(new Cost(0, 160_000, 118, 3));
        assertThat(report.unpriced().ofAll()).isEqualTo(report.total().cost());
        assertThat(report.unpriced().models()).containsExactly("m1");
        assertThat(report.unpriced().hasUntoldModels()).isFalse();
    }

    @Test
    void theOrderAndPartingOfCellsMakeNoDifference() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Rollup> cells = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String time = Instant.parse("2026-01-01T00:00:00Z")
                    .plusSeconds(900L * random.nextInt(500))
                    .toString();
            cells.add(cost("abcd".substring(i % 4, i % 4 + 1), time, "m" + random.nextInt(3), random.nextInt(50), 1));
        }
        List<Grouping> by = List.of(Grouping.AGENT, Grouping.WEEK, Grouping.MODEL);
        Report before = report(by, ZoneOffset.UTC, cells);
        Collections.shuffle(cells, random);
        Report after = report(by, ZoneOffset.UTC, cells);

        assertThat(keys(after)).as("seed %d", seed).isEqualTo(keys(before));
        for (int i = 0; i < before.rows().size(); i++) {
            Totals one = before.rows().get(i).sums().totals();
            Totals other = after.rows().get(i).sums().totals();
            assertThat(other.sum(Measure.TOKENS_IN)).as("seed %d", seed).isEqualTo(one.sum(Measure.TOKENS_IN));
        }
    }
}
