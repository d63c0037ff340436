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
                        Measure.CACHE_READ_TOKENS, 84_425_843L));
        assertThat(desk.totals("codex"))
                .containsEntry(Measure.TOKENS_IN, 8_671_274L)
                .containsEntry(Measure.TOKENS_OUT, 662_534L)
                .containsEntry(Measure.CACHE_READ_TOKENS, 171_572_224L)
                .doesNotContainKey(Measure.CACHE_CREATION_TOKENS);
        assertThat(desk.importHome(home).events()).isZero();
        assertThat(desk.importPaths(home.resolve(".claude"), home.resolve(".codex/sessions"))
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
        assertThat(desk.importHome(home).events()).isZero();
        assertThat(desk.importPaths(home.resolve("misc")).events()).isPositive();
        assertThat(desk.importPaths(home.resolve("misc")).events()).isZero();
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
