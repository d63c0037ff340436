// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import picocli.CommandLine.Option;

/// `--json` where there is no other way to print, so that a script may say it to every command.
final class JsonLinesOption {
    @Option(names = "--json", description = "Print JSON Lines, as this command always does.")
    boolean on;
}
