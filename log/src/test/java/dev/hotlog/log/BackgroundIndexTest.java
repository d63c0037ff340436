// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Indexes of segments with many events are written while appends go on in the next segment.
@Timeout(60)
class BackgroundIndexTest {
    private static final HotLogOptions OPTIONS = HotLogOptions.DEFAULTS
            .withSegmentBytes(400 << 10)
            .withGroup(64 << 10, Integer.MAX_VALUE, Duration.ofSeconds(1));
    private static final int EVENTS = 40_000;
    private static final int BATCH = 1_000;

    @Test
    void everySealedSegmentHasItsIndexOnceTheLogIsClosed() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = open(storage)) {
            append(log);
        }
        List<String> names = storage.list();
        List<String> segments =
                names.stream().filter(name -> name.endsWith(".hotlog")).toList();
        assertThat(segments).hasSizeGreaterThan(3);
        for (String segment : segments.subList(0, segments.size() - 1)) {
            assertThat(names).contains(segment.replace(".hotlog", ".idx"));
        }
        assertThat(names).noneMatch(name -> name.endsWith(".new"));
        assertThat(HotLogReader.verify(storage, _ -> {}).damage()).isEmpty();
    }

    @Test
    void keysOfTheSegmentJustFilledAreKnownAtOnce() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = open(storage);
                HotLogReader reader = HotLogReader.open(storage)) {
            for (int from = 0; from < EVENTS; from += BATCH) {
                List<Event> events = Events.events("s", from, BATCH, 0);
                log.append(Batch.of(events), Durability.FORCED);
                assertThat(log.append(Batch.of(events), Durability.FORCED).offset(0))
                        .isEqualTo(from);
                assertThat(log.offsetOf("s", from / 2)).hasValue(from / 2);
                assertThat(reader.offsetOf("s", from / 2)).hasValue(from / 2);
            }
            assertThat(log.nextOffset()).isEqualTo(EVENTS);
        }
    }

    @Test
    void anIndexThatCannotBeWrittenHarmsNothing() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = open(storage)) {
            storage.faults().failNext(BackgroundIndexTest::writesIndex, Fault.DISK_FULL);
            append(log);
            for (int i = 0; i < EVENTS; i += 101) {
                assertThat(log.offsetOf("s", i)).hasValue(i);
            }
        }
        assertThat(storage.faults().reached()).isTrue();
        try (HotLogReader reader = HotLogReader.open(storage)) {
            for (int i = 0; i < EVENTS; i += 101) {
                assertThat(reader.offsetOf("s", i)).hasValue(i);
            }
        }
        assertThat(HotLogReader.verify(storage, _ -> {}).damage()).isEmpty();
    }

    @Test
    void aLogThatStoppedWritesNothingAnyMoreOnceItIsClosed() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        HotLog log = open(storage);
        storage.faults().failNext(BackgroundIndexTest::forcesSecondSegment, Fault.IO_ERROR);
        try {
            append(log);
        } catch (LogException _) {
            // As meant.
        }
        Script.abandon(log);
        assertThat(storage.faults().reached()).isTrue();
        assertThat(storage.list()).noneMatch(name -> name.endsWith(".idx.new"));
        assertThat(storage.openFiles()).isZero();
    }

    private static boolean writesIndex(Operation operation) {
        return operation instanceof Operation.Write write && write.name().contains(".idx");
    }

    private static boolean forcesSecondSegment(Operation operation) {
        return operation instanceof Operation.Force force
                && !force.name().startsWith("00000000000000000000.")
                && force.name().contains(".hotlog");
    }

    private static void append(HotLog log) throws LogException {
        for (int from = 0; from < EVENTS; from += BATCH) {
            log.append(Batch.of(Events.events("s", from, BATCH, 0)), Durability.MEMORY);
        }
        log.flush();
    }

    private static HotLog open(FaultyStorage storage) throws LogException {
        return HotLog.open(storage, OPTIONS, InstantSource.system());
    }
}
