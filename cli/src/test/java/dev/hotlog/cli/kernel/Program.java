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
    /// What the JVM keeps of the program, so that a start takes two thirds of the time: some thousand of them are most
    /// of what these tests do. One for each process of tests.
    private static final Path AOT_CACHE = Path.of(
                    "target", "kernel-" + ProcessHandle.current().pid() + ".aot")
            .toAbsolutePath();

    private static final List<String> REHEARSED = List.of(
            "append", "replay", "verify", "sessions", "report", "report --by agent,model", "get rehearsal-1 1", "info");

    private final Path log;
    private final List<String> under;

    private Program(Path log, List<String> under) {
        this.log = log;
        this.under = under;
    }

    static Program on(Path log) throws IOException, InterruptedException {
        assertThat(JAR).as("what `./mvnw -pl cli -am package` makes").exists();
        makeCache();
        return new Program(log, List.of());
    }

    /// As the launcher does.
    private static synchronized void makeCache() throws IOException, InterruptedException {
        if (Files.exists(AOT_CACHE)) {
            return;
        }
        Path folder = Files.createTempDirectory("hotlog-rehearsal");
        try {
            String log = folder.resolve("log").toString();
            Path commands = Files.write(folder.resolve("commands"), REHEARSED);
            ProcessBuilder rehearsal = new ProcessBuilder(
                    java("-XX:AOTCacheOutput=" + AOT_CACHE, "-cp", JAR.toString(), "dev.hotlog.cli.Rehearsal", log));
            rehearsal.environment().put("HOTLOG_DIR", log);
            rehearsal
                    .redirectInput(commands.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            AOT_CACHE.toFile().deleteOnExit();
        } finally {
            Shell.run("rm", "-r", folder.toString());
        }
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
        command.addAll(java("-XX:AOTCache=" + AOT_CACHE, "-jar", JAR.toString(), "--dir", log.toString()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    private static List<String> java(String cache, String... words) {
        List<String> command = new ArrayList<>(List.of(
                JAVA.toString(),
                cache,
                "-Xlog:disable",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx256m"));
        command.addAll(List.of(words));
        return command;
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
