// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The system's own commands.
final class Shell {
    private static final int MOST_SECONDS = 120;

    private Shell() {}

    /// What a command came to.
    record Outcome(int code, String out, String err) {}

    /// Runs a command that must succeed.
    ///
    /// @return what it printed
    static String run(List<String> command) throws IOException, InterruptedException {
        Outcome outcome = outcome(new ProcessBuilder(command));
        if (outcome.code() != 0) {
            throw new IOException(String.join(" ", command) + ": " + outcome);
        }
        return outcome.out();
    }

    static String run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    static Outcome outcome(ProcessBuilder command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("hotlog-out", ".txt");
        Path err = Files.createTempFile("hotlog-err", ".txt");
        try {
            Process process = command.redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.command() + " does not end");
            }
            return new Outcome(process.exitValue(), text(out), text(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
