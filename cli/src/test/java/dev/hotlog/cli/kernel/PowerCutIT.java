// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Power cuts of real file systems: the kernel is told to write nothing more, as if the plug were pulled, and what is
/// in memory alone is gone when the file system is mounted again. Needs root.
///
/// `-Dkernel.mount=` gives further options of mount, such as `nodelalloc`.
class PowerCutIT {
    private static final int CUTS = Integer.getInteger("kernel.cuts", 50);
    private static final long DISK_BYTES = 512L << 20;
    /// A log is left alone after so many cuts, and the next one begins.
    private static final int CUTS_A_LOG = 100;

    private static final int STARTS_MILLIS = 400;
    private static final int RUNS_MILLIS = 120;

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs"})
    void powerCutsAtAnyMomentLoseNothingThatWasAcknowledged(String kind) throws Exception {
        Needs.loopMounts();
        Path image = temp.resolve("disk");
        long seed = Chance.seed("power cuts of " + kind);
        int cuts = 0;
        long acknowledged = 0;
        for (int log = 0; cuts < CUTS; log++) {
            FileSystemInFile.make(kind, image, DISK_BYTES);
            try (Mount disk = FileSystemInFile.mount(image, temp.resolve("mounted"))) {
                int some = Math.min(CUTS_A_LOG, CUTS - cuts);
                acknowledged += cut(disk, seed + log, some);
                cuts += some;
            }
        }
        System.out.println(
                "power cuts of " + kind + ": " + cuts + " cuts, " + acknowledged + " acknowledged events, none lost");
        assertThat(acknowledged).isPositive();
    }

    private static long cut(Mount disk, long seed, int cuts) throws Exception {
        Random random = new Random(seed);
        Program program = Program.on(disk.folder().resolve("log"));
        Sent sent = new Sent(seed);
        long acknowledged = 0;
        for (int cut = 1; cut <= cuts; cut++) {
            boolean starting = random.nextInt(4) == 0;
            try (Writer writer = Writer.endless(program, sent, acknowledged, Chance.ahead(random));
                    WriteBack _ = WriteBack.of(program.log(), random.nextLong())) {
                if (starting) {
                    Chance.pause(random, STARTS_MILLIS);
                } else {
                    writer.awaitFirstAnswer();
                    Chance.pause(random, RUNS_MILLIS);
                }
                // What is answered while the cut goes on may be of a force that the cut overtook.
                acknowledged = writer.acknowledged();
                KernelCall.cutPower(disk.folder());
                if (starting) {
                    // Where it is, calls may fail that it does not live without, such as those of the class loader.
                    writer.end();
                } else {
                    assertThat(writer.end()).as(writer.told()).isEqualTo(Program.SYSTEM);
                    assertThat(writer.told()).contains("Input/output error");
                }
            }
            disk.again();
            if (cut % 4 == 0 || cut == cuts) {
                if (random.nextBoolean()) {
                    program.isSound();
                }
                holdsOrIsNotYetThere(program, sent, acknowledged);
            }
        }
        return acknowledged;
    }

    private static void holdsOrIsNotYetThere(Program program, Sent sent, long acknowledged) throws Exception {
        if (acknowledged > 0) {
            program.holds(sent, acknowledged);
        }
    }
}
