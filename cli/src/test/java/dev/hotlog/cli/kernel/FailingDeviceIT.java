// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Devices that fail to write what the page cache holds: the kernel tells it once, at the next sync, and from then on
/// takes the pages for written. Nothing that was acknowledged is missing, neither of what was acknowledged before nor
/// after, once the file system was mounted anew and there is nothing but the disk. Needs root.
class FailingDeviceIT {
    private static final int FAILURES = Integer.getInteger("kernel.failures", 8);
    /// Each is asked after by several commands.
    private static final int READ_FAILURES = Integer.getInteger("kernel.read.failures", 3);
    private static final int RUNS_MILLIS = 100;
    private static final int EVENTS = 50;
    private static final int AHEAD = 64;
    private static final int DISK_BYTES = 64 << 20;
    private static final int DAMAGED = 3;
    private static final String[][] READING = {{"replay"}, {"sessions"}, {"report"}, {"info"}, {"verify"}};
    private static final String[] REASONS = {"Input/output error", "No space left on device", "Read-only file system"};

    @TempDir
    Path temp;

    private final long seed = Chance.seed("failing devices");
    private final Random random = new Random(seed);
    private final Course course = new Course(seed, AHEAD, EVENTS);

    /// A device that has less room than it says: the blocks of the file system itself are there, so that it lives on,
    /// and new blocks of files cannot be written for as long as there is no room.
    @Test
    void dataThatTheDeviceDidNotTakeIsNotCountedOnThoughTheFileSystemGoesOn() throws Exception {
        Needs.loopMounts();
        String dumpe2fs = Needs.tool("dumpe2fs", "e2fsprogs");
        int went = 0;
        try (Mount memory = Mount.on(temp.resolve("memory"), "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs")) {
            Path image = memory.folder().resolve("disk");
            FileSystemInFile.make("ext4", image, DISK_BYTES);
            takeRoomForAllButFiles(image, Shell.run(dumpe2fs, image.toString()));
            try (Mount disk = FileSystemInFile.mount(image, temp.resolve("mounted"))) {
                Program program = Program.on(disk.folder().resolve("log"));
                for (int failure = 0; failure < FAILURES; failure++) {
                    FileSystemInFile.writePageByPage(disk);
                    course.append(program);
                    Path ballast = memory.folder().resolve("ballast");
                    leaveRoom(memory, ballast, random.nextInt(1 << 20));
                    try (Writer writer = course.endless(program)) {
                        course.ends(writer, REASONS);
                    }
                    Files.delete(ballast);
                    went += goesOn(program) ? 1 : 0;
                    mountedAnew(disk, program);
                }
            }
        }
        System.out.println("failing devices: no room " + came(went));
    }

    /// Writes every block that the file system uses once more as it is, so that none is a hole.
    private static void takeRoomForAllButFiles(Path image, String dumped) throws IOException {
        int blockBytes = Integer.parseInt(dumped.lines()
                .filter(line -> line.startsWith("Block size:"))
                .map(line -> line.replaceAll("\\D", ""))
                .findFirst()
                .orElseThrow());
        boolean[] free = new boolean[DISK_BYTES / blockBytes];
        dumped.lines().filter(line -> line.startsWith("  Free blocks: ")).forEach(line -> {
            for (String range : line.substring("  Free blocks: ".length()).split(", ")) {
                String[] ends = range.split("-");
                Arrays.fill(free, Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1, true);
            }
        });
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(blockBytes);
            for (int number = 0; number < free.length; number++) {
                if (!free[number]) {
                    file.read(block.clear(), (long) number * blockBytes);
                    file.write(block.flip(), (long) number * blockBytes);
                }
            }
        }
    }

    private static void leaveRoom(Mount memory, Path ballast, long bytes) throws IOException {
        byte[] some = new byte[1 << 16];
        try (FileChannel file = FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (Files.getFileStore(memory.folder()).getUsableSpace() > bytes + some.length) {
                file.write(ByteBuffer.wrap(some));
            }
        }
    }

    /// A device of which every write fails for a while, those of the file system's journal too.
    @Test
    void aDeviceThatFailsEveryWriteForAWhileLosesNothing() throws Exception {
        Path failing = temp.resolve("failing");
        try (ServedDevice device = ServedDevice.failing("pwrite", failing, temp, DISK_BYTES);
                Mount disk = device.mount()) {
            Program program = Program.on(disk.folder().resolve("log"));
            int went = 0;
            for (int failure = 0; failure < FAILURES; failure++) {
                course.append(program);
                try (Writer writer = course.endless(program, Chance.ahead(random))) {
                    writer.awaitFirstAnswer();
                    Chance.pause(random, RUNS_MILLIS);
                    Files.createFile(failing);
                    course.ends(writer, REASONS);
                }
                Files.delete(failing);
                went += goesOn(program) ? 1 : 0;
                mountedAnew(disk, program);
            }
            System.out.println("failing devices: every write failed " + came(went));
        }
    }

    /// A device that refuses for a while to read what is not in memory: whoever reads is told, and does not end on it.
    @Test
    void whatADeviceRefusesToReadIsToldAndIsThereOnceItIsReadAgain() throws Exception {
        Path failing = temp.resolve("failing");
        try (ServedDevice device = ServedDevice.failing("pread", failing, temp, DISK_BYTES);
                Mount disk = device.mount()) {
            Program program = Program.on(disk.folder().resolve("log"));
            int told = 0;
            for (int failure = 0; failure < READ_FAILURES; failure++) {
                course.append(program);
                disk.again();
                bringIntoMemory(program.log(), random);
                Files.createFile(failing);
                for (String[] command : READING) {
                    Shell.Outcome outcome = program.run(command);
                    assertThat(outcome.code()).as(outcome.toString()).isIn(Program.FINE, DAMAGED, Program.SYSTEM);
                    assertThat(outcome.err()).doesNotContain("Exception").doesNotContain("SIGBUS");
                    told += outcome.code() == Program.FINE ? 0 : 1;
                }
                goesOn(program);
                Files.delete(failing);
                mountedAnew(disk, program);
            }
            assertThat(told).isPositive();
            System.out.println("failing devices: reads failed " + READ_FAILURES + " times, told by " + told + " of "
                    + READ_FAILURES * READING.length + " commands, " + course.acknowledged()
                    + " acknowledged events, none lost");
        }
    }

    /// Reads the first bytes of each file, so that opening it is no hindrance, and of the rest whatever comes with
    /// them.
    private static void bringIntoMemory(Path log, Random random) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(1);
        try (Stream<Path> files = Files.list(log)) {
            for (Path path : files.toList()) {
                try (FileChannel file = FileChannel.open(path)) {
                    file.read(some.clear(), 0);
                    file.read(some.clear(), random.nextLong(Math.max(1, file.size())));
                }
            }
        }
    }

    private String came(int went) {
        return FAILURES + " times, went on at once " + went + " times, mounted anew each time, " + course.acknowledged()
                + " acknowledged events, none lost";
    }

    /// Appends while the page cache still has what the disk has not.
    ///
    /// @return whether it could: the file system itself may have given up
    private boolean goesOn(Program program) throws Exception {
        return course.tryToAppend(program, Chance.ahead(random), "Read-only file system", "Input/output error");
    }

    private void mountedAnew(Mount disk, Program program) throws Exception {
        disk.again();
        course.isThere(program);
        program.isSound();
    }
}
