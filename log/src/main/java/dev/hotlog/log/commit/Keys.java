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
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.storage.Storage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which (session, seq) the log has, what was told of sessions and how far sources were read: everything appended,
/// on disk or not. Guarded by the [Committer]'s lock.
final class Keys {
    /// Of so many sessions it is remembered that they have nothing above some seq in sealed segments.
    private static final int MOST_REMEMBERED = 100_000;

    private final Storage storage;
    private final List<IndexedSegment> sealed;
    private final Map<String, Long> sealedLastSeqs = new HashMap<>();
    private final EventFrame found = new EventFrame();
    private LiveIndex live;
    private long indexedEnd;
    private @Nullable SegmentFile active;

    /// @param sealed what was there before, oldest first; the last may be the part of the active segment that an index
    ///     file covers
    /// @param live of the active segment from there on
    Keys(Storage storage, List<IndexedSegment> sealed, LiveIndex live) {
        this.storage = storage;
        this.sealed = new ArrayList<>(sealed);
        this.live = live;
        this.indexedEnd = sealed.isEmpty() || sealed.getLast().file().base() != live.base()
                ? SegmentHeader.FIRST_FRAME
                : sealed.getLast().end();
    }

    LiveIndex live() {
        return live;
    }

    /// The active segment was sealed, and a new one begins.
    void rolled(IndexedSegment full, long newBase) {
        sealed.removeIf(part -> part.file().base() == full.file().base());
        sealed.add(full);
        sealedLastSeqs.clear();
        live = new LiveIndex(newBase);
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
    EventFrame find(EventFrame candidate, Event event, Committer committer) throws LogException {
        long position = live.position(candidate);
        if (position != SegmentIndex.NO_POSITION) {
            return readActive(position, committer);
        }
        return findSealed(event.sessionId(), event.seq());
    }

    /// As [#find(EventFrame, Event, Committer)], by the key alone.
    @Nullable
    EventFrame find(String sessionId, long seq, Committer committer) throws LogException {
        long position = live.position(sessionId, seq);
        return position != SegmentIndex.NO_POSITION ? readActive(position, committer) : findSealed(sessionId, seq);
    }

    private @Nullable EventFrame findSealed(String sessionId, long seq) throws LogException {
        if (sealed.isEmpty() || Long.compareUnsigned(seq, sealedLastSeq(sessionId)) > 0) {
            return null;
        }
        for (IndexedSegment segment : sealed.reversed()) {
            if (segment.find(sessionId, seq, found)) {
                return found;
            }
        }
        return null;
    }

    /// The highest seq of the session in sealed segments; 0 also when there is none, which a search then finds out.
    private long sealedLastSeq(String sessionId) {
        Long remembered = sealedLastSeqs.get(sessionId);
        if (remembered != null) {
            return remembered;
        }
        long highest = 0;
        for (IndexedSegment segment : sealed) {
            long here = segment.ask(index -> index.lastSeq(sessionId, 0));
            if (Long.compareUnsigned(here, highest) > 0) {
                highest = here;
            }
        }
        if (sealedLastSeqs.size() >= MOST_REMEMBERED) {
            sealedLastSeqs.clear();
        }
        sealedLastSeqs.put(sessionId, highest);
        return highest;
    }

    private EventFrame readActive(long position, Committer committer) throws LogException {
        if (committer.readUnwritten(position, found)) {
            return found;
        }
        SegmentFile file = active;
        if (file == null || !read(file, position)) {
            // The file has grown since it was mapped: what was behind its end, or across it, is there now.
            file = SegmentFile.open(storage, committer.segmentName());
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
        for (int i = sealed.size() - 1; i >= 0 && state.isEmpty(); i--) {
            state = sealed.get(i).ask(index -> index.cursor(source));
        }
        return state;
    }

    Optional<SessionFacts> facts(String sessionId) {
        Optional<SessionFacts> all = Optional.empty();
        for (IndexedSegment segment : sealed) {
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
