// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.DeadWriter;
import dev.hotlog.log.storage.Chooser;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Fingerprints;
import dev.hotlog.log.storage.Operation;
import dev.hotlog.log.storage.SimulatedDisk;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many threads append at once and share forces; power is cut at every operation. Whichever thread was told that its
/// event is on disk finds it there.
@Timeout(120)
class ConcurrentAppendsCrashTest {
    private static final int THREADS = 4;
    private static final int EVENTS = 40;
    private static final int SAMPLES = 6;
    private static final HotLogOptions OPTIONS =
            HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10).withGroup(3_000, 8, Duration.ofMillis(1));

    private record Acknowledged(long offset) {}

    @Test
    void whatAnyOfManyThreadsWasToldToBeOnDiskSurvivesAPowerCut() throws Exception {
        long seed = Seeds.next();
        FaultyStorage storage = new FaultyStorage();
        List<Event> order;
        try (HotLog log = HotLog.open(storage, OPTIONS, InstantSource.system())) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(seed + i);
                String session = "s" + i;
                threads.add(Thread.ofPlatform().start(() -> append(log, storage, session, random)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            log.flush();
            try (HotLogReader reader = HotLogReader.open(storage)) {
                order = reader.replay().events().toList();
            }
        }
        assertThat(order).hasSize(THREADS * EVENTS);
        int disks = cutEverywhere(storage.trace(), order, new Random(seed));
        System.out.printf("concurrent appends, seed %d: %,d different disks%n", seed, disks);
    }

    private static void append(HotLog log, FaultyStorage storage, String session, Random random) {
        try {
            for (int i = 0; i < EVENTS; i++) {
                Durability durability = Durability.values()[random.nextInt(3)];
                long offset = log.append(Events.event(session, i, random.nextInt(1_500)), durability);
                if (durability != Durability.MEMORY) {
                    storage.mark(new Acknowledged(offset));
                }
            }
        } catch (LogException e) {
            throw new AssertionError(session, e);
        }
    }

    private static int cutEverywhere(List<Operation> trace, List<Event> order, Random random) throws LogException {
        SimulatedDisk disk = new SimulatedDisk(DiskImage.EMPTY, SimulatedDisk.USUAL_SECTOR_BYTES);
        Set<Long> looked = new HashSet<>();
        Fingerprints disks = new Fingerprints();
        int acknowledged = 0;
        for (Operation operation : trace) {
            if (operation instanceof Operation.Mark(Acknowledged(long offset))) {
                acknowledged = Math.max(acknowledged, (int) offset + 1);
                continue;
            }
            for (int i = 0; i < SAMPLES; i++) {
                Chooser chooser = i == 0 ? Chooser.oldest() : Chooser.random(random.nextLong());
                DiskImage left = disk.crashed(chooser);
                long fingerprint = left.fingerprint();
                disks.add(fingerprint);
                if (looked.add(fingerprint * 31 + acknowledged)) {
                    isPrefix(DeadWriter.bury(left), order, acknowledged);
                }
            }
            disk.apply(operation);
        }
        return disks.size();
    }

    private static void isPrefix(DiskImage left, List<Event> order, int acknowledged) throws LogException {
        FaultyStorage storage = new FaultyStorage(left);
        List<Event> found = List.of();
        try (HotLogReader reader = HotLogReader.open(storage)) {
            found = reader.replay().events().toList();
        } catch (LogException.Missing _) {
            assertThat(acknowledged).isZero();
        }
        assertThat(found.size()).isGreaterThanOrEqualTo(acknowledged);
        assertThat(found).isEqualTo(order.subList(0, found.size()));
        HotLog log = HotLog.open(storage, OPTIONS, InstantSource.system());
        assertThat(log.nextOffset()).isEqualTo(found.size());
        assertThat(log.recovery().damage()).isEmpty();
        storage.killed();
        Script.abandon(log);
    }
}
