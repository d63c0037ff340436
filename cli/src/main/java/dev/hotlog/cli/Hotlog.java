// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// What may be said before or after any verb.
@Command(name = "hotlog", sortOptions = false)
final class Hotlog {
    @Option(
            names = "--dir",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            order = 90,
            description = "The log's folder; else $$HOTLOG_DIR, else the data folder of this user.")
    @Nullable
    Path dir;

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            order = 91,
            description = "Show this help.")
    boolean help;
}
