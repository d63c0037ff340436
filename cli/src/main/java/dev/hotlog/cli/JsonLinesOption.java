// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

/// `--json` where there is no other way to print, so that a script may say it to every command.
final class JsonLinesOption {
    boolean on;

    void declare(Options options) {
        options.flag("--json", "Print JSON Lines, as this command always does.", () -> on = true);
    }
}
