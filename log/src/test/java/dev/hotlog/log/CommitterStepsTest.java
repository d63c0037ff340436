// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RecoveryReport.Outcome;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.Operation;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the thread that commits leaves for others at each of its steps.
@Timeout(60)
class CommitterStepsTest {
    private static final int MIB = 1 << 20;

    private FaultyStorage storage = new FaultyStorage();

    private static HotLog open(Storage storage) throws LogException {
        return HotLog.open(storage, Script.OPTIONS, InstantSource.system());
    }

    private boolean isPublished(long base) throws LogException {
        SegmentFile segment = SegmentFile.open(storage, SegmentName.segment(base));
        return Published.find(storage).orElseThrow().isOf(segment);
    }

    @Test
    void aWriterTellsReadersWhichFileItGoesOnInBeforeItAppends() throws LogException {
        HotLog first = open(storage);
        assertThat(isPublished(0)).isTrue();
        first.append(Events.event("s", 0), Durability.FORCED);
        storage = Script.killed(storage, first);
        try (HotLog _ = open(storage)) {
            // A new file took over, under another epoch.
            assertThat(isPublished(0)).isTrue();
        }
    }

    @Test
    void aSegmentIsPublishedBeforeAnythingInItIs() throws LogException {
        try (HotLog log = open(storage)) {
            log.append(Events.event("s", 0, HotLogOptions.MIN_SEGMENT_BYTES), Durability.FORCED);
            log.append(Events.event("s", 1), Durability.MEMORY);
            assertThat(log.durableOffset()).isEqualTo(1);
            assertThat(isPublished(1)).isTrue();
        }
    }

    @Test
    void aLogThatWasClosedIsGoneOnWithInItsFile() throws LogException {
        List<Event> events = Events.events("s", 2);
        try (HotLog log = open(storage)) {
            log.append(events.getFirst(), Durability.MEMORY);
        }
        List<String> files = storage.list();
        try (HotLog log = open(storage)) {
            assertThat(log.recovery().outcome()).isEqualTo(Outcome.CLEAN);
            log.append(events.getLast(), Durability.MEMORY);
        }
        assertThat(storage.list()).isEqualTo(files);
        try (HotLogReader reader = HotLogReader.open(storage)) {
            assertThat(reader.replay().events()).isEqualTo(events);
        }
    }

    @Test
    void theNextSegmentIsPreparedForWhoFillsHalfOfOneAtOnce() throws LogException {
        HotLogOptions options = Script.OPTIONS.withSegmentBytes(16 * MIB);
        try (HotLog log = HotLog.open(storage, options, InstantSource.system())) {
            for (int seq = 0; seq < 72; seq++) {
                log.append(Events.event("s", seq, MIB / 8), Durability.FORCED);
            }
        }
        assertThat(storage.trace())
                .anyMatch(operation -> operation instanceof Operation.Create create
                        && create.name().equals(SegmentName.SPARE));
        assertThat(storage.list()).doesNotContain(SegmentName.SPARE);
    }

    @Test
    void whoWaitsIsToldOfAMistakeThatEndedTheCommitter() throws LogException {
        HotLog log = open(new ForwardingStorage(storage) {
            @Override
            public StoredFile create(String name) throws LogException {
                return new ForwardingFile(super.create(name)) {
                    @Override
                    public void force() throws LogException {
                        if (name().equals(SegmentName.segment(0))) {
                            throw new IllegalStateException("a mistake");
                        }
                        super.force();
                    }
                };
            }
        });
        assertThatThrownBy(() -> log.append(Events.event("s", 0), Durability.FORCED))
                .isInstanceOf(LogException.Stopped.class)
                .hasMessageContaining("the committer ended unexpectedly: java.lang.IllegalStateException: a mistake");
        assertThatThrownBy(log::close).isInstanceOf(LogException.Stopped.class);
        assertThat(storage.openFiles()).isZero();
    }
}
