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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One bit of a folder with 100,000 events is flipped, anywhere: the packaged program tells where, and all events but
/// the one it lies in are still there, also after repair, which keeps the damaged file and lets appending go on.
class FlippedBitsIT {
    private static final int FLIPS = Integer.getInteger("kernel.flips", 3);
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
            isMendedAndGoneOn(Files.createDirectory(temp.resolve("flip-" + flip)), left, where);
            if (verify.code() == DAMAGED) {
                keeps(temp.resolve("flip-" + flip), Files.readAllBytes(file), where);
            }
            flip(file, at, bit);
        }
        assertThat(program.run("verify").code()).isEqualTo(Program.FINE);
        System.out.println("flipped bits: " + FLIPS + " of a log of " + EVENTS + " events, " + told
                + " told by verify, " + lost + " of them cost an event, none more than one");
    }

    /// Repairs a copy of the log: what was left is left, an event that was lost can be appended again, and so can a new
    /// one.
    private void isMendedAndGoneOn(Path copy, List<String> left, String where) throws Exception {
        try (Stream<Path> files = Files.list(program.log())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Program ofCopy = Program.on(copy);
        Shell.Outcome repair = ofCopy.run("repair");
        Path lock = copy.resolve("lock");
        if (where.startsWith("lock,") && repair.code() != Program.FINE) {
            // It may be another program's: that is said, and whoever takes it away has the log.
            assertThat(repair.err()).as(where).contains(lock.toString());
            Files.delete(lock);
            repair = ofCopy.run("repair");
        }
        assertThat(repair.code()).as(where + ": " + repair.err()).isEqualTo(Program.FINE);
        assertThat(ofCopy.run("verify").code()).as(where).isEqualTo(Program.FINE);
        assertThat(ofCopy.run("replay").out().lines().toList()).as(where).isEqualTo(left);
        Set<String> there = new HashSet<>(left);
        int more = 0;
        try (HotLog log = HotLog.open(copy, HotLogOptions.DEFAULTS.withSegmentBytes(SEGMENT_BYTES))) {
            for (int i = 0; i <= EVENTS; i++) {
                if (i == EVENTS || !there.contains(sound.get(i))) {
                    assertThat(log.append(event(i))).as(where).isGreaterThanOrEqualTo(EVENTS);
                    more++;
                }
            }
        }
        Shell.Outcome replay = ofCopy.run("replay");
        assertThat(replay.code()).as(where).isEqualTo(Program.FINE);
        assertThat(replay.out().lines().toList())
                .as(where)
                .hasSize(left.size() + more)
                .startsWith(left.toArray(new String[0]));
    }

    private static void keeps(Path log, byte[] damaged, String where) throws IOException {
        boolean found = false;
        try (Stream<Path> kept = Files.list(log.resolve("damaged"))) {
            for (Path file : kept.toList()) {
                found |= Arrays.equals(Files.readAllBytes(file), damaged);
            }
        }
        assertThat(found).as("kept as it was: " + where).isTrue();
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
