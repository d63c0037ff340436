// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import dev.hotlog.log.KnownLog.Frame;
import dev.hotlog.log.KnownLog.Place;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every call that repair makes of the disk fails: it tells, and the next repair completes it with nothing lost.
class FailingRepairTest {
    @ParameterizedTest
    @CsvSource({"IO_ERROR, false", "IO_ERROR, true", "SHORT_WRITE, false", "DISK_FULL, true", "REFUSED, false"})
    void aRepairThatFailsIsCompletedByTheNext(Fault fault, boolean forEver) throws LogException {
        KnownLog log = KnownLog.rolled();
        List<Place> changed = damage(log);
        BitSet readable = log.readable();
        int told = 0;
        boolean reached = true;
        for (int n = 1; reached; n++) {
            FaultyStorage storage = new FaultyStorage(log.copy().image());
            if (forEver) {
                storage.faults().failFrom(n, fault);
            } else {
                storage.faults().failOnce(n, fault);
            }
            told += fails(storage) ? 1 : 0;
            reached = storage.faults().reached();
            storage.faults().clear();
            fails(storage);
            log.isMended(storage.image(), readable, changed);
        }
        assertThat(told).as("failures that were told").isPositive();
    }

    private static boolean fails(FaultyStorage storage) {
        try {
            HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system());
            return false;
        } catch (LogException _) {
            return true;
        } finally {
            assertThat(storage.openFiles()).as("open files").isZero();
        }
    }

    /// An event, a header and an index are damaged, each of another segment.
    private static List<Place> damage(KnownLog log) {
        List<Frame> events = log.frames().stream()
                .filter(frame -> frame.type() == FrameType.EVENT)
                .toList();
        List<String> segments = log.image().files().keySet().stream()
                .filter(name -> SegmentName.base(name).isPresent())
                .toList();
        List<Place> changed = new ArrayList<>();
        Frame inFirst = events.get(3);
        changed.add(new Place(inFirst.file(), inFirst.from() + 30, inFirst.from() + 31));
        changed.add(new Place(segments.get(2), 0, 600));
        changed.add(new Place(segments.get(4).replace(".hotlog", ".idx"), 300, 301));
        for (Place place : changed) {
            byte[] bytes = log.image().bytes(place.file());
            for (long at = place.from(); at < place.to(); at++) {
                bytes[(int) at] ^= 0x20;
            }
        }
        return changed;
    }
}
