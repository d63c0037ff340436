// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.agents.hooks.ClaudeCodeSettings.Change;
import dev.hotlog.agents.ingest.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClaudeCodeSettingsTest {
    private static final String OTHERS = """
            {
              "model": "opus",
              "ratio": 1.50,
              "large": 123456789012345678901234567890,
              "hooks": {
                "PostToolUse": [
                  {
                    "matcher": "Edit",
                    "hooks": [
                      {
                        "type": "command",
                        "command": "gofmt"
                      }
                    ]
                  }
                ],
                "Somewhen": []
              },
              "permissions": {
                "allow": [
                  "Bash(ls:*)"
                ],
                "deny": []
              }
            }
            """;

    @TempDir
    Path temp;

    private Path file;
    private ClaudeCodeSettings settings;
    private String command;

    @BeforeEach
    void aHome() throws IOException {
        file = temp.resolve(".claude/settings.json");
        Files.createDirectories(file.getParent());
        settings = ClaudeCodeSettings.of(temp, Map.of());
        command = HookCommand.of("claude-code", Spool.of(temp.resolve("log")));
    }

    private long filesBeside() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.count();
        }
    }

    @Test
    void settingsThatAreNotThereAreMade() throws Exception {
        Files.delete(file.getParent());
        Change change = settings.install(command);

        assertThat(change.changed()).isTrue();
        assertThat(change.backup()).isEmpty();
        assertThat(settings.installed(command)).isEqualTo(ClaudeCodeSettings.events());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        settings.uninstall();
        assertThat(file).hasContent("{}");
    }

    @Test
    void whatOthersSetStaysAndIsAllThatIsLeftAtTheEnd() throws Exception {
        Files.writeString(file, OTHERS);
        Change change = settings.install(command);

        assertThat(change.backup().orElseThrow()).hasContent(OTHERS);
        assertThat(Files.readString(file))
                .startsWith(OTHERS.substring(0, OTHERS.indexOf("    ],\n    \"Somewhen\"") - 4))
                .contains("\"matcher\": \"*\"", "gofmt", "123456789012345678901234567890");
        assertThat(settings.installed(command)).isEqualTo(ClaudeCodeSettings.events());

        assertThat(settings.uninstall().changed()).isTrue();
        assertThat(Files.readString(file)).isEqualTo(OTHERS);
    }

    @Test
    void toInstallTwiceChangesNothing() throws Exception {
        Files.writeString(file, OTHERS);
        settings.install(command);
        String once = Files.readString(file);
        long files = filesBeside();

        assertThat(settings.install(command)).isEqualTo(new Change(false, Optional.empty()));
        assertThat(file).hasContent(once);
        assertThat(filesBeside()).isEqualTo(files);
        settings.uninstall();
        assertThat(settings.uninstall().changed()).isFalse();
    }

    @Test
    void anOlderCommandOfOursIsReplaced() throws Exception {
        settings.install(HookCommand.of("claude-code", Spool.of(temp.resolve("elsewhere"))));
        assertThat(settings.installed(command)).isZero();
        settings.install(command);

        assertThat(Files.readString(file)).doesNotContain("elsewhere");
        assertThat(settings.installed(command)).isEqualTo(ClaudeCodeSettings.events());
    }

    @Test
    void ofAGroupThatOthersShareOnlyOurEntryGoes() throws Exception {
        settings.install(command);
        String shared = Files.readString(file)
                .replaceFirst("\"hooks\": \\[\n", "\"hooks\": [\n{\"type\": \"command\", \"command\": \"theirs\"},\n");
        Files.writeString(file, shared);
        settings.uninstall();

        assertThat(Files.readString(file)).contains("theirs").doesNotContain("spool");
    }

    @Test
    void eachChangeKeepsWhatWasThereBefore() throws Exception {
        Files.writeString(file, OTHERS);
        Path first = settings.install(command).backup().orElseThrow();
        Path second = settings.uninstall().backup().orElseThrow();

        assertThat(first).hasContent(OTHERS).isNotEqualTo(second);
        assertThat(Files.readString(second)).contains("spool");
    }

    @Test
    void aLinkStaysOneAndPermissionsStay() throws Exception {
        Path real = Files.writeString(temp.resolve("dotfiles.json"), OTHERS);
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r-----"));
        Files.createSymbolicLink(file, real);
        settings.install(command);

        assertThat(file).isSymbolicLink();
        assertThat(Files.readString(real)).contains("spool");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(real)))
                .isEqualTo("rw-r-----");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"a\":1",
                "{\"a\":1} {}",
                "{\"a\":1,\"a\":2}",
                "// mine\n{}",
                "{\"hooks\":[]}",
                "{\"hooks\":null}",
                "{\"hooks\":{\"Stop\":{}}}"
            })
    void settingsThatMakeNoSenseAreNotTouched(String text) throws Exception {
        Files.writeString(file, text);

        assertThatThrownBy(() -> settings.install(command)).isInstanceOf(UnfitSettings.class);
        assertThat(file).hasContent(text);
        assertThat(filesBeside()).isOne();
    }

    @Test
    void aLinkThatLeadsNowhereIsNotTouched() throws Exception {
        Files.createSymbolicLink(file, temp.resolve("nowhere"));
        assertThatThrownBy(() -> settings.install(command)).isInstanceOf(UnfitSettings.class);
    }

    @Test
    void theFolderMayBeTold() {
        assertThat(ClaudeCodeSettings.of(temp, Map.of("CLAUDE_CONFIG_DIR", "/else,/more"))
                        .file())
                .isEqualTo(Path.of("/else/settings.json"));
    }
}
