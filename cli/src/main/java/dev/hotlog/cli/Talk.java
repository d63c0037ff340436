// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;

/// Standard error: what is said to the person, beside the data. A talk that nobody hears is no failure.
final class Talk {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final String INDENT = "\n  ";
    private static final int INDENT_COLUMNS = INDENT.length() - 1;

    private final PrintStream err;
    private final boolean terminal;
    private final IntSupplier columns;
    private boolean inProgress;

    /// @param around whether a line may be rewritten, and how wide it may be
    Talk(OutputStream err, Terminal around) {
        this.err = new PrintStream(err, false, StandardCharsets.UTF_8);
        this.terminal = around.err();
        this.columns = around.columns();
    }

    /// One line, from the program.
    synchronized void say(String line) {
        tell("hotlog: " + Printable.line(line));
    }

    /// One line as it is; on a terminal as many as it takes, broken at spaces alone: paths without any stay whole.
    synchronized void tell(String line) {
        endProgress();
        int most = terminal ? columns.getAsInt() : 0;
        err.print(most > 0 ? String.join(INDENT, Wrapped.words(line, most - INDENT_COLUMNS)) : line);
        err.print('\n');
        err.flush();
    }

    /// Shows how far something has come, in place of the last time; nothing unless on a terminal.
    synchronized void progress(String line) {
        if (terminal) {
            inProgress = true;
            err.print(CLEAR_LINE + line);
            err.flush();
        }
    }

    /// Takes the progress line away.
    synchronized void endProgress() {
        if (inProgress) {
            inProgress = false;
            err.print(CLEAR_LINE);
            err.flush();
        }
    }

    boolean showsProgress() {
        return terminal;
    }

    void trace(Exception problem) {
        problem.printStackTrace(err);
        err.flush();
    }
}
