// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.FuzzLog;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class HotLogReaderTest {
    @Test
    void aTornPublishedFileDoesNotMakeAReaderLookForTheEndAtEveryCall() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = open(storage)) {
            log.append(Batch.of(Events.events("s", 100)), Durability.FORCED);
        }
        FaultyStorage torn = new FaultyStorage(storage.image().with(Published.NAME, new byte[64]));
        try (HotLogReader reader = HotLogReader.open(torn)) {
            long before = torn.faults().met();
            for (int i = 0; i < 10_000; i++) {
                assertThat(reader.get("s", i % 100)).isPresent();
            }
            assertThat(torn.faults().met() - before).as("looks at the disk").isLessThan(1_000);
        }
    }

    @Test
    void theLastRecoveryIsKnown() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        fill(storage, "a", 1_000);
        fill(storage, "b", 2_000);
        assertThat(lastRecovery(storage)).isEqualTo(-1);
        HotLog killed = HotLog.open(storage, Script.OPTIONS, () -> Instant.ofEpochMilli(3_000));
        killed.append(Events.event("c", 0), Durability.FORCED);
        storage = Script.killed(storage, killed);
        assertThat(lastRecovery(storage)).isEqualTo(-1);
        fill(storage, "d", 4_000);
        assertThat(lastRecovery(storage)).isEqualTo(4_000);
        fill(storage, "e", 5_000);
        assertThat(lastRecovery(storage)).isEqualTo(4_000);
    }

    /// Some segments of events, closed.
    private static void fill(FaultyStorage storage, String session, long nowMillis) throws LogException {
        try (HotLog log = HotLog.open(storage, Script.OPTIONS, () -> Instant.ofEpochMilli(nowMillis))) {
            for (int i = 0; i < 8; i++) {
                log.append(Events.event(session, i, 1_000), Durability.FORCED);
            }
        }
    }

    private static long lastRecovery(FaultyStorage storage) throws LogException {
        try (HotLogReader reader = HotLogReader.open(storage)) {
            return reader.info().lastRecoveryMillis();
        }
    }

    @Test
    void aWriterThatTookOverAndFailedBeforeItSaidSoDoesNotLockReadersOut() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        HotLog first = open(storage);
        first.append(Batch.of(Events.events("s", 3)), Durability.FORCED);
        storage.faults().failNext(operation -> operation instanceof Operation.Force, Fault.IO_ERROR);
        assertThatThrownBy(() -> first.append(Events.event("s", 3), Durability.FORCED))
                .isInstanceOf(LogException.Stopped.class);
        Script.abandon(first);
        // The process of the first writer lives on, and `published` still names it.
        storage.faults().failNext(HotLogReaderTest::publishes, Fault.IO_ERROR);
        assertThatThrownBy(() -> open(storage)).isInstanceOf(LogException.Storage.class);
        try (HotLogReader reader = HotLogReader.open(storage)) {
            assertThat(reader.replay().events())
                    .startsWith(Events.events("s", 3).toArray(new Event[0]));
            long before = storage.faults().met();
            for (int i = 0; i < 1_000; i++) {
                assertThat(reader.get("s", 2)).isPresent();
            }
            assertThat(storage.faults().met() - before).as("looks at the disk").isLessThan(1_000);
            try (HotLog second = open(storage)) {
                second.append(Events.event("s", 4), Durability.FORCED);
                assertThat(reader.get("s", 4)).isPresent();
            }
        }
    }

    private static boolean publishes(Operation operation) {
        return operation instanceof Operation.Write write && write.name().equals(Published.NAME);
    }

    private static HotLog open(FaultyStorage storage) throws LogException {
        return HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system());
    }

    private static byte[] flipped(byte[] bytes, String text) {
        byte[] changed = bytes.clone();
        changed[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text)] ^= 1;
        return changed;
    }

    @Test
    void anEventThatCannotBeReadIsToldWhenItsOffsetIsAskedFor() throws LogException {
        FuzzLog log = new FuzzLog();
        String segment = log.segment(1);
        int offset = (int) log.headers().get(1).base() + 2;
        DiskImage damaged = log.closed().with(segment, flipped(log.closed().bytes(segment), "{\"i\":" + offset + "}"));
        FaultyStorage storage = new FaultyStorage(damaged);
        try (HotLogReader reader = HotLogReader.open(storage)) {
            assertThatThrownBy(() -> reader.at(offset)).isInstanceOfSatisfying(LogException.Damaged.class, told -> {
                assertThat(told.damage().file()).isEqualTo(segment);
                assertThat(told.damage().firstOffset()).isEqualTo(offset);
            });
            assertThat(reader.at(offset - 1)).contains(log.events().get(offset - 1));
            assertThat(reader.at(offset + 1)).contains(log.events().get(offset + 1));
            assertThat(reader.at(log.events().size())).isEmpty();
            assertThat(reader.at(-1)).isEmpty();
        }
        HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system());
        try (HotLogReader reader = HotLogReader.open(storage)) {
            assertThat(reader.at(offset)).as("put down as lost").isEmpty();
        }
    }

    @Test
    void anEventOfASegmentThatIsMissingIsToldWhenItsOffsetIsAskedFor() throws LogException {
        FuzzLog log = new FuzzLog();
        int events = log.events().size();
        for (int missing : new int[] {1, 2}) {
            DiskImage left = log.closed().without(log.segment(missing));
            try (HotLogReader reader = HotLogReader.open(new FaultyStorage(left))) {
                int base = (int) log.headers().get(missing).base();
                int behind = base + events / log.headers().size();
                for (int offset = 0; offset < events; offset++) {
                    long asked = offset;
                    if (offset < base || offset >= behind) {
                        assertThat(reader.at(asked)).contains(log.events().get(offset));
                    } else {
                        assertThatThrownBy(() -> reader.at(asked)).isInstanceOf(LogException.Damaged.class);
                    }
                }
            }
        }
    }
}
