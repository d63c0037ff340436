// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.Faults.Fault;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an appender is told when something fails that seldom does.
@Timeout(60)
class WriterFailuresTest {
    private static final String SEGMENT = "00000000000000000000.hotlog";

    private final FaultyStorage disk = new FaultyStorage();

    private static HotLog open(Storage storage) throws LogException {
        return HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system());
    }

    @Test
    void nobodyWaitsForAnEventThatThereIsNot() throws LogException {
        try (HotLog log = open(disk)) {
            log.append(Events.event("s", 0), Durability.MEMORY);
            log.awaitDurable(0);
            assertThat(log.durableOffset()).isEqualTo(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> log.awaitDurable(1))
                    .withMessage("no event has offset 1 yet");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Published.NAME, SEGMENT})
    void aFileThatCannotBeClosedIsToldAndGivesUpTheLockAllTheSame(String name) throws LogException {
        HotLog log = open(new ForwardingStorage(disk) {
            @Override
            public StoredFile create(String made) throws LogException {
                StoredFile file = super.create(made);
                return !made.startsWith(name)
                        ? file
                        : new ForwardingFile(file) {
                            @Override
                            public void close() throws LogException {
                                super.close();
                                throw new LogException.Storage("cannot close " + name, new IOException("no"));
                            }
                        };
            }
        });
        log.append(Events.event("s", 0), Durability.FORCED);
        assertThatThrownBy(log::close)
                .isInstanceOf(LogException.Stopped.class)
                .hasMessageContaining("cannot close " + name);
        try (HotLog next = open(disk)) {
            assertThat(next.append(Events.event("s", 0), Durability.FORCED)).isZero();
            assertThat(next.nextOffset()).isEqualTo(1);
        }
    }

    @Test
    void aFailureToCloseDoesNotHideWhatStoppedTheLog() throws LogException {
        HotLog log = open(new ForwardingStorage(disk) {
            @Override
            public StoredFile create(String name) throws LogException {
                return new ForwardingFile(super.create(name)) {
                    @Override
                    public void close() throws LogException {
                        super.close();
                        throw new LogException.Storage("cannot close", new IOException("no"));
                    }
                };
            }
        });
        disk.faults().failNext(operation -> true, Fault.DISK_FULL);
        assertThatThrownBy(() -> log.append(Events.event("s", 0), Durability.FORCED))
                .hasMessageContaining("No space left on device");
        assertThatThrownBy(log::close)
                .isInstanceOf(LogException.Stopped.class)
                .hasMessageContaining("No space left on device");
    }

    @Test
    void anEventThatIsTooLargeForADiskThatIsNearlyFullStopsTheLogAndLeavesTheOthers() throws LogException {
        HotLog log = open(disk);
        log.append(Events.event("s", 0), Durability.FORCED);
        disk.room(disk.usedBytes() + 100_000);
        assertThatThrownBy(() -> log.append(Events.event("s", 1, 1 << 20), Durability.FORCED))
                .isInstanceOf(LogException.Stopped.class)
                .hasMessageContaining("No space left on device");
        Script.abandon(log);
        disk.room(Long.MAX_VALUE);
        try (HotLog next = open(disk)) {
            assertThat(next.nextOffset()).isEqualTo(1);
            assertThat(next.append(Events.event("s", 1, 1 << 20), Durability.FORCED))
                    .isEqualTo(1);
        }
    }

    @Test
    void anEventThatHasGoneFromTheFileUnderItsWriterIsNotTakenForAFreeKey() throws LogException {
        try (HotLog log = open(disk)) {
            // Three groups: the memory of the first holds the third by then.
            for (Event event : Events.events("s", 3)) {
                log.append(event, Durability.FORCED);
            }
            byte[] payload = Events.event("s", 0).payload().toBytes();
            int position = new String(disk.image().bytes(SEGMENT), StandardCharsets.ISO_8859_1)
                    .indexOf(new String(payload, StandardCharsets.ISO_8859_1));
            try (StoredFile file = disk.open(SEGMENT)) {
                file.write(ByteBuffer.allocate(1), position);
            }
            assertThatThrownBy(() -> log.append(Events.event("s", 0), Durability.FORCED))
                    .isInstanceOf(LogException.Damaged.class)
                    .hasMessageContaining("an event that was there has gone");
            assertThat(log.append(Events.event("s", 3), Durability.FORCED)).isEqualTo(3);
        }
    }

    @Test
    void aCommitterThatSomebodyInterruptsGoesOn() throws LogException {
        try (HotLog log = open(disk)) {
            for (long seq = 0; seq < 20; seq++) {
                log.append(Events.event("s", 2 * seq), Durability.MEMORY);
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("hotlog-committer"))
                        .forEach(Thread::interrupt);
                log.append(Events.event("s", 2 * seq + 1), Durability.GROUP);
            }
            assertThat(log.nextOffset()).isEqualTo(40);
        }
        assertThat(HotLogReader.verify(disk, _ -> {}).events()).isEqualTo(40);
    }

    @Test
    void anOpeningThatFailsAfterACrashLeavesNoFileOpenAndLosesNothing() throws LogException {
        HotLog log = open(disk);
        List<Event> events = Events.events("s", 3);
        log.append(Batch.of(events), Durability.FORCED);
        DiskImage killed = Script.killed(disk, log).image();
        int refused = 0;
        boolean reached = true;
        for (int n = 1; reached; n++) {
            FaultyStorage storage = new FaultyStorage(killed);
            storage.faults().failOnce(n, Fault.IO_ERROR);
            try {
                HotLog opened = open(storage);
                reached = storage.faults().reached();
                storage.faults().clear();
                opened.close();
            } catch (LogException.Storage _) {
                refused++;
            }
            assertThat(storage.openFiles()).as("open after failure " + n).isZero();
            storage.faults().clear();
            open(storage).close();
            try (HotLogReader reader = HotLogReader.open(storage)) {
                assertThat(reader.replay().events()).isEqualTo(events);
            }
        }
        assertThat(refused).isPositive();
    }
}
