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
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.DeadWriter;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ImageStorage;
import dev.hotlog.log.storage.Storage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// A log of which every frame's place is known, so that what damage may cost can be told beforehand.
///
/// @param image its files
/// @param events by offset
/// @param frames all frames, in order
/// @param proven so many events are proven to have been on disk: those behind may be taken for torn
record KnownLog(DiskImage image, List<Event> events, List<Frame> frames, int proven) {
    private static final int EVENTS = 100;
    /// Room for all of them, and little more.
    private static final int ONE_SEGMENT_BYTES = 33 << 10;

    /// @param firstOffset of its event, or the one that the next event takes
    record Frame(String file, FrameType type, long from, long to, long firstOffset) {}

    /// Some bytes of one file.
    record Place(String file, long from, long to) {
        boolean touches(String other, long otherFrom, long otherTo) {
            return file.equals(other) && from < otherTo && otherFrom < to;
        }

        boolean touches(Frame frame) {
            return touches(frame.file, frame.from, frame.to);
        }
    }

    /// One segment, closed.
    static KnownLog small() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        List<Event> events = new ArrayList<>();
        try (HotLog log = open(storage, ONE_SEGMENT_BYTES)) {
            append(log, events);
        }
        return of(storage.image(), events, events.size());
    }

    /// Many segments with their indexes, closed.
    static KnownLog rolled() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        List<Event> events = new ArrayList<>();
        try (HotLog log = open(storage, HotLogOptions.MIN_SEGMENT_BYTES)) {
            append(log, events);
        }
        return of(storage.image(), events, events.size());
    }

    /// One segment whose writer was killed in the middle of a write.
    static KnownLog torn() throws LogException {
        FaultyStorage storage = new FaultyStorage();
        List<Event> events = new ArrayList<>();
        HotLog log = open(storage, ONE_SEGMENT_BYTES);
        append(log, events);
        DiskImage killed = DeadWriter.bury(storage.image());
        storage.killed();
        Script.abandon(log);
        KnownLog whole = of(killed, events, events.size());
        byte[] bytes = killed.bytes(SegmentName.segment(0)).clone();
        int end = (int) whole.frames.getLast().to();
        byte[] frame = Arrays.copyOfRange(bytes, (int) whole.frames.getLast().from(), end - 20);
        System.arraycopy(frame, 0, bytes, end, frame.length);
        return new KnownLog(killed.with(SegmentName.segment(0), bytes), whole.events, whole.frames, whole.proven);
    }

    private static HotLog open(FaultyStorage storage, int segmentBytes) throws LogException {
        HotLogOptions options =
                HotLogOptions.DEFAULTS.withSegmentBytes(segmentBytes).withGroup(1 << 30, 1 << 30, Duration.ofHours(1));
        return HotLog.open(storage, options, InstantSource.system());
    }

    /// Batches of three and single events, with facts and cursors among them, each forced.
    private static void append(HotLog log, List<Event> events) throws LogException {
        for (int i = 0; i < EVENTS; i += 4) {
            List<Event> three = List.of(
                    Events.event("s", i, 250), Events.event("t", i + 1, 40 + i), Events.event("größer", i + 2, 300));
            log.append(
                    new Batch(
                            three,
                            i % 16 == 0 ? List.of(new SessionFacts("s", Map.of("title", "as of " + i))) : List.of(),
                            i % 24 == 0 ? List.of(new Cursor("file", "up to " + i)) : List.of()),
                    Durability.FORCED);
            Event one = Events.event("u", i + 3, 150);
            log.append(one, Durability.FORCED);
            events.addAll(three);
            events.add(one);
        }
    }

    private static KnownLog of(DiskImage image, List<Event> events, int proven) throws LogException {
        Storage storage = new ImageStorage(image);
        List<Frame> frames = new ArrayList<>();
        for (String name : image.files().keySet()) {
            if (SegmentName.base(name).isPresent()) {
                SegmentFile segment = SegmentFile.open(storage, name);
                SegmentWalk.Stretch all = new SegmentWalk.Stretch(
                        SegmentHeader.FIRST_FRAME, segment.base(), segment.sizeBytes(), SegmentWalk.Stretch.UNKNOWN);
                SegmentWalk walk = new SegmentWalk(segment, all, _ -> {});
                while (walk.advance()) {
                    frames.add(new Frame(
                            name,
                            walk.frame().type(),
                            walk.frame().position(),
                            walk.frame().next(),
                            walk.offset()));
                }
            }
        }
        return new KnownLog(image, List.copyOf(events), List.copyOf(frames), proven);
    }

    /// The same with files of its own.
    KnownLog copy() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        image.files().forEach((name, bytes) -> files.put(name, bytes.clone()));
        return new KnownLog(new DiskImage(files), events, frames, proven);
    }

    /// The same log with files to which something happened.
    KnownLog with(DiskImage files) {
        return new KnownLog(files, events, frames, proven);
    }

    long bytes() {
        return image.files().values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    // No stream: it is asked for each lost event of each damaged log.
    private Frame frameOf(long offset) {
        for (Frame frame : frames) {
            if (frame.type == FrameType.EVENT && frame.firstOffset == offset) {
                return frame;
            }
        }
        throw new AssertionError("no event has offset " + offset);
    }

    /// The offsets of the events in that place.
    List<Long> eventsIn(Place place) {
        return frames.stream()
                .filter(frame -> frame.type == FrameType.EVENT && place.touches(frame))
                .map(Frame::firstOffset)
                .toList();
    }

    /// Reads it all: only what lies in a damaged place may be missing, and that is told with file, place and offset.
    ///
    /// @param changed where the files are not as they were written
    /// @param keysToo whether to look every event up by its key
    /// @return what was told
    List<Damage> readsAllBut(List<Place> changed, boolean keysToo) throws LogException {
        try (HotLogReader reader = HotLogReader.open(new ImageStorage(image))) {
            return readsAllBut(reader, changed, keysToo);
        }
    }

    /// As [#readsAllBut(List, boolean)].
    ///
    /// @param reader of this log
    List<Damage> readsAllBut(HotLogReader reader, List<Place> changed, boolean keysToo) throws LogException {
        List<Damage> told = new ArrayList<>();
        BitSet found = new BitSet();
        for (EventView event : reader.replay().onDamage(told::add)) {
            check(
                    event.offset() < events.size() && event.toEvent().equals(events.get((int) event.offset())),
                    "an event that nobody appended",
                    changed);
            found.set((int) event.offset());
        }
        areRightlyMissing(found, told, changed);
        if (keysToo) {
            findsAll(reader, found, changed);
        }
        return told;
    }

    /// Of all events but these something lies in a damaged place, and that is told.
    void areRightlyMissing(BitSet found, List<Damage> told, List<Place> changed) {
        for (int offset = found.nextClearBit(0); offset < events.size(); offset = found.nextClearBit(offset + 1)) {
            isRightlyMissing(offset, told, changed);
        }
    }

    private void isRightlyMissing(int offset, List<Damage> told, List<Place> changed) {
        Frame frame = frameOf(offset);
        boolean torn = offset >= proven && changed.stream().anyMatch(place -> place.from >= frame.from - 1);
        check(
                torn || changed.stream().anyMatch(place -> place.touches(frame)),
                () -> "event " + offset + " is lost though nothing touched it",
                changed);
        check(
                torn || told.stream().anyMatch(damage -> tellsOf(damage, frame)),
                () -> "event " + offset + " is lost without a word; told is " + told,
                changed);
    }

    private static boolean tellsOf(Damage damage, Frame lost) {
        boolean offsets = damage.firstOffset() <= lost.firstOffset
                && (damage.lostEvents() == Damage.UNKNOWN
                        || lost.firstOffset < damage.firstOffset() + damage.lostEvents());
        return offsets && damage.file().equals(lost.file);
    }

    private void findsAll(HotLogReader reader, BitSet found, List<Place> changed) throws LogException {
        for (int offset = found.nextSetBit(0); offset >= 0; offset = found.nextSetBit(offset + 1)) {
            Event event = events.get(offset);
            check(
                    reader.get(event.sessionId(), event.seq()).equals(Optional.of(event)),
                    "event " + offset + " is not found by its key",
                    changed);
            check(
                    reader.offsetOf(event.sessionId(), event.seq()).orElse(-1) == offset,
                    "event " + offset + " is found elsewhere",
                    changed);
        }
    }

    /// What verify says.
    static VerifyReport verify(DiskImage files) throws LogException {
        return HotLogReader.verify(new ImageStorage(files), _ -> {});
    }

    /// Repairs it: what could be read before can be read after, and nothing is wrong any more.
    ///
    void isMendedByRepair(List<Place> changed) throws LogException {
        BitSet before = readable();
        FaultyStorage storage = new FaultyStorage(copy().image);
        HotLog.repair(storage, HotLogOptions.DEFAULTS, InstantSource.system());
        isMended(storage.image(), before, changed);
    }

    /// The offsets of the events that can be read.
    BitSet readable() throws LogException {
        return offsets(image);
    }

    /// Nothing is wrong any more, and what could be read before can be read.
    void isMended(DiskImage mended, BitSet before, List<Place> changed) throws LogException {
        check(
                verify(mended).isSound(),
                "not sound after repair: " + verify(mended).damage(),
                changed);
        BitSet after = offsets(mended);
        BitSet gone = (BitSet) before.clone();
        gone.andNot(after);
        check(gone.isEmpty(), "events " + gone + " did not survive repair", changed);
        try (HotLogReader reader = HotLogReader.open(new ImageStorage(mended))) {
            findsAll(reader, after, changed);
        }
    }

    private static BitSet offsets(DiskImage files) throws LogException {
        BitSet offsets = new BitSet();
        try (HotLogReader reader = HotLogReader.open(new ImageStorage(files))) {
            for (EventView event : reader.replay().onDamage(_ -> {})) {
                offsets.set((int) event.offset());
            }
        } catch (LogException.Damaged _) {
            return offsets; // Not one segment has a frame that can be read.
        }
        return offsets;
    }

    // A description for each of a million good cases would take longer than the cases.
    static void check(boolean holds, Supplier<String> otherwise, List<Place> changed) {
        if (!holds) {
            assertThat(holds).as("%s; changed: %s", otherwise.get(), changed).isTrue();
        }
    }

    static void check(boolean holds, String otherwise, List<Place> changed) {
        check(holds, () -> otherwise, changed);
    }
}
