// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.LogException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.Objects;
import picocli.CommandLine;

/// How a command ends: exit codes are a contract that scripts rely on. The one place that turns what went wrong
/// into a code and one line.
final class Exit {
    static final int FINE = 0;
    /// The answer is no: not found, a line not taken, or (verify) a torn end.
    static final int NO = 1;
    /// The command line makes no sense.
    static final int USAGE = 2;
    /// Damaged data, also when no event is lost.
    static final int DAMAGED = 3;
    /// Another writer has the log.
    static final int LOCKED = 4;
    /// The system said no: disk full, I/O, permission.
    static final int SYSTEM = 5;

    private Exit() {}

    /// Tells the user what went wrong.
    ///
    /// @return the exit code for it
    static int report(Exception problem, Desk desk) {
        if (desk.wantsTraces()) {
            desk.talk().trace(problem);
        }
        return switch (problem) {
            // Whoever was reading has seen enough.
            case PipeOutput.Closed _ -> FINE;
            case UncheckedIOException wrapped -> report(Objects.requireNonNull(wrapped.getCause()), desk);
            case LogException log -> told(log, desk);
            case Refusal refusal -> told(refusal.getMessage(), refusal.exitCode(), desk);
            case CommandLine.ParameterException usage -> told(Misuse.told(usage), USAGE, desk);
            case PipeOutput.Unwritable unwritable -> told(line(unwritable), SYSTEM, desk);
            case InvalidPathException path ->
                told("'" + path.getInput() + "' is no path: " + path.getReason(), SYSTEM, desk);
            case FileSystemException named
            when named.getFile() != null ->
                report(new LogException.Storage("cannot use " + named.getFile(), named), desk);
            case IOException io -> report(new LogException.Storage("input or output", io), desk);
            default -> told("internal error: " + problem + " (HOTLOG_DEBUG=1 shows where)", SYSTEM, desk);
        };
    }

    private static int told(LogException problem, Desk desk) {
        String line = line(problem);
        return switch (problem) {
            case LogException.Missing _ ->
                told(
                        line + " yet: '" + desk.command() + " import' takes in this machine's transcripts, '"
                                + desk.command() + " demo' shows a sample",
                        NO,
                        desk);
            case LogException.KeyTaken _ -> told(line, NO, desk);
            case LogException.Damaged _ -> told(line + "; " + wayOut(desk), DAMAGED, desk);
            case LogException.UnsupportedFormat _ -> told(line, DAMAGED, desk);
            case LogException.Locked _ -> told(line, LOCKED, desk);
            case LogException.Stopped _ -> told(line, SYSTEM, desk);
            case LogException.Storage _ -> told(line, SYSTEM, desk);
        };
    }

    /// What to do about damage.
    static String wayOut(Desk desk) {
        return "'" + desk.command() + " verify' tells all, '" + desk.command() + " repair' mends the log";
    }

    private static int told(String line, int code, Desk desk) {
        desk.talk().say(line);
        return code;
    }

    /// The first line of its message; there is always something to say.
    static String line(Exception problem) {
        String message = problem.getMessage();
        return message == null
                ? problem.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
