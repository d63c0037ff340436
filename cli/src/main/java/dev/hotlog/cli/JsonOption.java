// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import picocli.CommandLine.Option;

/// The choice of JSON instead of a table.
final class JsonOption {
    @Option(names = "--json", description = "Print JSON.")
    boolean on;
}
