// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/// The index that a close leaves of a segment that is not full, so that the next opening need not read all of it.
class ClosingIndexTest {
    private static final int PAYLOAD_BYTES = 100 << 10;
    private static final int LITTLE = 9;
    private static final int SOME = 11;
    private static final int MUCH = 100;

    private final FaultyStorage storage = new FaultyStorage();
    private long next;

    /// Opens the log, appends so many events more, and closes it.
    private void append(int events) throws LogException {
        try (HotLog log = HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system())) {
            for (int i = 0; i < events; i++) {
                log.append(Events.event("s", next++, PAYLOAD_BYTES), Durability.MEMORY);
            }
        }
    }

    private long indexesWritten() {
        return storage.trace().stream()
                .filter(operation -> operation instanceof Operation.Rename rename
                        && rename.to().equals(SegmentName.index(0)))
                .count();
    }

    private void isSound() throws LogException {
        assertThat(HotLogReader.verify(storage, _ -> {}).isSound()).isTrue();
        try (HotLogReader reader = HotLogReader.open(storage)) {
            assertThat(reader.info().events()).isEqualTo(next);
            assertThat(reader.offsetOf("s", next - 1)).hasValue(next - 1);
        }
    }

    @Test
    void aCloseIndexesASegmentOnceThereIsMuchToReadAtTheNextOpening() throws LogException {
        append(LITTLE);
        assertThat(indexesWritten()).isZero();
        append(SOME);
        assertThat(indexesWritten()).isOne();
        isSound();
    }

    @Test
    void openingAndClosingAgainAndAgainWritesNoIndexEachTime() throws LogException {
        append(MUCH);
        assertThat(indexesWritten()).isOne();
        append(0);
        append(1);
        append(SOME);
        assertThat(indexesWritten()).isOne();
        isSound();
        append(SOME);
        assertThat(indexesWritten()).isEqualTo(2);
        isSound();
    }
}
