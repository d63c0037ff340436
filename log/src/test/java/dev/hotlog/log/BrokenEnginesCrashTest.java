// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.BrokenStorage;
import dev.hotlog.log.storage.BrokenStorage.Mistake;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.SimulatedDisk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The crash tests prove themselves: an engine with a known mistake does not pass them.
class BrokenEnginesCrashTest {
    /// Always the same: that a mistake is found must not be a matter of luck.
    private static final long SEED = Long.getLong("hotlog.seed", 1);

    private static final int SAMPLES = 10;
    private static final int RECOVERY_ONE_IN = 10;

    /// @param finding what is wrong then, by the promise that the mistake breaks
    @ParameterizedTest
    @CsvSource({
        "NO_FORCE, what was acknowledged is gone",
        "ACKNOWLEDGED_BEFORE_FORCE, what was acknowledged is gone",
        "NO_FORCE_OF_THE_FOLDER, what was acknowledged is gone",
        "RENAMED_BEFORE_FORCE, what was acknowledged is gone",
        "DELETED_BEFORE_RENAME, what was acknowledged is gone",
        "NO_CHECKSUMS, damage is told where only a torn end can be",
        "BATCHES_IN_PARTS, part of a batch is there"
    })
    void aMistakeInWritingOrRecoveringIsFoundByCuttingPower(Mistake mistake, String finding) throws LogException {
        PowerCuts cuts = new PowerCuts(
                        disk -> new BrokenStorage(disk, mistake), SAMPLES, SimulatedDisk.USUAL_SECTOR_BYTES, SEED)
                .rotting();
        List<Script.Recording> recordings = new ArrayList<>();
        for (GoldenScripts script : GoldenScripts.values()) {
            Script.Recording recording = script.get().record(disk -> new BrokenStorage(disk, mistake));
            cuts.withoutACut(recording);
            recordings.add(recording);
        }
        assertThatThrownBy(() -> {
                    for (Script.Recording recording : recordings) {
                        cuts.everywhere(recording, RECOVERY_ONE_IN);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("power cut")
                .hasStackTraceContaining(finding);
        System.out.println(mistake + " is found after " + cuts.states() + " disks");
    }

    @ParameterizedTest
    @CsvSource({
        "WRITE_ERRORS_IGNORED, IO_ERROR, what was acknowledged is gone",
        "GOES_ON_ON_A_FULL_DISK, DISK_FULL, what was acknowledged is gone",
        "GOES_ON_ON_A_FULL_DISK, SHORT_WRITE, what was acknowledged is gone",
        "FORCE_ERRORS_IGNORED, IO_ERROR, what was acknowledged is gone",
        "FORCED_AGAIN, IO_ERROR, what was acknowledged is gone",
        "PAGE_CACHE_TRUSTED, IO_ERROR, what was acknowledged is gone",
        "MENDED_IN_PLACE, IO_ERROR, what was acknowledged is gone"
    })
    void aMistakeInHandlingErrorsIsFoundByFailingOperations(Mistake mistake, Fault fault, String finding)
            throws LogException {
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
                .hasMessageContaining("at operation")
                .hasStackTraceContaining(finding);
        System.out.println(mistake + ", " + fault + " is found after " + disk.runs() + " runs");
    }

    @Test
    void aSecondWriterIsNoticed() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        assertThatThrownBy(() -> OneWriterTest.refusesASecondWriter(new BrokenStorage(storage, Mistake.NO_LOCK)))
                .isInstanceOf(AssertionError.class);
    }
}
