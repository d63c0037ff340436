// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionLoss;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FactsFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.segment.UnsealedEnd;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/// Checks every byte of one segment, and of its index, in one pass over the frames.
final class SegmentCheck {
    private static final long PROGRESS_BYTES = 1 << 20;
    /// In the place of a sealing mark other bytes differ from it in more than so many, but with the
    /// chance of a checksum that is right by accident.
    private static final int MOST_CHANGED_BYTES = 2;

    private final SegmentFile segment;
    private final List<Refusal> refusals;
    private final IndexCheck index;
    private final LongConsumer progress;
    private final EventFrame event = new EventFrame();
    private final List<Damage> damage = new ArrayList<>();
    private SegmentWalk.Stretch stretch;
    private List<SessionLoss> losses = List.of();
    private long events;
    private long lostEvents;
    private long told;

    /// @param progress is told the position in the file now and then
    SegmentCheck(ProbedStorage storage, SegmentFile segment, LongConsumer progress) throws LogException {
        this.segment = segment;
        this.refusals = storage.refusals(segment.name());
        this.index = new IndexCheck(storage, segment);
        this.progress = progress;
        this.stretch = new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, segment.base(), 0, 0);
    }

    /// Checks a sealed segment, or what is published of the active one.
    void walk(SegmentWalk.Stretch whole) {
        checkHead();
        SegmentWalk walk = new SegmentWalk(segment, whole, damage::add);
        while (walk.advance()) {
            take(walk.frame());
        }
        finish(whole);
    }

    /// Checks the mark that the segment is sealed with, and that nothing was written behind it. Where a writer
    /// took over there is none: what lies behind counts no more.
    void checkSeal() {
        long at = stretch.to();
        long size = segment.sizeBytes();
        if (at < SegmentHeader.FIRST_FRAME || at + FrameCursor.MARK_BYTES > size) {
            return;
        }
        FrameCursor frame = segment.frames();
        if (!frame.moveTo(at, size)) {
            checkLostSeal();
        } else if (frame.type() == FrameType.SEAL) {
            tellWritten(firstWritten(frame.next()), "bytes in space that should be unwritten");
        }
    }

    /// A crash may have left the begin of the mark, and zeros behind; where a writer took over, the begin of any
    /// other frame may stand there. What is nearly the mark, and neither of these, was the mark, and is damaged.
    private void checkLostSeal() {
        FrameWriter seal = new FrameWriter();
        seal.begin(segment.header(), stretch.to());
        seal.mark(FrameType.SEAL, stretch.toOffset());
        MemorySegment expected = MemorySegment.ofBuffer(seal.written());
        int changed = 0;
        boolean torn = true;
        boolean writtenUpTo = true;
        for (int i = 0; i < FrameCursor.MARK_BYTES; i++) {
            byte found = byteAt(stretch.to() + i);
            boolean same = found == expected.get(ValueLayout.JAVA_BYTE, i);
            changed += same ? 0 : 1;
            // Torn writes end in zeros; a mark may lie in two sectors, each torn by itself.
            writtenUpTo = same && (writtenUpTo || i % Long.BYTES == 0);
            torn &= writtenUpTo || found == 0;
        }
        boolean nothingBehind = firstWritten(stretch.to() + FrameCursor.MARK_BYTES) == segment.sizeBytes();
        if (changed <= MOST_CHANGED_BYTES && !torn && nothingBehind) {
            tellWritten(stretch.to(), "the mark that ends the segment cannot be read");
        }
    }

    /// The place of the first byte from there on that is not zero; the file's end when there is none.
    private long firstWritten(long from) {
        long at = from;
        while (at < segment.sizeBytes() && byteAt(at) == 0) {
            at++;
        }
        return at;
    }

    /// Tells of the bytes from there to the last that is not zero, if there are any.
    private void tellWritten(long from, String problem) {
        long behind = segment.sizeBytes();
        while (behind > from && byteAt(behind - 1) == 0) {
            behind--;
        }
        if (from < behind) {
            damage.add(new Damage(problem, segment.name(), from, behind - from, -1, 0));
        }
    }

    private byte byteAt(long position) {
        return segment.bytes().get(ValueLayout.JAVA_BYTE, position);
    }

    /// Checks the last segment of a log that nobody writes to.
    ///
    /// @param known as for [UnsealedEnd#survey]
    UnsealedEnd survey(UnsealedEnd.Known known) {
        checkHead();
        UnsealedEnd end = survey(withRefused(known), (frame, _) -> take(frame));
        damage.addAll(end.damage());
        finish(new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, segment.base(), end.end(), end.nextOffset()));
        return end;
    }

    private UnsealedEnd survey(UnsealedEnd.Known known, UnsealedEnd.Visitor visitor) {
        return UnsealedEnd.survey(segment, SegmentHeader.FIRST_FRAME, segment.base(), known, visitor);
    }

    /// What the disk refuses at the end, or behind a torn one, may have been events: it counts as having been on disk,
    /// so that the end is not taken for torn before it.
    private UnsealedEnd.Known withRefused(UnsealedEnd.Known known) {
        for (Refusal refusal : refusals) {
            UnsealedEnd end = survey(known, (_, _) -> {});
            long place = end.tornPosition();
            if (refusal.covers(place) || (end.tornBytes() > 0 && place < refusal.from())) {
                known = UnsealedEnd.Known.durable(refusal.to());
            }
        }
        return known;
    }

    private void checkHead() {
        if (segment.damagedHeaderCopies() == SegmentHeader.COPIES) {
            return; // Told by the catalog.
        }
        MemorySegment expected = MemorySegment.ofBuffer(segment.header().toBytes());
        MemorySegment found = segment.bytes().asSlice(0, Math.min(segment.sizeBytes(), expected.byteSize()));
        long mismatch = found.mismatch(expected);
        if (mismatch >= 0) {
            String problem = segment.damagedHeaderCopies() > 0
                    ? "one of the header's two copies cannot be read"
                    : "bytes beside the header that should be zero";
            damage.add(new Damage(problem, segment.name(), mismatch, expected.byteSize() - mismatch, -1, 0));
        }
    }

    private void take(FrameCursor frame) {
        if (!isConsistent(frame)) {
            damage.add(SegmentWalk.contradiction(segment, frame));
        } else if (frame.type() == FrameType.EVENT) {
            events++;
        } else if (frame.type() == FrameType.LOST) {
            lostEvents += frame.offsets();
        }
        index.add(frame, event);
        if (frame.position() - told >= PROGRESS_BYTES) {
            told = frame.position();
            progress.accept(told);
        }
    }

    private boolean isConsistent(FrameCursor frame) {
        return switch (frame.type()) {
            case EVENT -> frame.readEvent(event, segment.base());
            case FACTS -> FactsFrame.readFacts(frame.body()).isPresent();
            case CURSOR -> FactsFrame.readCursor(frame.body()).isPresent();
            case LOST -> frame.offsets() > 0;
            case CLOSE, SEAL -> frame.bodyLength() == 0;
        };
    }

    private void finish(SegmentWalk.Stretch whole) {
        stretch = whole;
        List<Damage> ofFrames = damage.stream()
                .filter(place -> place.position() >= SegmentHeader.FIRST_FRAME)
                .toList();
        index.finish(whole, ofFrames.isEmpty());
        losses = index.losses(ofFrames);
        // Where no frame is expected, zeros say nothing: what they stand for is still to be told.
        List<Refusal> untold = refusals.stream()
                .filter(refusal -> damage.stream().noneMatch(refusal::isWithin))
                .toList();
        untold.forEach(refusal -> damage.add(refusal.damage()));
    }

    SegmentFile segment() {
        return segment;
    }

    /// Which part of the segment counts.
    SegmentWalk.Stretch stretch() {
        return stretch;
    }

    /// Of the segment itself.
    List<Damage> damage() {
        return damage;
    }

    List<SessionLoss> losses() {
        return losses;
    }

    IndexCheck index() {
        return index;
    }

    /// Whether the file is to be made anew.
    boolean isDamaged() {
        return !damage.isEmpty() || segment.damagedHeaderCopies() > 0;
    }

    long events() {
        return events;
    }

    long lostEvents() {
        return lostEvents;
    }

    /// How many bytes were checked.
    long bytes() {
        return segment.sizeBytes() + index.sizeBytes();
    }
}
