// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bit of a folder with 100,000 events is flipped, anywhere: the packaged program tells where, and all events but
/// the one it lies in are still there.
class FlippedBitsIT {
    private static final int FLIPS = Integer.getInteger("kernel.flips", 6);
    private static final int EVENTS = 100_000;
    private static final int SESSIONS = 100;
    private static final int SEGMENT_BYTES = 4 << 20;
    private static final int DAMAGED = 3;

    @TempDir
    Path temp;

    private Program program;
    private List<String> sound;

    @BeforeEach
    void append() throws Exception {
        Path folder = temp.resolve("log");
        try (HotLog log = HotLog.open(folder, HotLogOptions.DEFAULTS.withSegmentBytes(SEGMENT_BYTES))) {
            for (int i = 0; i < EVENTS; i++) {
                log.append(event(i), Durability.MEMORY);
            }
        }
        program = Program.on(folder);
        Shell.Outcome all = program.run("replay");
        assertThat(all.code()).isEqualTo(Program.FINE);
        sound = all.out().lines().toList();
        assertThat(sound).hasSize(EVENTS);
    }

    private static Event event(int i) throws LogException {
        return Event.of("session-" + i % SESSIONS, i / SESSIONS)
                .ts(1_767_225_600_000L + i, true)
                .payload("{\"text\":\"what was said at " + i + "\"}")
                .build();
    }

    @Test
    void aFlippedBitCostsTheEventThatItLiesInAtMostAndSaysSo() throws Exception {
        long seed = Chance.seed("flips");
        Random random = new Random(seed);
        int told = 0;
        int lost = 0;
        for (int flip = 0; flip < FLIPS; flip++) {
            Path file = anyFile(random);
            long at = (long) (random.nextDouble() * Files.size(file));
            int bit = random.nextInt(Byte.SIZE);
            String where = file.getFileName() + ", byte " + at + ", bit " + bit;
            flip(file, at, bit);
            Shell.Outcome replay = program.run("replay");
            List<String> left = replay.out().lines().toList();
            assertThat(left.size()).as(where).isGreaterThanOrEqualTo(EVENTS - 1);
            assertThat(sound).as(where).containsSubsequence(left);
            Shell.Outcome verify = program.run("verify");
            if (left.size() < EVENTS) {
                lost++;
                assertThat(replay.code()).as(where).isEqualTo(DAMAGED);
                assertThat(replay.err()).as(where).contains(file.getFileName().toString());
                assertThat(verify.code()).as(where).isEqualTo(DAMAGED);
            }
            told += verify.code() == Program.FINE ? 0 : 1;
            flip(file, at, bit);
        }
        assertThat(program.run("verify").code()).isEqualTo(Program.FINE);
        System.out.println("flipped bits: " + FLIPS + " of a log of " + EVENTS + " events, " + told
                + " told by verify, " + lost + " of them cost an event, none more than one");
    }

    private Path anyFile(Random random) throws IOException {
        try (Stream<Path> files = Files.list(program.log())) {
            List<Path> all =
                    files.filter(file -> file.toFile().length() > 0).sorted().toList();
            return all.get(random.nextInt(all.size()));
        }
    }

    private static void flip(Path file, long at, int bit) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int was = bytes.read();
            bytes.seek(at);
            bytes.write(was ^ 1 << bit);
        }
    }
}
