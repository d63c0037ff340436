// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hotlog.bench.peer.Peer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void withoutWordsAllIsMeasured() {
        Settings settings = Settings.parse(List.of("--root", "/src"));
        assertThat(settings.events()).isEqualTo(1_000_000);
        assertThat(settings.parts())
                .containsExactly(
                        Part.APPEND,
                        Part.SCAN,
                        Part.LOOKUP,
                        Part.SIZE,
                        Part.HISTORY,
                        Part.TAIL,
                        Part.ALLOCATION,
                        Part.START,
                        Part.PROGRAM,
                        Part.IMPORT,
                        Part.GROWTH);
        assertThat(settings.sizes()).containsExactly(100_000, 1_000_000, 10_000_000);
        assertThat(settings.peers()).containsExactly(Peer.values());
        assertThat(settings.folder()).isEqualTo(Path.of("/src/bench/target").toAbsolutePath());
    }

    @Test
    void whatIsAskedForIsMeasured() {
        Settings settings = Settings.parse(
                List.of("lookup", "--events", "20,000", "--rounds", "2", "--dir", "/logs", "--peers", "lmdb,sqlite"));
        assertThat(settings.parts()).containsExactly(Part.LOOKUP);
        assertThat(settings.events()).isEqualTo(20_000);
        assertThat(settings.rounds()).isEqualTo(2);
        assertThat(settings.peers()).containsExactly(Peer.SQLITE, Peer.LMDB);
        assertThat(settings.folder()).isEqualTo(Path.of("/logs").toAbsolutePath());
    }

    @Test
    void theSizesOfAGrowthAscend() {
        assertThat(Settings.parse(List.of("growth", "--sizes", "1000000,20000")).sizes())
                .containsExactly(20_000, 1_000_000);
    }

    @Test
    void aQuickRunFetchesNothingAndLeavesThePictureOfTheDocs() {
        Settings quick = Settings.parse(List.of("--root", "/src", "--quick"));
        assertThat(quick.fetch()).isEqualTo(Fetch.NOTHING);
        assertThat(quick.svg())
                .isEqualTo(Path.of("/src/bench/target/growth.svg").toAbsolutePath());
        Settings whole = Settings.parse(List.of("--root", "/src"));
        assertThat(whole.fetch()).isEqualTo(Fetch.WHAT_IS_MISSING);
        assertThat(whole.svg()).isEqualTo(Path.of("/src/docs/growth.svg").toAbsolutePath());
    }

    @Test
    void aPartIsToldAllThatWasAskedFor() {
        Settings settings = Settings.parse(List.of("--quick", "--root", "/src", "--commit", "abc", "scan"));
        assertThat(Settings.parse(settings.words(Part.SCAN))).isEqualTo(settings);
        Settings alone = settings.beside(Set.of());
        assertThat(Settings.parse(alone.words(Part.SCAN))).isEqualTo(alone);
    }

    @Test
    void aWordThatIsNotUnderstoodIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse(List.of("apend")))
                .withMessageContaining("apend");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse(List.of("--peers", "lmdb,oracle")))
                .withMessageContaining("oracle");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse(List.of("--events")))
                .withMessageContaining("--events needs a value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse(List.of("--sizes", "100")))
                .withMessageContaining("--sizes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.parse(List.of("--rounds", "many")))
                .withMessageContaining("many");
    }
}
