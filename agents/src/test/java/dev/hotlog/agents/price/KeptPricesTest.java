// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptPricesTest {
    @TempDir
    Path folder;

    @Test
    void whatIsKeptIsThereUntilItIsForgotten() throws IOException {
        KeptPrices kept = new KeptPrices(folder);
        assertThat(kept.text()).isEmpty();
        kept.forget();
        kept.keep(new byte[] {1});
        kept.keep(new byte[] {2, 3});
        assertThat(kept.text()).hasValue(new byte[] {2, 3});
        assertThat(folder).isDirectoryContaining(file -> file.endsWith("prices.csv"));
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
        kept.forget();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatCannotBeKeptLeavesNothing() throws IOException {
        KeptPrices kept = new KeptPrices(folder);
        Files.createDirectories(kept.file().resolve("in the way"));
        assertThatThrownBy(() -> kept.keep(new byte[] {1})).isInstanceOf(IOException.class);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(kept.file());
        }
    }
}
