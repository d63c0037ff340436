// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.format.Bytes;
import dev.hotlog.log.segment.DeadWriter;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// One bit of a log is flipped, each in turn, in all of its files: nothing is invented or altered, at most the
/// event that the bit lies in is lost, and if it is, that is told. Only what nothing proves to have been on disk may
/// be taken for torn.
class FlippedBitsTest {
    private static final String SEGMENT = "00000000000000000000.hotlog";
    private static final int FIRST_FRAME = 1024;

    private final List<Event> events = new ArrayList<>();

    /// Twelve events in four forced batches, the second with facts and a cursor.
    private void appendTo(HotLog log) throws LogException {
        for (int i = 0; i < 12; i += 3) {
            List<Event> three =
                    List.of(Events.event("s", i, 150), Events.event("t", i + 1, 40 + i), Events.event("größer", i + 2));
            boolean second = i == 3;
            log.append(
                    new Batch(
                            three,
                            second ? List.of(new SessionFacts("s", Map.of("title", "told once"))) : List.of(),
                            second ? List.of(new Cursor("file", "half of it")) : List.of()),
                    Durability.FORCED);
            events.addAll(three);
        }
    }

    private DiskImage closed() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = open(storage)) {
            appendTo(log);
        }
        return storage.image();
    }

    private DiskImage killed() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        HotLog log = open(storage);
        appendTo(log);
        DiskImage image = storage.image();
        storage.killed();
        Script.abandon(log);
        return DeadWriter.bury(image);
    }

    private static HotLog open(FaultyStorage storage) throws LogException {
        return HotLog.open(storage, HotLogOptions.DEFAULTS, InstantSource.system());
    }

    @Test
    void ofAClosedLogAtMostTheEventIsLostThatTheBitLiesIn() throws LogException {
        flip(closed(), 1, events.size());
    }

    @Test
    void ofALogThatWasNotClosedWhatWasPublishedIsNotTakenForTorn() throws LogException {
        flip(killed(), 1, events.size());
    }

    @Test
    void withoutPublishedTheLastWriteMayBeTakenForTorn() throws LogException {
        flip(killed().without("published"), 5, events.size() - 3);
    }

    /// @param step every so many bits one is flipped
    /// @param proven so many events are known to have been on disk
    private void flip(DiskImage image, int step, int proven) throws LogException {
        Map<Long, Integer> positions = positions(image);
        int end = positions.get((long) events.size());
        for (int bit = 0; bit < (end + 16) * Byte.SIZE; bit += step) {
            DiskImage flipped = flipped(image, SEGMENT, bit);
            String run = "bit " + bit % 8 + " of byte " + bit / 8;
            long hit = hit(positions, bit / Byte.SIZE, end);
            read(flipped, hit, proven, run);
            if (bit % 10 == 0) {
                goOn(flipped, hit, proven, run);
            }
        }
    }

    private static DiskImage flipped(DiskImage image, String file, int bit) {
        byte[] bytes = image.bytes(file).clone();
        bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        return image.with(file, bytes);
    }

    /// Where each event's frame begins, by offset.
    private Map<Long, Integer> positions(DiskImage image) {
        SortedMap<Long, Integer> positions = new TreeMap<>();
        byte[] bytes = image.bytes(SEGMENT);
        int at = FIRST_FRAME;
        for (long offset = 0; offset < events.size(); ) {
            int word = MemorySegment.ofArray(bytes).get(Bytes.U32, at + 4);
            if (((word >>> 26) & 0x1F) == 1) {
                positions.put(offset++, at);
            }
            at = (int) Bytes.aligned(at + 16 + (word & 0x3FFFFFF));
        }
        positions.put((long) events.size(), at);
        return positions;
    }

    /// The offset of the event whose frame has that byte, or of the one before facts and cursors that have; -1 for
    /// none.
    private static long hit(Map<Long, Integer> positions, int at, int end) {
        long hit = -1;
        for (Map.Entry<Long, Integer> frame : positions.entrySet()) {
            hit = frame.getValue() <= at && at < end ? frame.getKey() : hit;
        }
        return hit;
    }

    private void read(DiskImage image, long hit, int proven, String run) throws LogException {
        List<Damage> told = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        try (HotLogReader reader = HotLogReader.open(new FaultyStorage(image))) {
            for (EventView event : reader.replay().onDamage(told::add)) {
                assertThat(event.toEvent()).as(run).isEqualTo(events.get((int) event.offset()));
                offsets.add(event.offset());
            }
            for (long offset : offsets) {
                Event event = events.get((int) offset);
                assertThat(reader.get(event.sessionId(), event.seq())).as(run).contains(event);
            }
        }
        isComplete(offsets, told, hit, proven, run);
    }

    private void isComplete(List<Long> offsets, List<Damage> told, long hit, int proven, String run) {
        boolean torn = false;
        for (long offset = 0; offset < events.size(); offset++) {
            boolean there = offsets.contains(offset);
            torn |= !there && Math.min(hit, offset) >= proven;
            if (!there && !torn) {
                assertThat(offset).as(run + ": the event that is lost").isEqualTo(hit);
                assertThat(told).as(run + ": what is told of the loss").isNotEmpty();
                assertThat(told.getFirst().firstOffset()).as(run).isEqualTo(offset);
                // With nothing behind it to tell their number it is a bound.
                assertThat(told.getFirst().lostEvents()).as(run).isBetween(1L, offset == events.size() - 1 ? 2L : 1L);
            }
        }
    }

    private void goOn(DiskImage image, long hit, int proven, String run) throws LogException {
        FaultyStorage storage = new FaultyStorage(image);
        Event later = Events.event("later", 0);
        try (HotLog log = open(storage)) {
            assertThat(log.append(later, Durability.FORCED)).as(run).isGreaterThanOrEqualTo(proven);
        }
        List<Long> offsets = new ArrayList<>();
        List<Damage> told = new ArrayList<>();
        List<Event> behind = new ArrayList<>();
        try (HotLogReader reader = HotLogReader.open(storage)) {
            for (EventView event : reader.replay().onDamage(told::add)) {
                if (event.isOfSession("later")) {
                    behind.add(event.toEvent());
                } else {
                    assertThat(event.toEvent()).as(run).isEqualTo(events.get((int) event.offset()));
                    offsets.add(event.offset());
                }
            }
        }
        assertThat(behind).as(run).containsExactly(later);
        if (hit < proven) {
            isComplete(offsets, told, hit, proven, run);
        }
    }

    @Test
    void aBitInPublishedOrAnIndexCostsTimeOnly() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log =
                HotLog.open(storage, HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10), InstantSource.system())) {
            for (int i = 0; i < 9; i++) {
                Event event = Events.event("s" + i % 3, i, 10_000);
                log.append(event, Durability.FORCED);
                events.add(event);
            }
        }
        DiskImage image = storage.image();
        for (String file : List.of("published", "00000000000000000000.idx")) {
            for (int bit = 0; bit < image.bytes(file).length * Byte.SIZE; bit += file.equals("published") ? 1 : 7) {
                String run = "bit " + bit + " of " + file;
                try (HotLogReader reader = HotLogReader.open(new FaultyStorage(flipped(image, file, bit)))) {
                    assertThat(reader.replay().events()).as(run).isEqualTo(events);
                    for (int offset = 0; offset < 9; offset++) {
                        assertThat(reader.offsetOf("s" + offset % 3, offset))
                                .as(run)
                                .hasValue(offset);
                    }
                    assertThat(reader.sessions()
                                    .mapToLong(session -> session.totals().events()))
                            .as(run)
                            .containsOnly(3L);
                }
            }
        }
    }
}
