// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.event.Damage;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.index.SegmentIndex;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.SealedSegments;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which (session, seq) the log has, what was told of sessions and how far sources were read: everything
/// appended, on disk or not. Guarded by the [CommitQueue]'s lock, with one exception: while appenders are held
/// off, the committer's thread may read [#live()] and [#indexedEnd()] without it. It alone changes either
/// field, in [#rolled], and nobody adds to the index then; what was added before, the thread sees since it
/// has held the lock after that.
final class Keys {
    private final Storage storage;
    private final EventFrame found = new EventFrame();
    private final LiveIndex.EarlierSeqs earlier = this::highestSealed;
    private SealedSegments sealed;
    private LiveIndex live;
    private long indexedEnd;
    private @Nullable SegmentFile active;

    /// @param sealed what was there before, oldest first; the last may be the part of the active segment that an index
    ///     file covers
    /// @param live of the active segment from there on
    Keys(Storage storage, List<IndexedSegment> sealed, LiveIndex live) {
        this.storage = storage;
        this.sealed = SealedSegments.of(sealed);
        this.live = live;
        this.indexedEnd = sealed.isEmpty() || sealed.getLast().file().base() != live.base()
                ? SegmentHeader.FIRST_FRAME
                : sealed.getLast().end();
    }

    LiveIndex live() {
        return live;
    }

    /// The active segment was sealed, and a new one begins.
    ///
    /// @param full with an index of all its frames; of one that could not be built whole its parts serve on
    void rolled(IndexedSegment full, long newBase) {
        List<IndexedSegment> all = new ArrayList<>(sealed.list());
        if (full.index().isWhole()) {
            all.removeIf(part -> part.file().base() == full.file().base());
            all.add(full);
        } else {
            all.add(IndexedSegment.filled(storage, full.file(), full.end(), full.endOffset(), live));
        }
        sealed = sealed.now(all);
        live = live.next(newBase);
        active = null;
        indexedEnd = SegmentHeader.FIRST_FRAME;
    }

    /// The position up to which the active segment was indexed before; what lies behind is in [#live()].
    long indexedEnd() {
        return indexedEnd;
    }

    /// The event that has the key of `candidate` already; null when the key is free. Good until the next call.
    ///
    /// @param event what `candidate` was made of
    @Nullable
    EventFrame find(EventFrame candidate, Event event, CommitQueue queue) throws LogException {
        if (live.isAboveAll(candidate, earlier)) {
            return null;
        }
        long position = live.position(candidate);
        if (position != SegmentIndex.NO_POSITION) {
            return readActive(position, queue);
        }
        return findSealed(event.sessionId(), event.seq());
    }

    /// As [#find(EventFrame, Event, CommitQueue)], by the key alone.
    @Nullable
    EventFrame find(String sessionId, long seq, CommitQueue queue) throws LogException {
        long position = live.position(sessionId, seq);
        return position != SegmentIndex.NO_POSITION ? readActive(position, queue) : findSealed(sessionId, seq);
    }

    private long highestSealed(String sessionId, long least) {
        return sealed.highestSeq(sessionId, least);
    }

    private @Nullable EventFrame findSealed(String sessionId, long seq) throws LogException {
        return sealed.find(sessionId, seq, found) ? found : null;
    }

    private EventFrame readActive(long position, CommitQueue queue) throws LogException {
        if (queue.readUnwritten(position, found)) {
            return found;
        }
        SegmentFile file = active;
        if (file == null || !read(file, position)) {
            // The file has grown since it was mapped: what was behind its end, or across it, is there now.
            file = SegmentFile.open(storage, queue.segmentName());
            active = file;
            if (!read(file, position)) {
                throw new LogException.Damaged(new Damage(
                        "an event that was there has gone", file.name(), position, 0, file.base(), Damage.UNKNOWN));
            }
        }
        return found;
    }

    private boolean read(SegmentFile file, long position) {
        FrameCursor frame = file.frames();
        return frame.moveTo(position, file.sizeBytes())
                && frame.type() == FrameType.EVENT
                && frame.readEvent(found, file.base());
    }

    Optional<String> cursor(String source) {
        Optional<String> state = live.cursor(source);
        for (int i = sealed.list().size() - 1; i >= 0 && state.isEmpty(); i--) {
            state = sealed.list().get(i).ask(index -> index.cursor(source));
        }
        return state;
    }

    Optional<SessionFacts> facts(String sessionId) {
        Optional<SessionFacts> all = Optional.empty();
        for (IndexedSegment segment : sealed.list()) {
            all = overlaid(all, segment.ask(index -> index.facts(sessionId)));
        }
        return overlaid(all, live.facts(sessionId));
    }

    private static Optional<SessionFacts> overlaid(Optional<SessionFacts> older, Optional<SessionFacts> newer) {
        return older.isEmpty() || newer.isEmpty()
                ? older.or(() -> newer)
                : Optional.of(older.get().overlaidBy(newer.get().facts()));
    }
}
