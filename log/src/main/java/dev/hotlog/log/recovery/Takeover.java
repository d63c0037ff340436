// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RecoveryReport;
import dev.hotlog.event.RecoveryReport.Outcome;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.IndexFile;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.segment.UnsealedEnd;
import dev.hotlog.log.storage.FreeName;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// After an unclean end: a new file that goes on where the last one is proven to be on disk, with a copy of what was
/// whole behind that place. The old file is not touched; one that is copied whole is replaced under its name.
final class Takeover {
    /// An unsealed segment no longer than this is copied whole, so that a log whose writers are killed again and again
    /// does not fall into many small files.
    private static final long WHOLE_COPY_BYTES = 4 << 20;

    private final Storage storage;
    private final long segmentBytes;
    private final SegmentFile last;
    private final UnsealedEnd end;
    private final long epoch;
    private final List<Damage> known;
    /// Of the last segment.
    private final List<Damage> damage;
    private final boolean whole;

    /// @param epoch of the new file
    /// @param known what is known to be damaged before the last segment
    Takeover(Storage storage, long segmentBytes, SegmentFile last, UnsealedEnd end, long epoch, List<Damage> known) {
        this.storage = storage;
        this.segmentBytes = segmentBytes;
        this.last = last;
        this.end = end;
        this.epoch = epoch;
        this.damage = new ArrayList<>(end.damage());
        this.known = known;
        boolean small = end.end() <= WHOLE_COPY_BYTES && end.damage().isEmpty();
        // Two files cannot have one base: with no event before the proven place, the new one replaces the old.
        this.whole = small || end.durableOffset() == last.base();
    }

    /// Whether the new file replaces the old one, rather than going on behind it.
    boolean isWhole() {
        return whole;
    }

    RecoveredLog run(List<IndexedSegment> sealed, long nowMillis) throws LogException {
        SegmentHeader header = header(nowMillis);
        FrameWriter copy = new FrameWriter();
        copy.beginInNewFile(header, SegmentHeader.FIRST_FRAME);
        copyFrames(copy);
        String keptIn = keepAside();
        ActiveSegment active = ActiveSegment.create(storage, header, copy, ActiveSegment.FIRST_BYTES, segmentBytes);
        try {
            return recovered(active, copy, sealed, keptIn);
        } catch (LogException | RuntimeException | Error e) {
            active.closeAfter(e);
            throw e;
        }
    }

    private RecoveredLog recovered(ActiveSegment active, FrameWriter copy, List<IndexedSegment> sealed, String keptIn)
            throws LogException {
        SegmentHeader header = active.header();
        List<IndexedSegment> all = new ArrayList<>(sealed);
        if (!whole) {
            IndexedSegment kept = IndexedSegment.rebuilt(storage, last, end.durableEnd(), header.base());
            kept.index().moveToFile();
            all.add(kept);
        }
        SegmentFile made = SegmentFile.open(storage, active.name());
        LiveIndex index = IndexFile.build(
                made,
                new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, header.base(), copy.position(), end.nextOffset()),
                _ -> {});
        Outcome outcome = end.closed() && end.tornBytes() == 0 ? Outcome.CLEAN : Outcome.RECOVERED;
        List<Damage> found = Stream.concat(known.stream(), damage.stream()).toList();
        RecoveryReport report =
                new RecoveryReport(outcome, end.nextOffset(), copy.lengthBytes(), end.tornBytes(), keptIn, found);
        return new RecoveredLog(active, copy.position(), index, all, report);
    }

    private SegmentHeader header(long nowMillis) {
        SegmentHeader old = last.header();
        return whole
                ? new SegmentHeader(old.logId(), old.base(), epoch, nowMillis, old.previousEpoch(), old.previousEnd())
                : new SegmentHeader(old.logId(), end.durableOffset(), epoch, nowMillis, old.epoch(), end.durableEnd());
    }

    private void copyFrames(FrameWriter copy) {
        long from = whole ? SegmentHeader.FIRST_FRAME : end.durableEnd();
        long fromOffset = whole ? last.base() : end.durableOffset();
        SegmentWalk walk = new SegmentWalk(
                last,
                new SegmentWalk.Stretch(from, fromOffset, end.end(), end.nextOffset()),
                gap -> copyGap(gap, copy));
        while (walk.advance()) {
            switch (walk.frame().type()) {
                case EVENT, FACTS, CURSOR, LOST -> copy.copy(walk.frame(), walk.offset());
                case CLOSE, SEAL -> {}
            }
        }
    }

    private void copyGap(Damage gap, FrameWriter copy) {
        // Also what lies in the part that an index covers, which the survey of the end passes over.
        if (damage.stream().noneMatch(told -> told.position() == gap.position())) {
            damage.add(gap);
        }
        if (gap.lostEvents() > 0) {
            copy.lost(gap.firstOffset(), gap.lostEvents());
        }
    }

    /// Keeps what the new file will not have: the torn bytes, or the whole old file when it is damaged and replaced.
    private String keepAside() throws LogException {
        boolean all = whole && (!damage.isEmpty() || last.damagedHeaderCopies() > 0);
        long from = all ? 0 : end.tornPosition();
        long to = all ? last.sizeBytes() : end.tornPosition() + end.tornBytes();
        if (from == to) {
            return "";
        }
        MemorySegment bytes = last.bytes().asSlice(from, to - from);
        List<String> there = storage.list();
        String name = FreeName.of(
                SegmentName.torn(last.base(), last.header().epoch(), from),
                tried -> there.contains(tried) && storage.map(tried).mismatch(bytes) >= 0);
        String making = SegmentName.inTheMaking(name);
        try (StoredFile file = storage.create(making)) {
            file.write(bytes.asByteBuffer(), 0);
            file.force();
        }
        storage.rename(making, name);
        // Before the new file takes the place of the old one, or what was kept might be gone with its first name.
        storage.forceDirectory();
        return name;
    }
}
