// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

/// The choice of JSON instead of a table.
final class JsonOption {
    boolean on;

    void declare(Options options) {
        options.flag("--json", "Print JSON.", () -> on = true);
    }
}
