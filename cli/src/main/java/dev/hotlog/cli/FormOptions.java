// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import picocli.CommandLine.Option;

/// The choice of a form for programs instead of a table.
final class FormOptions {
    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Option(names = "--csv", description = "Print CSV: a line of names, then figures as they are.")
    boolean csv;

    Form form() throws Refusal {
        if (json && csv) {
            throw Refusal.usage("--json and --csv are two forms; one can be printed");
        }
        return json ? Form.JSON : csv ? Form.CSV : Form.TABLE;
    }
}
