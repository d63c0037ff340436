// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `watch` as its users run it, while a script writes a transcript line by line. Every wait has an end, and tells what
/// the programs said when it comes to it.
class WatchIT {
    private static final int LOCKED = 4;
    private static final long PATIENCE_SECONDS = 60;
    private static final long LOOK_MILLIS = 20;
    private static final String NAME = "3f6b1c52-7d0e-4a8b-9c41-52e0d7a91b64.jsonl";

    @TempDir
    Path temp;

    private Program program;
    private Path home;
    private Path sample;
    private Path transcript;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void aHome() throws Exception {
        program = Program.on(temp.resolve("log"));
        home = Files.createDirectories(temp.resolve("home"));
        try (Stream<Path> files = Files.walk(Path.of("../samples/home"))) {
            sample = files.filter(file -> file.endsWith(NAME)).findAny().orElseThrow();
        }
        transcript = home.resolve(".claude/projects/-w").resolve(NAME);
    }

    @AfterEach
    void endAll() throws Exception {
        for (Process process : started) {
            process.destroyForcibly();
            ends(process);
        }
    }

    private Process start(String name, ProcessBuilder command) throws IOException {
        Process process = command.redirectOutput(file(name, ".out").toFile())
                .redirectError(file(name, ".err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private Path file(String name, String ending) {
        return temp.resolve(name + ending);
    }

    private void until(String what, Callable<Boolean> reached) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!reached.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("in " + PATIENCE_SECONDS + " s not: " + what + "\n" + said());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private void ends(Process process) throws Exception {
        until("the end of " + process.info(), () -> !process.isAlive());
    }

    private String said() throws IOException {
        StringBuilder said = new StringBuilder();
        try (Stream<Path> files = Files.list(temp)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                if (file.toString().endsWith(".err")) {
                    said.append(file.getFileName()).append(": ").append(Files.readString(file));
                }
            }
        }
        return said.toString();
    }

    private Process watch() throws IOException {
        return start("watch", program.command("watch", "--home", home.toString()));
    }

    /// Waits until the watch says that it follows.
    private Process watching() throws Exception {
        Process watch = watch();
        until(
                "a watch that follows",
                () -> Files.readString(file("watch", ".err")).contains("following"));
        return watch;
    }

    /// A script that appends the sample's lines one by one.
    ///
    /// @param pause after each, in seconds
    private Process writing(String pause) throws IOException {
        Files.createDirectories(transcript.getParent());
        String script = "while IFS= read -r line; do printf '%s\\n' \"$line\" >>\"$2\"; sleep \"$3\"; done <\"$1\"";
        return start(
                "script",
                new ProcessBuilder("sh", "-c", script, "sh", sample.toString(), transcript.toString(), pause));
    }

    /// What an import of the whole sample gives, but for the offsets.
    private List<String> imported() throws Exception {
        Program other = Program.on(temp.resolve("other"));
        Path copy = temp.resolve("copy/.claude/projects/-w").resolve(NAME);
        Files.createDirectories(copy.getParent());
        Files.copy(sample, copy);
        assertThat(other.run("import", "--home", temp.resolve("copy").toString())
                        .code())
                .isEqualTo(Program.FINE);
        return sorted(other.run("replay").out().lines());
    }

    private static List<String> sorted(Stream<String> events) {
        return events.map(line -> line.replaceFirst("\"offset\":[0-9]+,?", ""))
                .sorted()
                .toList();
    }

    private void assertAllComeIn() throws Exception {
        List<String> expected = imported();
        until(
                "all " + expected.size() + " events in the log",
                () -> program.run("replay").out().lines().count() >= expected.size());
        assertThat(sorted(program.run("replay").out().lines())).as(said()).isEqualTo(expected);
    }

    @Test
    void linesThatAScriptWritesAreSeenByATailAsTheyAreWritten() throws Exception {
        List<String> expected = imported();
        // A tail needs a log to follow.
        program.run("import", "--home", home.toString());
        Process watch = watching();
        // What was written before the tail has started is among the last ones.
        start("tail", program.command("tail", "-f", "-n", String.valueOf(expected.size())));
        Process writing = writing("0.05");
        Path seen = file("tail", ".out");
        until("all " + expected.size() + " events seen by the tail", () -> {
            String text = Files.readString(seen);
            return text.endsWith("\n") && text.lines().count() >= expected.size();
        });
        assertThat(sorted(Files.readAllLines(seen).stream())).as(said()).isEqualTo(expected);
        ends(writing);
        assertThat(writing.exitValue()).as(said()).isZero();

        watch.destroy(); // SIGTERM
        ends(watch);
        assertThat(watch.exitValue()).as(said()).isEqualTo(Program.FINE);
        assertThat(program.run("verify").code()).isEqualTo(Program.FINE);
    }

    @Test
    void aKilledWatchLosesNothingAndTheNextTakesNothingTwice() throws Exception {
        Process writing = writing("0.1");
        while (writing.isAlive()) {
            Process watch = watch();
            watch.waitFor(900, TimeUnit.MILLISECONDS);
            watch.destroyForcibly();
            ends(watch);
        }
        watching();
        assertAllComeIn();
        program.isSound();
    }

    @Test
    void theSecondWriterIsToldWhoWatches() throws Exception {
        Process watch = watching();

        Shell.Outcome second = program.run("watch", "--home", home.toString());
        assertThat(second.code()).isEqualTo(LOCKED);
        assertThat(second.err()).contains("process " + watch.pid() + " is writing");

        Shell.Outcome anImport = program.run("import", "--home", home.toString());
        assertThat(anImport.code()).isEqualTo(LOCKED);
        assertThat(anImport.err()).contains("'hotlog watch' is running (process " + watch.pid() + ")");
        assertThat(program.run("info").code()).isEqualTo(Program.FINE);
    }
}
