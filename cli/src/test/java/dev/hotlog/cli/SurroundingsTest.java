// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.cli.Cli.Result;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
    private static Path folder(String system, Map<String, String> env) {
        return around(system, env).defaultDirectory();
    }

    private static Path home(String system, String told) {
        return around(system, Map.of("HOME", told)).home();
    }

    private static Surroundings around(String system, Map<String, String> env) {
        return new Surroundings(
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                env,
                Terminal.NONE,
                () -> () -> true,
                "/home/u",
                system,
                () -> Cli.NOW,
                () -> ZoneOffset.UTC,
                new StopSignal());
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
        assertThat(home("Linux", "/home/other")).isEqualTo(Path.of("/home/other"));
        assertThat(home("Windows 11", "/home/other")).isEqualTo(Path.of("/home/u"));
        for (String none : new String[] {"", "here", "."}) {
            assertThat(home("Linux", none)).isEqualTo(Path.of("/home/u"));
        }
        assertThat(around("Linux", Map.of()).home()).isEqualTo(Path.of("/home/u"));
    }

    @Test
    void aHomeThatIsNoPathIsSaidInOneLine(@TempDir Path temp) {
        assertThat(Cli.on(temp.resolve("log")).env("HOME", "/home/\0u").run("import"))
                .isEqualTo(new Result(Exit.SYSTEM, "", "hotlog: '/home/␀u' is no path: Nul character not allowed\n"));
    }
}
