// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

/// How a text stands out on a terminal.
enum Colour {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    BLUE("34"),
    MAGENTA("35"),
    CYAN("36");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    /// The number that switches it on, as ANSI terminals know it; empty for none.
    String code() {
        return code;
    }
}
