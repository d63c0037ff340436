// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
    private static Path folder(String system, Map<String, String> env) {
        return new Surroundings(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        env,
                        Terminal.NONE,
                        () -> () -> true,
                        Path.of("/home/u"),
                        system,
                        () -> Cli.NOW,
                        () -> ZoneOffset.UTC,
                        new StopSignal())
                .defaultDirectory();
    }

    @Test
    void theLogIsWhereTheSystemKeepsAUsersData() {
        assertThat(folder("Linux", Map.of())).isEqualTo(Path.of("/home/u/.local/share/hotlog"));
        assertThat(folder("Linux", Map.of("XDG_DATA_HOME", "/data"))).isEqualTo(Path.of("/data/hotlog"));
        assertThat(folder("Mac OS X", Map.of())).isEqualTo(Path.of("/home/u/Library/Application Support/hotlog"));
        assertThat(folder("Windows 11", Map.of("LOCALAPPDATA", "/local"))).isEqualTo(Path.of("/local/hotlog"));
    }

    @Test
    void theUsersOwnChoiceComesFirst() {
        assertThat(folder("Linux", Map.of("HOTLOG_DIR", "/my/log", "XDG_DATA_HOME", "/data")))
                .isEqualTo(Path.of("/my/log"));
        assertThat(folder("Linux", Map.of("HOTLOG_DIR", "", "XDG_DATA_HOME", "")))
                .isEqualTo(Path.of("/home/u/.local/share/hotlog"));
    }

    @Test
    void theHomeIsTheOneThatAgentsGoBy() {
        assertThat(Surroundings.home(Map.of("HOME", "/home/other"), "/home/u")).isEqualTo(Path.of("/home/other"));
        for (String none : new String[] {"", "here", "."}) {
            assertThat(Surroundings.home(Map.of("HOME", none), "/home/u")).isEqualTo(Path.of("/home/u"));
        }
        assertThat(Surroundings.home(Map.of(), "/home/u")).isEqualTo(Path.of("/home/u"));
    }
}
