// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RepairReport;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.Operation;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Segments that are too large to be checked or written in one piece, and repaired more than once.
class LargeRepairTest {
    private static final int EVENTS = 9;
    private static final int EVENT_BYTES = 1 << 20;
    private static final int PIECE_BYTES = 4 << 20;

    private final ParityLog log = new ParityLog();

    private static RepairReport repaired(FaultyStorage storage) throws LogException {
        RepairReport report = HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system());
        assertThat(HotLogReader.verify(storage, _ -> {}).isSound()).isTrue();
        return report;
    }

    private void damage(long seq) {
        String payload =
                Events.event("s", seq, EVENT_BYTES).payload().toString().substring(0, 64);
        String file = new String(log.bytes(ParityLog.FIRST_SEGMENT), StandardCharsets.ISO_8859_1);
        int position = file.indexOf(payload);
        log.changed(ParityLog.FIRST_SEGMENT, bytes -> bytes[position + 7] ^= 1);
    }

    @Test
    void repairKeepsWhatItPutDownAsLostBefore() throws LogException {
        try (HotLog writer = log.open()) {
            writer.append(Batch.of(Events.events("s", 0, EVENTS, EVENT_BYTES)), Durability.FORCED);
        }
        damage(1);
        assertThat(repaired(log.storage()).lostEvents()).isEqualTo(1);
        damage(7);
        RepairReport second = repaired(log.storage());
        assertThat(second.lostEvents()).as("newly lost").isEqualTo(1);
        assertThat(second.events()).isEqualTo(EVENTS - 2);
        assertThat(HotLogReader.verify(log.storage(), _ -> {}).lostEvents()).isEqualTo(2);
        List<Event> expected = new ArrayList<>(Events.events("s", 0, EVENTS, EVENT_BYTES));
        expected.remove(7);
        expected.remove(1);
        assertThat(log.events()).isEqualTo(expected);
        try (HotLogReader reader = log.reader()) {
            assertThat(reader.offsetOf("s", 8)).hasValue(8);
            assertThat(reader.at(7)).isEmpty();
        }
        assertThat(repaired(log.storage()).isUnchanged()).isTrue();
    }

    @Test
    void aLongSegmentIsWrittenAnewInPiecesOfSomeMegabytes() throws LogException {
        try (HotLog writer = log.open()) {
            writer.append(Batch.of(Events.events("s", 0, EVENTS, EVENT_BYTES)), Durability.FORCED);
        }
        damage(1);
        repaired(log.storage());
        String making = SegmentName.inTheMaking(ParityLog.FIRST_SEGMENT);
        List<Integer> written = new ArrayList<>();
        for (Operation operation : log.storage().trace()) {
            if (operation instanceof Operation.Write write && write.name().equals(making)) {
                written.add(write.bytes().remaining());
            }
        }
        assertThat(written)
                .as("the header and the pieces")
                .hasSizeBetween(3, EVENTS / 2)
                .allSatisfy(length -> assertThat(length).isLessThan(PIECE_BYTES + 2 * EVENT_BYTES));
    }
}
