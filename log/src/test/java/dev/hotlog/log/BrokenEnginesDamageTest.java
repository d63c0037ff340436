// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.LogException;
import dev.hotlog.log.KnownLog.Place;
import dev.hotlog.log.SectorDamage.Sector;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.BrokenStorage;
import dev.hotlog.log.storage.BrokenStorage.Mistake;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tests of damage prove themselves: an engine with a known mistake does not pass them.
class BrokenEnginesDamageTest {
    /// @param finding what the oracle says then
    @ParameterizedTest
    @CsvSource({
        "NO_CHECKSUMS, ONE_BIT_OFF, nobody appended",
        "CHECKSUMS_WITHOUT_PLACE, SWAPPED, not found by its key",
        "CHECKSUMS_WITHOUT_PLACE, MISDIRECTED, nobody appended",
        "CHECKSUMS_WITHOUT_PLACE, DUPLICATED, nobody appended",
        "CHECKSUMS_WITHOUT_EPOCH, OF_A_REPLACED_FILE, nobody appended",
        "STOPS_AT_THE_FIRST_BAD_FRAME, ZEROED, is lost though nothing touched it",
        "DAMAGE_IN_SILENCE, ZEROED, is lost without a word",
        "WRITES_ON_IN_SILENCE, ZEROED, a damaged frame that the next writer does not tell",
        "TRIMS_ALTHOUGH_FRAMES_FOLLOW, ZEROED, gave the offset of an event to another",
        "INDEX_TRUSTED, ZEROED, not found by its key"
    })
    void aMistakeInReadingIsFoundByDamagingSectors(Mistake mistake, SectorDamage damage, String finding)
            throws LogException {
        KnownLog log = KnownLog.rolled();
        DamageOracle oracle = new DamageOracle(files -> new BrokenStorage(files, mistake));
        oracle.lookAtAll(log, List.of());
        assertThatThrownBy(() -> damageAll(log, damage, oracle))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(finding);
        System.out.println(mistake + " is found by " + damage + " after " + oracle.counts());
    }

    private static void damageAll(KnownLog log, SectorDamage damage, DamageOracle oracle) throws LogException {
        for (Sector sector : SectorDamage.sectors(log)) {
            for (SectorDamage.Done done : damage.of(log, sector)) {
                if (done.changed().stream().noneMatch(BrokenEnginesDamageTest::isOfHeader)) {
                    oracle.lookAtAll(done.log(), done.changed());
                }
            }
        }
    }

    /// [BrokenStorage] itself needs the headers of segments to play its part.
    private static boolean isOfHeader(Place place) {
        return SegmentName.base(place.file()).isPresent() && place.from() < SegmentHeader.FIRST_FRAME;
    }
}
