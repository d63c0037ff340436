// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Cli.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The program in processes of its own: killed while it appends, and read from another one meanwhile.
@Timeout(300)
class KilledAppendIT {
    private static final int ROUNDS = 8;

    @TempDir
    Path temp;

    private Cli cli;

    @BeforeEach
    void aLog() {
        cli = Cli.on(temp.resolve("log"));
    }

    private ProcessBuilder hotlog(String... commandLine) {
        return hotlog("-Xmx512m", commandLine);
    }

    private ProcessBuilder hotlog(String memory, String[] commandLine) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                memory,
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "--dir",
                cli.directory().toString()));
        command.addAll(List.of(commandLine));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }

    @Test
    void aKillAtAnyMomentLosesNoAcknowledgedEvent() throws Exception {
        long seed = Long.getLong("hotlog.seed", System.nanoTime());
        Random random = new Random(seed);
        Set<String> acknowledged = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            Path answers = temp.resolve("answers-" + round);
            Process append = hotlog("append").redirectOutput(answers.toFile()).start();
            Thread producer = feeding(append, "round-" + round);
            while (Files.size(answers) == 0) {
                assertThat(append.isAlive()).isTrue();
                Thread.sleep(1);
            }
            Thread.sleep(random.nextLong(300));
            append.destroyForcibly().waitFor();
            producer.join();
            String seen = Files.readString(answers);
            seen.substring(0, seen.lastIndexOf('\n') + 1).lines().forEach(line -> acknowledged.add(key(line)));
            assertThat(cli.run("verify").code())
                    .as("seed %d round %d", seed, round)
                    .isIn(0, 1);
        }
        Set<String> kept = new HashSet<>();
        cli.run("replay").outLines().forEach(line -> kept.add(key(line)));
        assertThat(acknowledged).as("seed %d", seed).hasSizeGreaterThan(ROUNDS);
        assertThat(kept).as("seed %d", seed).containsAll(acknowledged);
        assertThat(cli.lines(event("after", 1, "message", "")).run("append").code())
                .isZero();
    }

    /// Writes events to the program for as long as it reads them.
    private static Thread feeding(Process append, String session) {
        return Thread.ofPlatform().start(() -> {
            try (OutputStream in = append.getOutputStream()) {
                for (long seq = 0; ; seq++) {
                    in.write((event(session, seq, "message", "\"payload\":\"" + "x".repeat(300) + "\"") + "\n")
                            .getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException _) {
                // It was killed, as it was to be.
            }
        });
    }

    /// Session and seq as they stand in a line.
    private static String key(String line) {
        int from = line.indexOf("\"session_id\"");
        int to = line.indexOf(',', line.indexOf("\"seq\""));
        return line.substring(from, to);
    }

    @Test
    void aLineThatDoesNotFitInMemoryIsReportedAndTheRestTaken() throws Exception {
        Path errors = temp.resolve("errors");
        Process append = hotlog("-Xmx48m", new String[] {"append"})
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        try (OutputStream in = append.getOutputStream()) {
            int seq = 0;
            for (int megabytes : new int[] {0, 100, 5, 5, 20, 5, 0}) {
                String payload = "\"payload_text\":\"" + "ü".repeat(megabytes << 19) + "\"";
                in.write((event("s", ++seq, "message", payload) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(append.waitFor()).as(Files.readString(errors)).isEqualTo(1);
        assertThat(Files.readString(errors)).contains("hotlog: line 2: longer than ", "hotlog: line 5: longer than ");
        assertThat(cli.run("sessions").out()).containsPattern("s +\\(unknown\\).* 5 ");
    }

    @Test
    void tailEndsWithItsReaderThoughNothingComes() throws Exception {
        assumeTrue(File.separatorChar == '/', "no poll(2) on Windows");
        cli.having(event("s", 0, "message", ""));
        Process tail = hotlog("tail", "-f").start();
        try {
            try (BufferedReader seen = tail.inputReader(StandardCharsets.UTF_8)) {
                assertThat(seen.readLine()).contains("\"seq\":0,");
            }
            assertThat(tail.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(tail.exitValue()).isZero();
        } finally {
            tail.destroyForcibly().waitFor();
        }
    }

    @Test
    void tailFollowsAnotherProcess() throws Exception {
        cli.having(event("s", 0, "message", ""));
        Process tail = hotlog("tail", "-f", "-n", "1").start();
        try (BufferedReader seen = tail.inputReader(StandardCharsets.UTF_8)) {
            assertThat(seen.readLine()).contains("\"seq\":0,");
            for (int seq = 1; seq < 5; seq++) {
                cli.having(event("s", seq, "message", ""));
                assertThat(seen.readLine()).contains("\"seq\":" + seq + ",");
            }
        } finally {
            tail.destroyForcibly().waitFor();
        }
    }
}
