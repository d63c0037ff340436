// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Cli.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotlog.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every command says of a log that is not as it should be.
class BadLogTest {
    private static final String READERS_AND_WRITERS =
            "replay;get s 1;tail;sessions;show s;report;report --explain;info;append;import --home .";

    @TempDir
    Path temp;

    private Cli cli;

    @BeforeEach
    void aLog() {
        cli = Cli.on(temp.resolve("log"));
    }

    private static Stream<String> commands() {
        return Stream.of(READERS_AND_WRITERS.split(";"));
    }

    @Test
    void damageIsToldAndEverythingElseIsRead() throws IOException {
        for (int seq = 0; seq < 10; seq++) {
            cli.having(event("s", seq, "message", "\"payload\":\"number-" + seq + "\""));
        }
        new LogFiles(cli.directory()).damage("number-4");

        for (String command : new String[] {"replay", "tail -n 10", "report --explain --json"}) {
            Result result = cli.run(command.split(" "));
            assertThat(result.code()).as(command).isEqualTo(3);
            assertThat(result.err().lines())
                    .as(command)
                    .singleElement()
                    .asString()
                    .startsWith("hotlog: ")
                    .contains("lost");
            assertThat(result.out()).as(command).doesNotContain("number-4");
        }
        assertThat(cli.run("replay").out()).contains("number-3").contains("number-5");
        assertThat(cli.run("tail", "-n", "6").outLines()).hasSize(6);
        assertThat(cli.run("show", "s").out())
                .contains("number-3")
                .contains("number-5")
                .doesNotContain("number-4");
        assertThat(cli.run("get", "s", "4").code()).isIn(1, 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFolderOfForeignFilesIsNamedAndLeftAlone(boolean asFile) throws IOException {
        Path foreign = asFile ? cli.directory() : cli.directory().resolve("00000000000000000000.hotlog");
        Files.createDirectories(foreign.getParent());
        Files.writeString(foreign, "this is not ours");

        commands().forEach(command -> {
            Result result = cli.run(command.split(" "));
            assertThat(result.code()).as("%s: %s", command, result.err()).isIn(1, 3, 5);
            assertThat(result.err().lines())
                    .as(command)
                    .singleElement()
                    .asString()
                    .startsWith("hotlog: ");
            assertThat(result.err()).as(command).doesNotContain("internal error");
        });
        assertThat(Files.readString(foreign)).isEqualTo("this is not ours");
    }

    @Test
    void aFolderWithoutPermissionIsNamed() {
        cli.having(event("s", 1, "message", ""));
        assumeTrue(
                cli.directory().toFile().setExecutable(false)
                        && !Files.exists(cli.directory().resolve("x").getParent()),
                "this user may enter everything");
        commands().forEach(command -> {
            Result result = cli.run(command.split(" "));
            assertThat(result.code()).as(command).isEqualTo(5);
            assertThat(result.err().lines())
                    .as(command)
                    .singleElement()
                    .asString()
                    .contains("permission denied");
        });
        assertThat(cli.directory().toFile().setExecutable(true)).isTrue();
    }
}
