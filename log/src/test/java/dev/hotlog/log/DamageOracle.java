// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Damage;
import dev.hotlog.event.Durability;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.KnownLog.Frame;
import dev.hotlog.log.KnownLog.Place;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.SealedIndex;
import dev.hotlog.log.segment.IndexName;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ImageStorage;
import dev.hotlog.log.storage.Storage;
import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/// What must hold of a known log to which damage was done: readers and verify tell the damage with file, place and
/// offset, or it costs nothing; and every event that it does not touch is read, found by its key, kept by the next
/// writer, and survives repair. For one thread.
final class DamageOracle {
    private final UnaryOperator<Storage> engine;
    private Counts counts = Counts.NONE;

    /// What was looked at.
    ///
    /// @param damaged how many logs were read
    /// @param verified how many of them were verified too
    /// @param told of how many of them something was told
    /// @param repaired how many were written to and repaired too, and every event looked up in them
    record Counts(long damaged, long verified, long told, long repaired) {
        static final Counts NONE = new Counts(0, 0, 0, 0);

        Counts plus(Counts more) {
            return new Counts(
                    damaged + more.damaged, verified + more.verified, told + more.told, repaired + more.repaired);
        }

        @Override
        public String toString() {
            return String.format("%,d, %,d verified, %,d told, %,d repaired", damaged, verified, told, repaired);
        }
    }

    /// @param engine puts something between the log and its files, for whoever reads, verifies or writes
    DamageOracle(UnaryOperator<Storage> engine) {
        this.engine = engine;
    }

    Counts counts() {
        return counts;
    }

    /// Does several things at once, each with an oracle of its own.
    ///
    /// @return what all of them have looked at
    static Counts inLanes(List<? extends Callable<Counts>> lanes) throws Exception {
        Counts all = Counts.NONE;
        try (ExecutorService pool =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Future<Counts> lane : pool.invokeAll(lanes)) {
                all = all.plus(lane.get());
            }
        } catch (ExecutionException e) {
            throw new AssertionError("in one of the lanes", e.getCause());
        }
        return all;
    }

    /// Reads, and perhaps verifies, which takes as long again.
    ///
    /// @param log with the damage done to its files
    /// @param changed where they are not as they were written
    void look(KnownLog log, List<Place> changed, boolean verify) throws LogException {
        look(log, changed, verify, false);
    }

    /// Reads and verifies, looks every event up by its key, lets a writer go on, and repairs.
    void lookAtAll(KnownLog log, List<Place> changed) throws LogException {
        look(log, changed, true, true);
        BitSet before = log.readable();
        isKeptByTheNextWriter(log, before, changed);
        log.isMendedByRepair(changed);
        counts = counts.plus(new Counts(0, 0, 0, 1));
    }

    private void look(KnownLog log, List<Place> changed, boolean verify, boolean keysToo) throws LogException {
        List<Frame> hit = hit(log, changed);
        List<Damage> read = read(log, changed, keysToo);
        tells(log, read, hit, "readers do", changed);
        boolean told = !read.isEmpty();
        if (verify) {
            told |= isToldByVerify(log, hit, changed);
        }
        counts = counts.plus(new Counts(1, verify ? 1 : 0, told ? 1 : 0, 0));
    }

    /// The frames that were changed and must be told of. A loop, since it takes most of the time.
    private static List<Frame> hit(KnownLog log, List<Place> changed) {
        List<Frame> hit = new ArrayList<>();
        for (Frame frame : log.frames()) {
            boolean touched = false;
            for (Place place : changed) {
                touched |= place.touches(frame);
            }
            if (touched && frame.firstOffset() < log.proven() && !isMark(frame)) {
                hit.add(frame);
            }
        }
        return hit;
    }

    private boolean isToldByVerify(KnownLog log, List<Frame> hit, List<Place> changed) throws LogException {
        VerifyReport verified = HotLogReader.verify(engine.apply(new ImageStorage(log.image())), _ -> {});
        tells(log, verified.damage(), hit, "verify does", changed);
        boolean told = !verified.isSound() || verified.tornBytes() > 0;
        for (Place place : changed) {
            KnownLog.check(told || mayBeSilent(log, place), "a change that verify does not tell", changed);
        }
        return told;
    }

    private List<Damage> read(KnownLog log, List<Place> changed, boolean keysToo) throws LogException {
        HotLogReader reader;
        try {
            reader = HotLogReader.open(engine.apply(new ImageStorage(log.image())));
        } catch (LogException.Damaged e) {
            List<Damage> told = List.of(e.damage());
            log.areRightlyMissing(new BitSet(), told, changed);
            return told;
        }
        try (reader) {
            return log.readsAllBut(reader, changed, keysToo);
        } catch (LogException.Damaged e) {
            throw new AssertionError("an event that replay gives is not found by its key; changed: " + changed, e);
        }
    }

    /// What marks had to say, their neighbours say too.
    private static boolean isMark(Frame frame) {
        return frame.type() == FrameType.SEAL || frame.type() == FrameType.CLOSE;
    }

    private static void tells(KnownLog log, List<Damage> told, List<Frame> hit, String who, List<Place> changed) {
        for (Frame frame : hit) {
            KnownLog.check(
                    isToldBy(log, told, frame),
                    () -> "a damaged frame that " + who + " not tell, or elsewhere: " + frame + "; told is " + told,
                    changed);
        }
    }

    private static boolean isToldBy(KnownLog log, List<Damage> told, Frame frame) {
        for (Damage damage : told) {
            if (isToldBy(log, damage, frame)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isToldBy(KnownLog log, Damage damage, Frame frame) {
        // Of a file without head and frames nothing is known but how long it is. Frames that are no events have the
        // offset of the next one.
        boolean whole =
                damage.position() == 0 && damage.lengthBytes() == log.image().bytes(frame.file()).length;
        boolean behind = damage.firstOffset() <= frame.firstOffset()
                && (damage.lostEvents() == Damage.UNKNOWN
                        || frame.firstOffset() <= damage.firstOffset() + damage.lostEvents());
        Place place = new Place(damage.file(), damage.position(), damage.position() + damage.lengthBytes());
        return place.touches(frame) || (whole && behind && damage.file().equals(frame.file()));
    }

    /// Whether nothing is lost with those bytes, and nothing is there that should not be: they are derived, or
    /// were a mark, or unwritten, and are zeros now; or they were a seal, where the next segment says what counts.
    /// Of an index that is gone, or another's, verify says nothing either: it is built again.
    private static boolean mayBeSilent(KnownLog log, Place place) {
        byte[] now = log.image().bytes(place.file());
        if (IndexName.base(place.file()).isPresent()) {
            return now.length == 0 || isIndexOfAnother(now, place.file());
        }
        if (SegmentName.base(place.file()).isEmpty()) {
            return true;
        }
        List<Frame> hit = log.frames().stream().filter(place::touches).toList();
        boolean unwritten = true;
        for (long at = place.from(); at < Math.min(place.to(), now.length); at++) {
            unwritten &= now[(int) at] == 0;
        }
        boolean sealed = hit.stream().anyMatch(frame -> frame.type() == FrameType.SEAL);
        return place.from() >= SegmentHeader.FIRST_FRAME
                && hit.stream().allMatch(DamageOracle::isMark)
                && (unwritten || sealed);
    }

    private static boolean isIndexOfAnother(byte[] index, String file) {
        return SealedIndex.segmentOf(MemorySegment.ofArray(index))
                .filter(segment -> segment.base() != IndexName.base(file).orElseThrow())
                .isPresent();
    }

    private void isKeptByTheNextWriter(KnownLog log, BitSet before, List<Place> changed) throws LogException {
        FaultyStorage storage = new FaultyStorage(log.copy().image());
        List<Frame> hit = hit(log, changed);
        Optional<List<Damage>> told = goesOn(storage);
        BitSet gone = (BitSet) before.clone();
        gone.andNot(kept(log, storage, changed));
        KnownLog.check(gone.isEmpty(), () -> "events " + gone + " did not survive the next writer", changed);
        told.ifPresent(damage -> tells(log, damage, ofLastSegment(log, hit), "the next writer does", changed));
        takesAgain(log, storage, hit, changed);
    }

    /// Of the segments before, a writer reads no frames.
    private static List<Frame> ofLastSegment(KnownLog log, List<Frame> hit) {
        String last = log.frames().getLast().file();
        return hit.stream().filter(frame -> frame.file().equals(last)).toList();
    }

    /// The offsets of the events that are there, none of them another one.
    private static BitSet kept(KnownLog log, FaultyStorage storage, List<Place> changed) throws LogException {
        BitSet kept = new BitSet();
        try (HotLogReader reader = HotLogReader.open(new ImageStorage(storage.image()))) {
            for (EventView event : reader.replay().onDamage(_ -> {})) {
                int offset = (int) event.offset();
                KnownLog.check(
                        offset >= log.events().size()
                                || event.toEvent().equals(log.events().get(offset)),
                        "the next writer gave the offset of an event to another",
                        changed);
                kept.set(offset);
            }
        } catch (LogException.Damaged _) {
            return kept; // Not one segment has a frame that can be read.
        }
        return kept;
    }

    /// Appends an event, if the writer does not leave all to repair.
    ///
    /// @return what the writer told on opening; empty when it did not open
    private Optional<List<Damage>> goesOn(FaultyStorage storage) throws LogException {
        try (HotLog writer = HotLog.open(engine.apply(storage), HotLogOptions.DEFAULTS, InstantSource.system())) {
            writer.append(Events.event("later", 0), Durability.FORCED);
            return Optional.of(writer.recovery().damage());
        } catch (LogException.Damaged _) {
            return Optional.empty(); // It says so, and must have changed nothing.
        }
    }

    /// A damaged event that is sent again is a new one, or the one that was there.
    private void takesAgain(KnownLog log, FaultyStorage storage, List<Frame> hit, List<Place> changed)
            throws LogException {
        Optional<Frame> event =
                hit.stream().filter(frame -> frame.type() == FrameType.EVENT).findFirst();
        if (event.isEmpty()) {
            return;
        }
        int damaged = (int) event.get().firstOffset();
        long offset;
        try (HotLog writer = HotLog.open(engine.apply(storage), HotLogOptions.DEFAULTS, InstantSource.system())) {
            offset = writer.append(log.events().get(damaged), Durability.FORCED);
        } catch (LogException.Damaged _) {
            return; // Whether it is there cannot be told, which is said.
        }
        KnownLog.check(
                offset == damaged || offset >= log.events().size(),
                () -> "a damaged event that is sent again takes the offset " + offset,
                changed);
    }
}
