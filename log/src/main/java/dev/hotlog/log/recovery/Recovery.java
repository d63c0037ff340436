// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RecoveryReport;
import dev.hotlog.event.RecoveryReport.Outcome;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.Catalog;
import dev.hotlog.log.segment.IndexFile;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.segment.UnsealedEnd;
import dev.hotlog.log.storage.RefusedRead;
import dev.hotlog.log.storage.Storage;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// Makes the log fit to append to, whatever its last writer left. The writer's lock is held.
///
/// After a clean close, told by the closing mark and by `published`, which is written once the mark was forced,
/// the writer goes on in the last segment. After anything else nothing is built on bytes that only the page cache
/// may hold: what is not proven to be on disk is copied into a new file, which takes over at that place and is
/// durable, with its name, before this returns. (docs/design.md, Recovery)
public final class Recovery {
    /// A power cut may leave an index under its name without its bytes: so many of the newest are looked at,
    /// so that opening costs no more for a long history.
    private static final int INDEXES_LOOKED_AT = 4;

    private static final int READ_BYTES = 1 << 18;

    private final Storage storage;
    private final long segmentBytes;
    private final InstantSource clock;

    public Recovery(Storage storage, long segmentBytes, InstantSource clock) {
        this.storage = storage;
        this.segmentBytes = segmentBytes;
        this.clock = clock;
    }

    public RecoveredLog run() throws LogException {
        Catalog catalog = Catalog.read(storage);
        for (String name : storage.list()) {
            if (SegmentName.isInTheMaking(name)) {
                storage.delete(name);
            }
        }
        if (catalog.isEmpty()) {
            return create();
        }
        // Damage without a segment that goes on behind it: what offsets are free only repair may decide.
        if (catalog.segments().isEmpty()
                || catalog.isLastUnreadable()
                || !catalog.segments().getLast().isIdentified()) {
            throw new LogException.Damaged(catalog.damageOfLast());
        }
        if (catalog.isLastMissing()) {
            return goOnBehindMissing(catalog, List.of());
        }
        SegmentFile last = catalog.segments().getLast();
        Optional<Published> ofLast = Published.find(storage).filter(known -> known.isOf(last));
        List<IndexedSegment> sealed = sealedOf(catalog);
        LiveIndex index = new LiveIndex(last.base());
        EventFrame event = new EventFrame();
        Optional<IndexedSegment> indexed =
                IndexedSegment.indexedPart(storage, last, last.sizeBytes(), OptionalLong.empty());
        long surveyedFrom = indexed.map(IndexedSegment::end).orElse((long) SegmentHeader.FIRST_FRAME);
        UnsealedEnd end = UnsealedEnd.survey(
                last,
                surveyedFrom,
                indexed.map(IndexedSegment::endOffset).orElse(last.base()),
                UnsealedEnd.Known.toGoOn(last, ofLast),
                (frame, _) -> IndexFile.add(index, frame, event));
        // The mark alone is no proof: it may be in the page cache only, its force having failed.
        boolean closed = end.closed()
                && end.tornBytes() == 0
                && ofLast.filter(known -> known.isClosedAt(end.end())).isPresent()
                && last.damagedHeaderCopies() < SegmentHeader.COPIES;
        if (!closed || !end.damage().isEmpty()) {
            demandReadable(last, surveyedFrom, last.sizeBytes());
        }
        if (end.sealed()) {
            return goOnBehindMissing(catalog.endingWith(end), end.damage());
        }
        if (closed) {
            indexed.ifPresent(sealed::add);
            return goOn(last, index, sealed, end, catalog.damage());
        }
        demandReadable(last, SegmentHeader.FIRST_FRAME, surveyedFrom);
        // The new file goes on from files that are there: their names must be on disk before its own is.
        storage.forceDirectory();
        return new Takeover(storage, segmentBytes, last, end, catalog.nextEpoch(), catalog.damage())
                .run(sealed, clock.millis());
    }

    /// What the disk refuses is no torn end, and looks like one: nothing may be cut off, nor gone on with, before it
    /// gives it or repair has saved what can be read.
    private void demandReadable(SegmentFile segment, long from, long to) throws LogException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.clamp(to - from, 0, READ_BYTES));
        for (long at = from; at < to; at += READ_BYTES) {
            try {
                storage.read(segment.name(), buffer.clear().limit((int) Math.min(READ_BYTES, to - at)), at);
            } catch (RefusedRead e) {
                throw new LogException.Storage(
                        "cannot read " + storage.directory().resolve(segment.name()) + ", with which the log ends", e);
            }
        }
    }

    /// Which sealed segments of the log have no index on disk, oldest first: a crash came before it was
    /// written, or the disk did not let it, or it is one of another version. Names tell, and of the newest segments
    /// and the oldest the index's header: when one of these is of no use, those of all are looked at. Since the
    /// newest are written first, the oldest tells whether the others were.
    public List<IndexedSegment> unindexed(RecoveredLog log) {
        Set<String> names;
        try {
            names = Set.copyOf(storage.list());
        } catch (LogException _) {
            return List.of(); // Indexes are derived: the next opening looks again.
        }
        long active = log.active().header().base();
        List<IndexedSegment> indexable = log.sealed().stream()
                .filter(segment ->
                        segment.file().base() != active && segment.file().isIdentified())
                .toList();
        int newest = Math.max(indexable.size() - INDEXES_LOOKED_AT, 0);
        boolean asNamed = Stream.concat(
                        indexable.stream().limit(1), indexable.stream().skip(newest))
                .allMatch(segment -> segment.index().hasFile());
        return indexable.stream()
                .filter(segment -> asNamed
                        ? !names.contains(SegmentName.index(segment.file().base()))
                        : !segment.index().hasFile())
                .toList();
    }

    private List<IndexedSegment> sealedOf(Catalog catalog) {
        List<IndexedSegment> sealed = new ArrayList<>();
        for (int i = 0; i < catalog.sealed().size(); i++) {
            SegmentWalk.Stretch stretch = catalog.sealed().get(i);
            sealed.add(IndexedSegment.sealed(storage, catalog.segments().get(i), stretch.to(), stretch.toOffset()));
        }
        return sealed;
    }

    private RecoveredLog create() throws LogException {
        SegmentHeader header = new SegmentHeader(UUID.randomUUID(), 0, 1, clock.millis(), 0, 0);
        return begin(header, List.of(), Outcome.CREATED, List.of());
    }

    /// The log went on in a segment that is gone. Its offsets are not given again: there may be readers who
    /// have seen them.
    ///
    /// @param ofLast what is damaged of the last segment that is there
    private RecoveredLog goOnBehindMissing(Catalog catalog, List<Damage> ofLast) throws LogException {
        storage.forceDirectory();
        SegmentHeader last = catalog.segments().getLast().header();
        SegmentHeader header = new SegmentHeader(
                last.logId(),
                catalog.endOfLost(),
                catalog.nextEpoch(),
                clock.millis(),
                last.epoch(),
                catalog.sealed().getLast().to());
        List<Damage> damage =
                Stream.concat(catalog.damage().stream(), ofLast.stream()).toList();
        return begin(header, sealedOf(catalog), Outcome.RECOVERED, damage);
    }

    /// Makes an empty segment.
    private RecoveredLog begin(SegmentHeader header, List<IndexedSegment> sealed, Outcome outcome, List<Damage> damage)
            throws LogException {
        FrameWriter nothing = new FrameWriter();
        nothing.beginInNewFile(header, SegmentHeader.FIRST_FRAME);
        ActiveSegment active = ActiveSegment.create(storage, header, nothing, ActiveSegment.FIRST_BYTES, segmentBytes);
        return new RecoveredLog(
                active,
                SegmentHeader.FIRST_FRAME,
                new LiveIndex(header.base()),
                sealed,
                new RecoveryReport(outcome, header.base(), 0, 0, "", damage));
    }

    private RecoveredLog goOn(
            SegmentFile last, LiveIndex index, List<IndexedSegment> sealed, UnsealedEnd end, List<Damage> known)
            throws LogException {
        ActiveSegment active = ActiveSegment.open(storage, last, segmentBytes);
        List<Damage> damage =
                Stream.concat(known.stream(), end.damage().stream()).toList();
        return new RecoveredLog(
                active,
                // Behind the mark: it may be all that proves what lies before it to have been on disk.
                end.end() + FrameCursor.MARK_BYTES,
                index,
                sealed,
                new RecoveryReport(Outcome.CLEAN, end.nextOffset(), 0, 0, "", damage));
    }
}
