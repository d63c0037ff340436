// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.hooks.ShellWord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What starts a program with the user's session: a file that the system's own manager of services reads.
enum ServiceForm {
    SYSTEMD {
        @Override
        Path file(Path home, Map<String, String> env) {
            String config = env.getOrDefault("XDG_CONFIG_HOME", "");
            Path folder = config.isEmpty() ? home.resolve(".config") : Path.of(config);
            return folder.resolve("systemd/user/hotlog-watch.service");
        }

        @Override
        String text(List<String> command, Map<String, String> env) {
            return """
                    [Unit]
                    Description=Hotlog takes in what coding agents do as they do it

                    [Service]
                    ExecStart=%s
                    %sRestart=on-failure
                    RestartSec=30
                    Nice=5
                    UMask=0077

                    [Install]
                    WantedBy=default.target
                    """.formatted(
                    command.stream().map(ServiceForm::systemdCommandWord).collect(Collectors.joining(" ")),
                    env.entrySet().stream()
                            .map(variable ->
                                    "Environment=" + systemdWord(variable.getKey() + "=" + variable.getValue()) + "\n")
                            .collect(Collectors.joining()));
        }

        @Override
        String start(Path file) {
            return "systemctl --user daemon-reload && systemctl --user enable --now hotlog-watch";
        }

        @Override
        String stop(Path file) {
            return "systemctl --user disable --now hotlog-watch";
        }
    },

    LAUNCHD {
        @Override
        Path file(Path home, Map<String, String> env) {
            return home.resolve("Library/LaunchAgents/dev.hotlog.watch.plist");
        }

        @Override
        String text(List<String> command, Map<String, String> env) {
            return """
                    <?xml version="1.0" encoding="UTF-8"?>
                    <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                    <plist version="1.0">
                    <dict>
                      <key>Label</key>
                      <string>dev.hotlog.watch</string>
                      <key>ProgramArguments</key>
                      <array>
                    %s  </array>
                      <key>EnvironmentVariables</key>
                      <dict>
                    %s  </dict>
                      <key>RunAtLoad</key>
                      <true/>
                      <key>KeepAlive</key>
                      <dict>
                        <key>SuccessfulExit</key>
                        <false/>
                      </dict>
                      <key>ThrottleInterval</key>
                      <integer>30</integer>
                      <key>ProcessType</key>
                      <string>Background</string>
                      <key>Umask</key>
                      <integer>63</integer>
                    </dict>
                    </plist>
                    """.formatted(
                            command.stream()
                                    .map(word -> "    <string>" + xml(word) + "</string>\n")
                                    .collect(Collectors.joining()),
                            env.entrySet().stream()
                                    .map(variable -> "    <key>" + xml(variable.getKey()) + "</key>\n    <string>"
                                            + xml(variable.getValue()) + "</string>\n")
                                    .collect(Collectors.joining()));
        }

        @Override
        String start(Path file) {
            return "launchctl bootstrap gui/$(id -u) " + ShellWord.of(file.toString());
        }

        @Override
        String stop(Path file) {
            return "launchctl bootout gui/$(id -u)/dev.hotlog.watch";
        }
    };

    /// Where the service's file belongs.
    abstract Path file(Path home, Map<String, String> env);

    /// @param command and its arguments
    /// @param env variables that it needs
    abstract String text(List<String> command, Map<String, String> env);

    /// The command that starts the service now, and with each session.
    abstract String start(Path file);

    /// The command that ends it, and has it start no more.
    abstract String stop(Path file);

    private static String systemdWord(String word) {
        return "\""
                + word.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("%", "%%")
                        .replace("\n", "\\n") + "\"";
    }

    /// In a command variables have values.
    private static String systemdCommandWord(String word) {
        return systemdWord(word.replace("$", "$$"));
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
