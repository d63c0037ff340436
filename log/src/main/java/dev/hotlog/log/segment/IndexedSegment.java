// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.index.SealedIndex;
import dev.hotlog.log.index.SegmentIndex;
import dev.hotlog.log.index.SessionKey;
import dev.hotlog.log.index.SessionSeqs;
import dev.hotlog.log.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A stretch of a segment with its index: a whole sealed one, the part of the active one that was indexed when the log
/// was last closed, or the part behind that, whose index grows with it. For any thread.
///
/// The index of a sealed segment is looked for at the first question, and built from the frames when it is
/// missing or damaged. Where it was missing, the file is looked for again now and then: it may be on its
/// way, and once it is there the index in the heap is let go.
public final class IndexedSegment {
    private final SegmentFile file;
    private final SegmentWalk.Stretch stretch;
    private final StretchIndex index;
    /// Of the active segment; null for all others.
    private final @Nullable LiveIndex growing;

    private volatile @Nullable List<Damage> damagedFrames;

    private IndexedSegment(
            Storage storage,
            SegmentFile file,
            SegmentWalk.Stretch stretch,
            @Nullable LiveIndex growing,
            @Nullable SegmentIndex known,
            @Nullable List<Damage> missing) {
        this.file = file;
        this.stretch = stretch;
        this.growing = growing;
        this.index = new StretchIndex(storage, file, stretch, growing != null, known, missing);
    }

    /// @param end the position behind its last frame
    /// @param endOffset the base of the segment behind it
    public static IndexedSegment sealed(Storage storage, SegmentFile file, long end, long endOffset) {
        return new IndexedSegment(storage, file, whole(file, end, endOffset), null, null, null);
    }

    /// A segment that has just been filled, whose index is not in a file yet.
    ///
    /// @param index of all its frames, which does not change any more
    public static IndexedSegment filled(Storage storage, SegmentFile file, long end, long endOffset, LiveIndex index) {
        return new IndexedSegment(storage, file, whole(file, end, endOffset), null, index, List.of());
    }

    /// A segment whose index is built from its frames now, whatever file of it there is.
    ///
    /// @param end the position behind its last frame
    /// @param endOffset the offset that the first event behind it has
    public static IndexedSegment rebuilt(Storage storage, SegmentFile file, long end, long endOffset) {
        SegmentWalk.Stretch whole = whole(file, end, endOffset);
        List<Damage> met = new ArrayList<>();
        LiveIndex index = IndexFile.build(file, whole, met::add);
        return new IndexedSegment(storage, file, whole, null, index, List.copyOf(met));
    }

    /// A segment that was followed to its end, whose index is in the heap already, and may not be in a file
    /// yet.
    ///
    /// @param index of all its frames, which does not change any more
    /// @param damage met when they were indexed
    static IndexedSegment followed(
            Storage storage, SegmentFile file, SegmentWalk.Stretch whole, LiveIndex index, List<Damage> damage) {
        IndexedSegment segment = new IndexedSegment(storage, file, whole, null, index, List.copyOf(damage));
        if (whole.isWhole()) {
            segment.index.awaitFile(); // Of a part the file would tell too much.
        }
        return segment;
    }

    private static SegmentWalk.Stretch whole(SegmentFile file, long end, long endOffset) {
        return new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, file.base(), end, endOffset);
    }

    /// The part of the active segment that an index file covers already; empty when it covers nothing, or more than
    /// `end`.
    ///
    /// @param end up to which the segment can be read
    /// @param endOffset the offset that the first event from there on has or will have, when it is known
    public static Optional<IndexedSegment> indexedPart(
            Storage storage, SegmentFile file, long end, OptionalLong endOffset) {
        SealedIndex known = IndexFile.open(storage, file).orElse(null);
        if (known == null || known.coveredPosition() > end) {
            return Optional.empty();
        }
        long covered = known.coveredPosition();
        FrameCursor frame = file.frames();
        OptionalLong coveredOffset = frame.moveTo(covered, file.sizeBytes())
                ? OptionalLong.of(file.base() + frame.relativeOffset())
                : covered == end ? endOffset : OptionalLong.empty();
        return coveredOffset.isEmpty()
                ? Optional.empty()
                : Optional.of(new IndexedSegment(
                        storage, file, whole(file, covered, coveredOffset.getAsLong()), null, known, null));
    }

    /// @param stretch that is published, and covered by the index
    /// @param index may have gone on further meanwhile; is only used while its monitor is held
    /// @param damage met when the stretch was indexed
    static IndexedSegment active(
            Storage storage, SegmentFile file, SegmentWalk.Stretch stretch, LiveIndex index, List<Damage> damage) {
        return new IndexedSegment(storage, file, stretch, index, index, List.copyOf(damage));
    }

    /// Whether this is of the active segment, with an index that grows.
    boolean grows() {
        return growing != null;
    }

    /// The index that grows with the active segment. Only to be used while its monitor is held.
    ///
    /// @throws IllegalStateException when it does not grow
    LiveIndex growing() {
        if (growing == null) {
            throw new IllegalStateException("the index of " + file.name() + " does not grow");
        }
        return growing;
    }

    /// Whether the growing index has frames behind the stretch already.
    boolean isAhead() {
        LiveIndex live = growing();
        synchronized (live) {
            return live.coveredPosition() > stretch.to();
        }
    }

    public SegmentFile file() {
        return file;
    }

    public StretchIndex index() {
        return index;
    }

    /// Which part of the segment this is.
    public SegmentWalk.Stretch stretch() {
        return stretch;
    }

    /// The position behind its last frame.
    public long end() {
        return stretch.to();
    }

    /// The offset that the first event behind it has or will have.
    public long endOffset() {
        return stretch.toOffset();
    }

    /// All its frames, or those from an offset on.
    public SegmentWalk walk(long fromOffset, Consumer<Damage> damage) {
        return new SegmentWalk(file, fromOffset <= stretch.fromOffset() ? stretch : stretchFrom(fromOffset), damage);
    }

    private SegmentWalk.Stretch stretchFrom(long offset) {
        long from = index.ask(known -> known.positionBefore(offset));
        return from <= stretch.from()
                ? stretch
                : new SegmentWalk.Stretch(from, SegmentWalk.Stretch.UNKNOWN, stretch.to(), stretch.toOffset());
    }

    /// Asks the index.
    public <T> T ask(Function<SegmentIndex, T> question) {
        return index.ask(question);
    }

    /// Whether any of its events may be of that time, by the index; also true where that lacks some.
    ///
    /// @param sinceMillis the first moment, in milliseconds since 1970 UTC
    /// @param untilMillis the first moment after; [Long#MAX_VALUE] when there is no end
    public boolean mayHaveEvents(long sinceMillis, long untilMillis) {
        // The oldest time does not count those that are not known.
        boolean known = ask(found -> found.newestMillis() >= sinceMillis
                && (found.oldestMillis() < untilMillis || untilMillis == Long.MAX_VALUE || sinceMillis <= 0));
        return known || !damage().isEmpty();
    }

    /// The latest time of its events, in milliseconds since 1970 UTC, by the index; -1 when there is none.
    /// [Long#MAX_VALUE] where the index lacks some.
    public long newestMillis() {
        return damage().isEmpty() ? ask(SegmentIndex::newestMillis) : Long.MAX_VALUE;
    }

    /// What the index lacks, because it could not be read when the index was built. Damage that came later is not
    /// among it: the index still tells what was there.
    ///
    /// Goes through the frames, once, when the index has fewer events than the stretch has offsets.
    public List<Damage> damage() {
        List<Damage> known = index.missing();
        if (known == null) {
            // An index that has to be built for the answer tells what it met.
            long events = index.ask(SegmentIndex::events);
            known = index.missing();
            if (known == null) {
                known = events == stretch.toOffset() - stretch.fromOffset() ? List.of() : damagedFrames();
                index.missing(known);
            }
        }
        return known;
    }

    /// What is damaged on disk. Goes through all frames, once.
    private List<Damage> damagedFrames() {
        List<Damage> known = damagedFrames;
        if (known == null) {
            known = walkForDamage();
            damagedFrames = known;
        }
        return known;
    }

    private List<Damage> walkForDamage() {
        List<Damage> met = new ArrayList<>();
        SegmentWalk walk = walk(stretch.fromOffset(), met::add);
        EventFrame event = new EventFrame();
        while (walk.advance()) {
            if (walk.isEvent() && !walk.frame().readEvent(event, file.base())) {
                met.add(walk.contradiction());
            }
        }
        return List.copyOf(met);
    }

    /// Sets `event` on the event of that key.
    ///
    /// @return false when the segment has none
    /// @throws LogException.Damaged when it has, but the event cannot be read any more
    public boolean find(SessionKey session, long seq, EventFrame event) throws LogException {
        return find(session, seq, index.ask(known -> known.position(session, seq)), event);
    }

    /// As [#find(SessionKey, long, EventFrame)].
    ///
    /// @param seqs that the index gave for the session before
    boolean find(SessionKey session, SessionSeqs seqs, long seq, EventFrame event) throws LogException {
        return find(session, seq, index.ask(known -> known.position(session, seqs, seq)), event);
    }

    private boolean find(SessionKey session, long seq, long position, EventFrame event) throws LogException {
        if (position == SegmentIndex.NO_POSITION || position >= stretch.to()) {
            return false;
        }
        if (!read(position, event) || event.seq() != seq || !session.isOf(event)) {
            throw new LogException.Damaged(unreadable(position));
        }
        return true;
    }

    /// What to tell when the event that the index knows at that position is not there.
    public Damage unreadable(long position) {
        return damagedFrames().stream()
                .filter(found -> found.position() <= position && position < found.position() + found.lengthBytes())
                .findFirst()
                .orElseGet(() ->
                        new Damage("not the event that the index says is there", file.name(), position, 0, -1, 0));
    }

    /// Sets `event` on the frame at that position; false when there is no valid event.
    public boolean read(long position, EventFrame event) {
        FrameCursor frame = file.frames();
        return frame.moveTo(position, Math.min(stretch.to(), file.sizeBytes()))
                && frame.type() == FrameType.EVENT
                && frame.readEvent(event, file.base());
    }
}
