// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Faults.Fault;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every operation of the golden scripts fails, in every manner, once and for ever; [FailingDisk] says what must hold
/// then.
@Tag("exhaustive")
class FailingDiskCrashTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KILLED_AND_OPENED")
    void whatWasAcknowledgedSurvivesAFailureOfAnyOperation(GoldenScripts script) throws LogException {
        long seed = Seeds.next();
        FailingDisk disk = new FailingDisk(UnaryOperator.identity(), seed);
        long start = System.nanoTime();
        try {
            for (Fault fault : Fault.values()) {
                disk.atEveryOperation(script.get(), fault);
                disk.fromEveryOperation(script.get(), fault);
            }
        } finally {
            System.out.printf(
                    "%s, seed %d: %,d runs with a failure, %,d different disks; %,d ms%n",
                    script, seed, disk.runs(), disk.states(), (System.nanoTime() - start) / 1_000_000);
        }
    }
}
