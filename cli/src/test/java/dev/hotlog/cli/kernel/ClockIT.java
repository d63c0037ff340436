// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged program under a clock that jumps by days and decades, back and forth, while it writes: libfaketime,
/// which looks into a file for what the time is, stands between it and the system's clock.
class ClockIT {
    private static final int EVENTS = 200;
    private static final int AHEAD = 64;
    private static final int MOST_DAYS = 15_000;
    private static final int JUMPS = 20;
    private static final int JUMP_MILLIS = 20;
    private static final List<Path> LIBRARY_FOLDERS = List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"));
    private static final String LIBRARY = "libfaketimeMT.so.1";

    @TempDir
    Path temp;

    private final long seed = Chance.seed("clocks");
    private final Random random = new Random(seed);
    private Path time;
    private Program program;
    private Program underFakeTime;

    @BeforeEach
    void fakeTime() throws Exception {
        Needs.linux();
        String library = library();
        time = temp.resolve("time");
        program = Program.on(temp.resolve("log"));
        underFakeTime = program.under(List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + time,
                "FAKETIME_NO_CACHE=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1"));
        jump();
    }

    private static String library() throws IOException {
        for (Path folder : LIBRARY_FOLDERS) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files =
                        Files.find(folder, 3, (file, _) -> file.endsWith(LIBRARY) && Files.isReadable(file))) {
                    Path found = files.findFirst().orElse(null);
                    if (found != null) {
                        return found.toString();
                    }
                }
            }
        }
        assumeTrue(false, "needs " + LIBRARY + " (Debian package faketime)");
        return "";
    }

    /// From now on it is another day.
    private void jump() throws IOException {
        Path making = temp.resolve("time.new");
        Files.writeString(making, String.format(Locale.ROOT, "%+dd%n", random.nextInt(2 * MOST_DAYS) - MOST_DAYS));
        Files.move(making, time, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aClockThatJumpsUnderWritersThatEndOrAreKilledChangesNoOrderAndNoOffset() throws Exception {
        Course course = new Course(seed, AHEAD, EVENTS);
        for (int round = 0; round < 2; round++) {
            jump();
            course.append(underFakeTime);
            try (Writer writer = course.endless(underFakeTime)) {
                writer.awaitFirstAnswer();
                for (int i = 0; i < JUMPS; i++) {
                    jump();
                    Chance.pause(random, JUMP_MILLIS);
                }
                writer.kill();
                course.killed(writer);
            }
        }
        course.isThere(program);
        program.isSound();
        System.out.println("clocks: " + course.acknowledged() + " acknowledged events, none lost or moved");
        assertThat(course.acknowledged()).isPositive();
    }
}
