// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

/// The choice of a form for programs instead of a table.
final class FormOptions {
    boolean json;

    boolean csv;

    void declare(Options options) {
        options.flag("--json", "Print JSON.", () -> json = true);
        options.flag("--csv", "Print CSV: a line of names, then figures as they are.", () -> csv = true);
    }

    Form form() throws Refusal {
        if (json && csv) {
            throw Refusal.usage("--json and --csv are two forms; one can be printed");
        }
        return json ? Form.JSON : csv ? Form.CSV : Form.TABLE;
    }
}
