// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import dev.hotlog.event.RepairReport;
import dev.hotlog.log.KnownLog.Frame;
import dev.hotlog.log.KnownLog.Place;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
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

    /// The device gives nothing for a while, of one file after the other, until repair begins to write.
    @Test
    void whatCannotBeReadForAWhileIsNotLost() throws LogException {
        KnownLog log = KnownLog.rolled();
        List<Place> changed = damage(log);
        BitSet readable = log.readable();
        int told = 0;
        for (String name : log.image().files().keySet()) {
            FaultyStorage storage = new FaultyStorage(log.copy().image());
            AtomicBoolean away = new AtomicBoolean(true);
            storage.faults()
                    .failAll(
                            operation -> {
                                if (operation instanceof Operation.Create) {
                                    away.set(false);
                                }
                                return away.get() && operation.equals(new Operation.Look(FaultyStorage.READ, name));
                            },
                            Fault.IO_ERROR);
            told += fails(storage) ? 1 : 0;
            fails(storage);
            log.isMended(storage.image(), readable, changed);
        }
        assertThat(told).as("repairs that were given up").isPositive();
    }

    /// What repair gives up on, the disk refuses to the last, and that is in the report.
    @Test
    void whatTheDiskRefusesToTheLastIsPutDownAsLostWithItsReason() throws LogException {
        KnownLog log = KnownLog.rolled();
        String name = SegmentName.segment(0);
        FaultyStorage storage = new FaultyStorage(log.copy().image());
        storage.faults().failAll(new Operation.Look(FaultyStorage.READ, name)::equals, Fault.IO_ERROR);
        RepairReport report = HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system());
        storage.faults().clear();
        Place refused = new Place(name, 0, log.image().bytes(name).length);
        assertThat(report.lostEvents()).isEqualTo(log.eventsIn(refused).size());
        assertThat(report.damage())
                .singleElement()
                .satisfies(damage -> assertThat(damage.problem()).endsWith("; the disk said: Input/output error"));
        BitSet left = log.readable();
        log.eventsIn(refused).forEach(offset -> left.clear(offset.intValue()));
        log.isMended(storage.image(), left, List.of(refused));
        assertThat(report.movedAside())
                .extracting(file -> storage.image()
                        .bytes(storage.directory().relativize(file).toString()))
                .contains(log.image().bytes(name));
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
