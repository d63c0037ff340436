// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.Corpora;
import dev.hotlog.event.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real transcripts into a real log.
class CorpusImportTest {
    @TempDir
    Path folder;

    @Test
    void aRealHomeAddsUpAndASecondImportAddsNothing() throws IOException {
        Path home = Corpora.shared("corpora/open/home");
        Desk desk = new Desk(folder);
        ImportReport first = desk.importHome(home);
        assertThat(first.problems()).isEmpty();
        assertThat(first.events()).isEqualTo(desk.events().size());
        assertThat(desk.totals("claude-code"))
                .isEqualTo(Map.of(
                        Measure.TOKENS_IN, 43_685L,
                        Measure.TOKENS_OUT, 255_542L,
                        Measure.CACHE_CREATION_TOKENS, 5_030_765L,
                        Measure.CACHE_CREATION_1H_TOKENS, 2_370_761L,
                        Measure.CACHE_READ_TOKENS, 84_425_843L));
        assertThat(desk.totals("codex"))
                .containsEntry(Measure.TOKENS_IN, 8_671_274L)
                .containsEntry(Measure.TOKENS_OUT, 662_534L)
                .containsEntry(Measure.CACHE_READ_TOKENS, 171_572_224L)
                .doesNotContainKey(Measure.CACHE_CREATION_TOKENS);
        assertThat(desk.totals("pi"))
                .isEqualTo(Map.of(
                        Measure.TOKENS_IN, 1_049L,
                        Measure.TOKENS_OUT, 83_156L,
                        Measure.CACHE_CREATION_TOKENS, 4_296_232L,
                        Measure.CACHE_READ_TOKENS, 43_229_469L));
        // The reasoning is within the output: the agent's totals say so.
        assertThat(desk.totals("opencode"))
                .isEqualTo(Map.of(
                        Measure.TOKENS_IN, 597_592L,
                        Measure.TOKENS_OUT, 33_480L,
                        Measure.REASONING_TOKENS, 24_910L,
                        Measure.CACHE_CREATION_TOKENS, 25_843L,
                        Measure.CACHE_READ_TOKENS, 1_556_942L));
        assertThat(desk.totals("gemini-cli"))
                .isEqualTo(Map.of(
                        Measure.TOKENS_IN, 43_497L,
                        Measure.TOKENS_OUT, 820L + 1_447L,
                        Measure.REASONING_TOKENS, 1_447L,
                        Measure.CACHE_READ_TOKENS, 161_019L));
        // 577 of it are told at the ends of sessions, and by their messages too; one session has no end.
        assertThat(desk.totals("copilot-cli"))
                .isEqualTo(Map.of(
                        Measure.TOKENS_IN, 41_900L,
                        Measure.TOKENS_OUT, 42_353L,
                        Measure.REASONING_TOKENS, 438L,
                        Measure.CACHE_CREATION_TOKENS, 0L,
                        Measure.CACHE_READ_TOKENS, 14_848L));
        assertThat(desk.fact("c3f091b3-1a1f-435f-8acb-6c7520106212", "usage")).isEqualTo("incomplete");
        assertThat(desk.fact("db0876fb-eb3d-49f2-91df-b708627932f9", "usage")).isEqualTo("complete");
        // Neither tells any tokens: one session of Goose, of the schema alone, and rounded figures of Aider.
        assertThat(desk.totals("goose")).isEmpty();
        assertThat(desk.totals("aider")).isEmpty();
        assertThat(first.agents())
                .filteredOn(
                        agent -> agent.agent().equals("aider") || agent.agent().equals("goose"))
                .hasSize(2)
                .allSatisfy(agent -> assertThat(agent.events()).isPositive());
        assertThat(desk.importHome(home).events()).isZero();
        assertThat(desk.importPaths(
                                home.resolve("src"),
                                home.resolve(".local/share/goose/sessions"),
                                home.resolve(".claude"),
                                home.resolve(".codex/sessions"),
                                home.resolve(".copilot"),
                                home.resolve(".local/share/opencode/storage/session"),
                                home.resolve(".gemini"),
                                home.resolve(".pi"))
                        .events())
                .isZero();
    }

    @Test
    void aHomeOfOddFixturesComesInWithoutALoss() throws IOException {
        Path home = Corpora.shared("corpora/open/home-fixtures");
        Desk desk = new Desk(folder);
        ImportReport report = desk.importHome(home);
        assertThat(report.agents())
                .allSatisfy(agent -> assertThat(agent.failed()).isZero());
        assertThat(report.agents())
                .map(ImportReport.AgentTally::agent)
                .contains("cursor", "droid")
                .doesNotContain("kimi");
        assertThat(desk.importHome(home).events()).isZero();
        assertThat(desk.importPaths(home.resolve(".cursor/projects/fixture"), home.resolve(".factory/sessions"))
                        .events())
                .isZero();
        assertThat(desk.importPaths(home.resolve("misc")).events()).isPositive();
        assertThat(desk.importPaths(home.resolve("misc")).events()).isZero();
    }

    @Test
    void aHomeOfKimiCodeAddsUp() throws IOException {
        Path fixture = Corpora.shared("corpora/open/home-fixtures/.kimi/sessions/fixture");
        Path home = folder.resolve("kimi");
        Path agents = home.resolve(".kimi-code/sessions/wd_p_1/session_k-1/agents");
        for (List<String> file : List.of(
                List.of("assistant_tools.jsonl", "main/wire.jsonl"),
                List.of("subagent_agent-0.jsonl", "agent-0/wire.jsonl"))) {
            Path wire = agents.resolve(file.getLast());
            Files.createDirectories(wire.getParent());
            Files.copy(fixture.resolve(file.getFirst()), wire);
        }
        Desk desk = new Desk(folder);
        assertThat(desk.importHome(home).problems()).isEmpty();
        assertThat(desk.sessions()).containsOnlyKeys("k-1", "k-1/agent-0");
        // What steps and a compaction used, of the session and of its subagent; ends of steps repeat it.
        assertThat(desk.totals("kimi"))
                .isEqualTo(Map.of(
                        Measure.TOKENS_IN, 28_763L + 1_411 + 12_905,
                        Measure.TOKENS_OUT, 4_578L + 937 + 330,
                        Measure.CACHE_CREATION_TOKENS, 0L,
                        Measure.CACHE_READ_TOKENS, 620_544L + 40_960 + 28_416));
        assertThat(desk.importHome(home).events()).isZero();
    }

    @Test
    void aFileSeenAtSeveralMomentsGivesWhatItsLastMomentGives() throws IOException {
        for (String session : List.of("768de5d6-9fad-475b-8a4f-dfa7ddc01bb0", "cc432c40-914a-4c1a-a972-0103199a736a")) {
            Path moments = Corpora.shared("corpora/open/growth/claude-code").resolve(session);
            List<Path> files;
            try (var all = Files.list(moments)) {
                files = all.sorted().toList();
            }
            Desk grown = new Desk(folder.resolve(session));
            for (Path moment : files) {
                Files.write(grown.claude(session + ".jsonl"), Files.readAllBytes(moment));
                ImportReport report = grown.importHome();
                assertThat(report.events()).isPositive();
                assertThat(report.agents().getFirst().replaced())
                        .as(moment.toString())
                        .isZero();
            }
            Desk atOnce = new Desk(folder.resolve(session + "-at-once"));
            Files.write(atOnce.claude(session + ".jsonl"), Files.readAllBytes(files.getLast()));
            atOnce.importHome();
            assertThat(grown.events()).isEqualTo(atOnce.events());
            assertThat(grown.sessions().get(session).facts())
                    .isEqualTo(atOnce.sessions().get(session).facts());

            Desk asFiles = new Desk(folder.resolve(session + "-as-files"));
            asFiles.importPaths(moments);
            assertThat(asFiles.events(session)).isEqualTo(atOnce.events(session));
        }
    }
}
