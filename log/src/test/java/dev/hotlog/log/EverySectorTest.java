// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import dev.hotlog.log.SectorDamage.Sector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Damages each sector of each file of three logs in every manner that disks do ([SectorDamage]), those that take two
/// sectors with several others each. [DamageOracle] says what must hold then; every log is written to and repaired.
@Tag("exhaustive")
class EverySectorTest {
    @ParameterizedTest
    @EnumSource
    void everyDamagedSectorIsToldOrCostsNothing(EveryBitTest.Log log) throws Exception {
        KnownLog known = log.make();
        long start = System.nanoTime();
        Map<SectorDamage, DamageOracle.Counts> counts = new EnumMap<>(SectorDamage.class);
        for (SectorDamage damage : SectorDamage.values()) {
            int lanes = Runtime.getRuntime().availableProcessors();
            List<Callable<DamageOracle.Counts>> all = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                int first = lane;
                all.add(() -> damageAll(known, damage, first, lanes));
            }
            counts.put(damage, DamageOracle.inLanes(all));
        }
        System.out.printf(
                "every sector of the %s log, %,d of them: %s; %,d ms%n",
                log.name().toLowerCase(Locale.ROOT),
                SectorDamage.sectors(known).size(),
                counts,
                (System.nanoTime() - start) / 1_000_000);
        assertThat(counts).allSatisfy((_, of) -> {
            assertThat(of.told()).isPositive();
            assertThat(of.repaired()).isEqualTo(of.damaged());
        });
    }

    private static DamageOracle.Counts damageAll(KnownLog log, SectorDamage damage, int first, int step)
            throws LogException {
        DamageOracle oracle = new DamageOracle(UnaryOperator.identity());
        List<Sector> sectors = SectorDamage.sectors(log);
        for (int i = first; i < sectors.size(); i += step) {
            for (SectorDamage.Done done : damage.of(log, sectors.get(i))) {
                oracle.lookAtAll(done.log(), done.changed());
            }
        }
        return oracle.counts();
    }
}
