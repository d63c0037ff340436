// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.Operation;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Power cuts in the middle of writes that make the file longer by themselves, and failures of each, with small writes
/// between.
@Tag("exhaustive")
class LargeWritesCrashTest {
    private static final int SEGMENT_BYTES = 2 << 20;
    private static final int SECTOR_BYTES = 4096;
    private static final int SAMPLES_A_CUT = 2;
    /// Recoveries are not cut: a large write that is torn is to them as a small one.
    private static final int RECOVERY_ONE_IN = 0;
    private static final int LARGE_WRITES = 3;
    private static final int SMALL_BYTES = 200;

    /// Some of the large writes end segments, or begin them.
    private static Script script(Random random) {
        Script script = new Script().options(Script.OPTIONS.withSegmentBytes(SEGMENT_BYTES));
        long seq = 0;
        for (int i = 0; i < LARGE_WRITES; i++) {
            int bytes = ActiveSegment.LARGE_WRITE_BYTES + random.nextInt(ActiveSegment.LARGE_WRITE_BYTES);
            script.append(Durability.FORCED, Events.event("s", seq++, bytes));
            if (random.nextBoolean()) {
                script.append(Durability.FORCED, Events.event("s", seq++, SMALL_BYTES));
            }
            if (random.nextInt(3) == 0) {
                script.closeAndOpen();
            }
        }
        // A batch of its own.
        script.append(Durability.MEMORY, Batch.of(Events.events("s", seq, 3, ActiveSegment.LARGE_WRITE_BYTES)));
        return script.flush();
    }

    private static boolean isLarge(Operation operation) {
        return operation instanceof Operation.Write write
                && write.bytes().remaining() >= ActiveSegment.LARGE_WRITE_BYTES;
    }

    @Test
    void whatWasAcknowledgedSurvivesACutInTheMiddleOfALargeWrite() throws LogException {
        long seed = Seeds.next();
        System.out.printf("large writes, seed %d%n", seed);
        PowerCuts power = new PowerCuts(UnaryOperator.identity(), SAMPLES_A_CUT, SECTOR_BYTES, seed).recycling();
        Script.Recording recording =
                script(new Random(seed)).sectorBytes(SECTOR_BYTES).record(UnaryOperator.identity());
        assertThat(recording.trace()).anyMatch(LargeWritesCrashTest::isLarge);
        power.everywhere(recording, RECOVERY_ONE_IN);
        power.withoutACut(recording);
        assertThat(power.states()).isGreaterThan(LARGE_WRITES);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whatWasAcknowledgedSurvivesAFailureOfAnyOperation(Fault fault) throws LogException {
        long seed = Seeds.next();
        System.out.printf("large writes, seed %d%n", seed);
        FailingDisk disk = new FailingDisk(UnaryOperator.identity(), seed);
        disk.atEveryOperation(script(new Random(seed)), fault);
        disk.fromEveryOperation(script(new Random(seed)), fault);
        assertThat(disk.runs()).isGreaterThan(20);
    }
}
