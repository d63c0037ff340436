// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.BrokenStorage;
import dev.hotlog.log.storage.BrokenStorage.Mistake;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.SimulatedDisk;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The crash tests prove themselves: an engine with a known mistake does not pass them.
class BrokenEnginesCrashTest {
    /// Always the same: that a mistake is found must not be a matter of luck.
    private static final long SEED = Long.getLong("hotlog.seed", 1);

    private static final int SAMPLES = 10;
    private static final int RECOVERY_ONE_IN = 10;

    @ParameterizedTest
    @EnumSource(
            names = {
                "NO_FORCE",
                "ACKNOWLEDGED_BEFORE_FORCE",
                "NO_FORCE_OF_THE_FOLDER",
                "RENAMED_BEFORE_FORCE",
                "DELETED_BEFORE_RENAME",
                "NO_CHECKSUMS",
                "BATCHES_IN_PARTS"
            })
    void aMistakeInWritingOrRecoveringIsFoundByCuttingPower(Mistake mistake) {
        PowerCuts cuts = new PowerCuts(
                disk -> new BrokenStorage(disk, mistake), SAMPLES, SimulatedDisk.USUAL_SECTOR_BYTES, SEED);
        assertThatThrownBy(() -> run(cuts, mistake))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("power cut");
        System.out.println(mistake + " is found after " + cuts.states() + " disks");
    }

    private static void run(PowerCuts cuts, Mistake mistake) throws LogException {
        for (GoldenScripts script : GoldenScripts.values()) {
            cuts.everywhere(script.get().record(disk -> new BrokenStorage(disk, mistake)), RECOVERY_ONE_IN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "WRITE_ERRORS_IGNORED, IO_ERROR",
        "GOES_ON_ON_A_FULL_DISK, DISK_FULL",
        "GOES_ON_ON_A_FULL_DISK, SHORT_WRITE",
        "FORCE_ERRORS_IGNORED, IO_ERROR",
        "FORCED_AGAIN, IO_ERROR",
        "PAGE_CACHE_TRUSTED, IO_ERROR",
        "MENDED_IN_PLACE, IO_ERROR"
    })
    void aMistakeInHandlingErrorsIsFoundByFailingOperations(Mistake mistake, Fault fault) throws LogException {
        FailingDisk disk = new FailingDisk(to -> new BrokenStorage(to, mistake), SEED);
        Set<GoldenScripts> scripts = EnumSet.complementOf(EnumSet.of(GoldenScripts.KILLED_AND_OPENED));
        for (GoldenScripts script : scripts) {
            disk.holds(script.get(), "nothing fails", _ -> {});
        }
        assertThatThrownBy(() -> {
                    for (GoldenScripts script : scripts) {
                        disk.atEveryOperation(script.get(), fault);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("at operation");
        System.out.println(mistake + ", " + fault + " is found after " + disk.runs() + " runs");
    }

    @Test
    void aSecondWriterIsNoticed() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        assertThatThrownBy(() -> OneWriterTest.refusesASecondWriter(new BrokenStorage(storage, Mistake.NO_LOCK)))
                .isInstanceOf(AssertionError.class);
    }
}
