// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

/// A command's own reason to stop: one line for the user, and the exit code.
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private final int exitCode;

    private Refusal(String line, int exitCode) {
        super(line);
        this.exitCode = exitCode;
    }

    /// What was asked for is not there.
    static Refusal notFound(String line) {
        return new Refusal(line, Exit.NO);
    }

    /// What was asked makes no sense.
    static Refusal usage(String line) {
        return new Refusal(line, Exit.USAGE);
    }

    /// What is there cannot be read.
    static Refusal damaged(String line) {
        return new Refusal(line, Exit.DAMAGED);
    }

    /// What was asked for cannot be.
    static Refusal no(String line) {
        return new Refusal(line, Exit.NO);
    }

    /// Another writer has the log.
    static Refusal locked(String line) {
        return new Refusal(line, Exit.LOCKED);
    }

    int exitCode() {
        return exitCode;
    }

    @Override
    public String getMessage() {
        String line = super.getMessage();
        return line == null ? "" : line;
    }
}
