// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks that are full, and files that may grow no further: what was acknowledged can be read meanwhile, and appending
/// goes on once there is room.
class FullDiskIT {
    private static final int ROUNDS = Integer.getInteger("kernel.fills", 2);
    /// After an unclean end, up to 4 MiB are copied before appending goes on.
    private static final int FREED_BYTES = 5 << 20;

    private static final int DISK_BYTES = (8 << 20) + ROUNDS * FREED_BYTES;
    private static final int AHEAD = 512;
    /// So long a file must be allowed to be, or there is no log at all.
    private static final int FIRST_SEGMENT_BYTES = 64 << 10;
    private static final int MORE_EVENTS = 100;

    @TempDir
    Path temp;

    private final long seed = Chance.seed("full disks");
    private final Random random = new Random(seed);
    private final Course course = new Course(seed, AHEAD, MORE_EVENTS);

    @Test
    void aFullTmpfsLosesNothingAndAppendingGoesOnOnceThereIsRoom() throws Exception {
        Needs.mounts("mount a tmpfs");
        try (Mount disk = Mount.on(temp.resolve("mounted"), "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs")) {
            fillAgainAndAgain(disk);
        }
    }

    @Test
    void aFullExt4LosesNothingAndAppendingGoesOnOnceThereIsRoom() throws Exception {
        Needs.loopMounts();
        FileSystemInFile.make("ext4", temp.resolve("disk"), DISK_BYTES);
        try (Mount disk = FileSystemInFile.mount(temp.resolve("disk"), temp.resolve("mounted"))) {
            fillAgainAndAgain(disk);
            disk.again();
            isWhole(Program.on(disk.folder().resolve("log")));
        }
    }

    private void fillAgainAndAgain(Mount disk) throws Exception {
        // Other files that are deleted one by one, since a log has nothing to delete.
        for (int round = 0; round < ROUNDS; round++) {
            Files.write(ballast(disk, round), new byte[FREED_BYTES]);
        }
        Program program = Program.on(disk.folder().resolve("log"));
        for (int round = 0; round < ROUNDS; round++) {
            appendUntilItFails(program, "No space left on device");
            course.isThere(program);
            // Nobody made room: nothing is lost by trying.
            appendUntilItFails(program, "No space left on device");
            Files.delete(ballast(disk, round));
            course.append(program);
        }
        isWhole(program);
        System.out.println("full disks: filled " + ROUNDS + " times, " + course.acknowledged()
                + " acknowledged events, none lost");
    }

    private static Path ballast(Mount disk, int number) {
        return disk.folder().resolve("ballast" + number);
    }

    @Test
    void aLimitOnTheLengthOfFilesLosesNothingAndAppendingGoesOnWithoutIt() throws Exception {
        String prlimit = Needs.tool("prlimit", "util-linux");
        Program program = Program.on(temp.resolve("log"));
        for (int round = 0; round < ROUNDS; round++) {
            int limit = FIRST_SEGMENT_BYTES + random.nextInt(1 << 20);
            appendUntilItFails(program.under(List.of(prlimit, "--fsize=" + limit)), "File too large");
            course.isThere(program);
            course.append(program);
        }
        isWhole(program);
        System.out.println("limits on the length of files: " + ROUNDS + " times met, " + course.acknowledged()
                + " acknowledged events, none lost");
    }

    private void appendUntilItFails(Program program, String why) throws Exception {
        try (Writer writer = course.endless(program)) {
            course.ends(writer, why);
        }
    }

    private void isWhole(Program program) throws Exception {
        assertThat(course.isThere(program)).isEqualTo(course.acknowledged());
        assertThat(program.run("verify").code()).isEqualTo(Program.FINE);
    }
}
