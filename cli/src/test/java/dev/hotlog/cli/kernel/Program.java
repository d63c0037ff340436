// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The packaged program on one log, as its users run it: the jar, in a process of its own.
final class Program {
    static final int FINE = 0;
    static final int TORN = 1;
    static final int SYSTEM = 5;
    /// How a process ends that `kill -9` ends.
    static final int KILLED = 128 + 9;

    private static final Path JAR = Path.of("target", "hotlog.jar").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Path log;
    private final List<String> under;

    private Program(Path log, List<String> under) {
        this.log = log;
        this.under = under;
    }

    static Program on(Path log) {
        assertThat(JAR).as("what `./mvnw -pl cli -am package` makes").exists();
        return new Program(log, List.of());
    }

    /// The same, started by another program such as strace.
    Program under(List<String> words) {
        return new Program(log, words);
    }

    Path log() {
        return log;
    }

    ProcessBuilder command(String... words) {
        List<String> command = new ArrayList<>(under);
        command.addAll(List.of(
                JAVA.toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-Xmx256m",
                "-jar",
                JAR.toString(),
                "--dir",
                log.toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    Shell.Outcome run(String... words) throws IOException, InterruptedException {
        return Shell.outcome(command(words));
    }

    /// Reads the whole log, and fails unless it holds the events 0, 1, 2, … of that writer, byte for byte, up to those
    /// that were acknowledged at least.
    ///
    /// @return how many there are
    long holds(Sent sent, long acknowledged) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("hotlog-replay", ".txt");
        try {
            Process replay = command("replay").redirectError(errors.toFile()).start();
            replay.getOutputStream().close();
            long found = 0;
            try (Stream<String> lines = replay.inputReader().lines()) {
                for (String line : (Iterable<String>) lines::iterator) {
                    if (!line.equals(sent.replayed(found))) {
                        assertThat(line).as("event at %d", found).isEqualTo(sent.replayed(found));
                    }
                    found++;
                }
            }
            assertThat(replay.waitFor())
                    .as("replay: " + Files.readString(errors))
                    .isEqualTo(FINE);
            assertThat(found).as("events found").isGreaterThanOrEqualTo(acknowledged);
            return found;
        } finally {
            Files.delete(errors);
        }
    }

    /// Fails unless every byte is as it was written; the end may be torn.
    void isSound() throws IOException, InterruptedException {
        Shell.Outcome verify = run("verify");
        assertThat(verify.code()).as(verify.toString()).isIn(FINE, TORN);
    }
}
