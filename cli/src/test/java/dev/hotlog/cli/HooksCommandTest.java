// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.cli.Cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksCommandTest {
    @TempDir
    Path temp;

    private Cli cli;
    private Path settings;

    @BeforeEach
    void aHome() {
        cli = Cli.on(temp.resolve("log"));
        settings = temp.resolve("home/.claude/settings.json");
    }

    @Test
    void hooksComeAndGoAndTell() {
        assertThat(cli.run("hooks").out()).containsPattern("claude-code +none +0 ");
        Result installed = cli.run("hooks", "install", "claude");
        assertThat(installed.code()).isZero();
        assertThat(installed.err()).contains("installed in " + settings);
        assertThat(temp.resolve("log/spool")).isDirectory();
        assertThat(cli.run("hooks", "status").out()).containsPattern("claude-code +9 of 9 +0 ");
        assertThat(cli.run("hooks", "--json").out()).contains("\"installed\":9,\"events\":9,");
        assertThat(cli.run("hooks", "install", "claude-code").err()).contains("installed already");
        assertThat(cli.run("hooks", "uninstall", "claude").err()).contains("taken out of " + settings);
        assertThat(cli.run("hooks", "uninstall", "claude").err()).contains("there were none");
    }

    @Test
    void whatHooksToldIsTakenInByAnImportOfTheOwnHome() throws IOException {
        cli.run("hooks", "install", "claude");
        Path call = Files.writeString(temp.resolve("log/spool/claude-code.1.2"), """
                {"session_id":"s","hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"ls"}}""");
        assertThat(cli.run("hooks").out()).containsPattern("9 of 9 +1 ");
        assertThat(cli.run("import", "--home", temp.toString()).code()).isOne();
        assertThat(call).exists();

        assertThat(cli.run("import").out()).containsPattern("claude-code hooks +1 ");
        assertThat(call).doesNotExist();
        assertThat(cli.run("show", "s", "--full").out()).contains("PreToolUse");
        assertThat(cli.run("sessions").out()).contains("claude-code");
        assertThat(cli.run("verify").code()).isZero();
    }

    @Test
    void settingsThatAreNoJsonAreRefusedInOneLine() throws IOException {
        Files.createDirectories(settings.getParent());
        Files.writeString(settings, "{ not json");
        Result refused = cli.run("hooks", "install", "claude");

        assertThat(refused.code()).isEqualTo(Exit.NO);
        assertThat(refused.err().lines())
                .singleElement()
                .asString()
                .contains(settings + ": not JSON", "nothing was changed");
        assertThat(settings).hasContent("{ not json");
    }

    @Test
    void whatIsAskedMustMakeSense() {
        assertThat(cli.run("hooks", "instal").code()).isEqualTo(Exit.USAGE);
        assertThat(cli.run("hooks", "install").err()).contains("whose hooks?");
        assertThat(cli.run("hooks", "install", "codex").err()).contains("not of 'codex'");
        assertThat(cli.run("hooks", "install", "claude", "codex").code()).isEqualTo(Exit.USAGE);
    }
}
