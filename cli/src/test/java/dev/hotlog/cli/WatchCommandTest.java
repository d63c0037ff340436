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

/// What `watch` does without staying.
class WatchCommandTest {
    @TempDir
    Path temp;

    private Cli cli;
    private Path unit;
    private Path plist;

    @BeforeEach
    void aHome() {
        cli = Cli.on(temp.resolve("log")).env("HOTLOG_COMMAND", "/opt/50% of $me/hotlog");
        unit = temp.resolve("home/.config/systemd/user/hotlog-watch.service");
        plist = temp.resolve("home/Library/LaunchAgents/dev.hotlog.watch.plist");
    }

    @Test
    void systemdIsToldOfTheWatchAndTheUserHowToStartIt() throws IOException {
        cli.env("CODEX_HOME", "/data/co \"dex\"").env("EDITOR", "vi");
        Result installed = cli.run("watch", "--install");

        assertThat(installed.code()).isZero();
        assertThat(installed.outLines())
                .containsExactly("systemctl --user daemon-reload && systemctl --user enable --now hotlog-watch");
        assertThat(Files.readString(unit))
                .contains("ExecStart=\"/opt/50%% of $$me/hotlog\" \"--dir\" \"" + temp.resolve("log")
                        + "\" \"watch\" \"--quiet\"\n")
                .contains("Environment=\"CODEX_HOME=/data/co \\\"dex\\\"\"\n")
                .doesNotContain("EDITOR");
        assertThat(cli.run("watch", "--install").err()).contains("is there already");

        assertThat(cli.run("watch", "--uninstall").outLines())
                .containsExactly("systemctl --user disable --now hotlog-watch");
        assertThat(unit).doesNotExist();
        assertThat(cli.run("watch", "--uninstall").err()).contains("there is no " + unit);
    }

    @Test
    void systemdsFolderMayBeElsewhere() {
        cli.env("XDG_CONFIG_HOME", temp.resolve("config").toString()).run("watch", "--install");
        assertThat(temp.resolve("config/systemd/user/hotlog-watch.service")).exists();
    }

    @Test
    void launchdIsToldLikewise() throws IOException {
        cli.system("Mac OS X").env("CODEX_HOME", "/a&b");
        Result installed = cli.run("watch", "--install", "--home", "/other");

        assertThat(installed.outLines()).containsExactly("launchctl bootstrap gui/$(id -u) '" + plist + "'");
        assertThat(Files.readString(plist))
                .contains("<string>/opt/50% of $me/hotlog</string>\n")
                .contains("<string>watch</string>\n")
                .contains("<string>/other</string>\n")
                .contains("<key>CODEX_HOME</key>\n    <string>/a&amp;b</string>\n");
        assertThat(cli.run("watch", "--uninstall").code()).isZero();
        assertThat(plist).doesNotExist();
    }

    @Test
    void otherSystemsAreRefused() {
        Result refused = cli.system("Windows 11").run("watch", "--install");
        assertThat(refused.code()).isEqualTo(Exit.USAGE);
        assertThat(refused.err()).contains("Linux (systemd) and macOS (launchd) alone");
    }

    @Test
    void whatIsAskedMustMakeSense() {
        assertThat(cli.run("watch", "--install", "--uninstall").code()).isEqualTo(Exit.USAGE);
        assertThat(cli.run("watch", "--home", "").code()).isEqualTo(Exit.USAGE);
    }
}
