// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A program with its arguments. An exit code other than 0 is an error.
///
/// @param environment beside that of this process
record Command(List<String> words, Map<String, String> environment) {
    static Command of(List<String> words) {
        return new Command(words, Map.of());
    }

    static Command of(String... words) {
        return of(List.of(words));
    }

    /// The program `./hotlog` of the project.
    static Command hotlog(Settings settings, List<String> arguments) {
        Path launcher = settings.root().resolve("hotlog");
        return of(Stream.concat(Stream.of(launcher.toString()), arguments.stream())
                .toList());
    }

    /// The same in another environment, beside that of this process.
    Command with(Map<String, String> otherEnvironment) {
        return new Command(words, otherEnvironment);
    }

    /// Runs it, and drops what it says.
    ///
    /// @return what it took, from before it was started until it had ended
    double millis() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = builder()
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int outcome = process.waitFor();
        long nanos = System.nanoTime() - start;
        check(outcome);
        return nanos / 1e6;
    }

    /// Runs it. What it says on stderr is shown.
    ///
    /// @return what it prints
    String output() throws IOException, InterruptedException {
        Process process =
                builder().redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        check(process.waitFor());
        return printed;
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().putAll(environment);
        return builder;
    }

    private void check(int outcome) throws IOException {
        if (outcome != 0) {
            throw new IOException(String.join(" ", words) + " ended with exit code " + outcome);
        }
    }
}
