// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.SimulatedDisk;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Power is cut at every operation of the golden scripts; [PowerCuts] says what must hold then.
///
/// `-Dhotlog.crash.samples=1000` looks at as many disks for each cut, `-Dhotlog.seed=` at the same ones as a former
/// run.
@Tag("exhaustive")
class RecoveryCrashTest {
    private static final int SAMPLES = Integer.getInteger("hotlog.crash.samples", 16);
    private static final int RECOVERY_ONE_IN = 12;

    @ParameterizedTest
    @EnumSource
    void whatWasAcknowledgedSurvivesAPowerCutAtAnyMoment(GoldenScripts script) throws LogException {
        survives(script, SimulatedDisk.USUAL_SECTOR_BYTES);
    }

    @ParameterizedTest
    @CsvSource({"ONE_BY_ONE_FORCED, 1", "BATCHES_WITH_FACTS_AND_CURSORS, 4096", "ROLLING, 4096"})
    void whatWasAcknowledgedSurvivesWhateverTheSectorsSize(GoldenScripts script, int sectorBytes) throws LogException {
        survives(script, sectorBytes);
    }

    @Test
    void whatWasAcknowledgedSurvivesInALogThatTheWriterMadeItself() throws LogException {
        GoldenScripts script = GoldenScripts.ONE_BY_ONE_FORCED;
        survives(script, script.get().madeByTheWriter(), SimulatedDisk.USUAL_SECTOR_BYTES);
    }

    private static void survives(GoldenScripts script, int sectorBytes) throws LogException {
        survives(script, script.get(), sectorBytes);
    }

    private static void survives(GoldenScripts script, Script played, int sectorBytes) throws LogException {
        long seed = Seeds.next();
        PowerCuts cuts = new PowerCuts(UnaryOperator.identity(), SAMPLES, sectorBytes, seed).recycling();
        if (played.rots()) {
            cuts.rotting();
        }
        long start = System.nanoTime();
        try {
            int oneIn = sectorBytes == 1 ? 0 : RECOVERY_ONE_IN;
            cuts.everywhere(played.sectorBytes(sectorBytes).record(UnaryOperator.identity()), oneIn);
        } finally {
            System.out.printf(
                    "%s, sectors of %d bytes, seed %d: %,d power cuts, %,d different disks, %,d of them left by"
                            + " recoveries; %,d ms%n",
                    script,
                    sectorBytes,
                    seed,
                    cuts.cuts(),
                    cuts.states(),
                    cuts.statesOfRecoveries(),
                    (System.nanoTime() - start) / 1_000_000);
        }
    }
}
