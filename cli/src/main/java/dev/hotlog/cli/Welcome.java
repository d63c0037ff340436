// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;
import java.util.List;

/// What the program says of itself when it is not told what to do.
final class Welcome {
    private static final int EXAMPLE_COLUMNS = 33;
    private static final int VERB_COLUMNS = 11;
    private static final String MARGIN = "  ";
    /// A narrower terminal breaks the lines itself.
    private static final int LEAST_COLUMNS = 20;
    /// Wider text is hard to read.
    private static final int MOST_COLUMNS = 80;

    private final Desk desk;

    Welcome(Desk desk) {
        this.desk = desk;
    }

    void print() throws IOException {
        text("hotlog keeps what AI coding agents did, and answers from it.");
        desk.page().line();
        text("Usage: hotlog [--dir DIR] COMMAND [OPTION...]");
        desk.page().line();
        heading("Start here");
        example("hotlog demo", "see it work on a small sample");
        example("hotlog import", "take in this machine's transcripts");
        example("hotlog sessions", "what the agents did, newest first");
        example("hotlog show 5d0c", "one of them, told as a timeline");
        example("hotlog report --by agent,model", "what it took, in tokens and money");
        desk.page().line();
        heading("Commands");
        for (Verb verb : Verb.values()) {
            entry(verb.word(), VERB_COLUMNS, verb.summary());
        }
        desk.page().line();
        text("'hotlog COMMAND --help' tells more of each. The log is in --dir DIR, else $HOTLOG_DIR, else in this"
                + " user's data folder. Nothing leaves this machine.");
    }

    private void text(String text) throws IOException {
        for (String line : Wrapped.lines(text, columns())) {
            desk.page().line(line);
        }
    }

    private int columns() {
        return Math.min(desk.width(), MOST_COLUMNS);
    }

    private void heading(String words) throws IOException {
        desk.page().line(desk.ink().paint(Colour.BOLD, words));
    }

    private void example(String command, String what) throws IOException {
        entry(command, EXAMPLE_COLUMNS, what);
    }

    private void entry(String command, int commandColumns, String what) throws IOException {
        int indent = MARGIN.length() + commandColumns;
        List<String> lines = Wrapped.lines(what, Math.max(LEAST_COLUMNS, columns() - indent));
        String padded = command + " ".repeat(commandColumns - command.length());
        desk.page().line(MARGIN + desk.ink().paint(Colour.CYAN, padded) + lines.getFirst());
        for (String line : lines.subList(1, lines.size())) {
            desk.page().line(" ".repeat(indent) + line);
        }
    }
}
