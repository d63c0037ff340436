// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the launcher tells the JVM, of which a stand-in prints what it is told.
@Timeout(60)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a shell script")
class LauncherTest {
    private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

    @TempDir
    Path root;

    @BeforeEach
    void aFolderInWhichAllIsBuilt() throws IOException {
        Files.copy(Path.of("..", "hotlog"), root.resolve("hotlog"));
        Path kept = Files.createDirectories(root.resolve("cli/target/launcher"));
        Path home = Files.createDirectories(root.resolve("java/bin")).getParent();
        Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        for (String name : List.of("hotlog.jar", "hotlog.aot", "built")) {
            Files.writeString(kept.resolve(name), name);
        }
        Files.writeString(kept.resolve("java"), home + "\n\n");
    }

    private List<String> told(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("sh", root.resolve("hotlog").toString()));
        command.addAll(List.of(words));
        ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().keySet().removeIf(name -> name.startsWith("HOTLOG_"));
        Process launched = process.start();
        List<String> told = new String(launched.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(launched.waitFor()).as("%s", told).isZero();
        return told;
    }

    @Test
    void wordsArriveAsTheyWere() throws Exception {
        assertThat(told("--dir", "a log", "search", "", "*", "$HOME"))
                .endsWith("--dir", "a log", "search", "", "*", "$HOME");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--version",
                "--help",
                "sessions",
                "sessions -n 50 --json",
                "--dir import sessions",
                "report",
                "report --by day",
                "report --by=week --csv",
                "report --since 7d",
                "report --session 5d0c",
                "sessions --session 5d0c",
                "get 5d0c 1",
                "info",
                "agents",
            })
    void whatEndsSoonHasOneCompiler(String words) throws Exception {
        assertThat(told(words.split(" "))).contains(ONE_COMPILER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import",
                "--dir sessions import",
                "--dir=sessions watch",
                "search report",
                "show 5d0c",
                "tools",
                "verify",
                "sessions --all",
                "sessions --since 7d",
                "sessions --agent=codex",
                "sessions -n 10000",
                "sessions --limit=10000",
                "report --by model",
                "report --by=day,model",
                "report --project p",
                "report --explain",
            })
    void whatMayGoThroughAllHasBoth(String words) throws Exception {
        assertThat(told(words.split(" "))).isNotEmpty().doesNotContain(ONE_COMPILER);
    }
}
