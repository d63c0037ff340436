// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.index.SessionKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// The segments that no longer grow, and which of them a session is in: each segment's index is asked for a session
/// once, not at every lookup. For any thread.
///
/// What is known of sessions takes memory, for each session and segment it is in 72 bytes: 16 in the arrays
/// of [SeqRanges], 56 what an index on disk tells of the session's seqs (48 in all when the index is in the
/// heap). At [#MOST_RANGES], which is 18 MiB, all of it is forgotten, and gathered anew.
public final class SealedSegments {
    private static final long MOST_RANGES = 1 << 18;
    /// What is kept of a session beside its ranges takes as much as so many of them.
    private static final int SESSION_RANGES = 4;

    private final List<IndexedSegment> segments;

    /// By session id. Shared with the lists that this one grew from or grows into: what they have in common is the
    /// same.
    private final Map<String, SeqRanges> known;

    private final LongAdder knownRanges;

    private SealedSegments(List<IndexedSegment> segments, Map<String, SeqRanges> known, LongAdder knownRanges) {
        this.segments = List.copyOf(segments);
        this.known = known;
        this.knownRanges = knownRanges;
    }

    public static SealedSegments of(List<IndexedSegment> segments) {
        return new SealedSegments(segments, new ConcurrentHashMap<>(), new LongAdder());
    }

    /// These segments now; what is known of sessions is kept if the list has only grown.
    public SealedSegments now(List<IndexedSegment> newer) {
        return isBeginOf(newer) ? new SealedSegments(newer, known, knownRanges) : of(newer);
    }

    private boolean isBeginOf(List<IndexedSegment> newer) {
        if (newer.size() < segments.size()) {
            return false;
        }
        for (int i = segments.size() - 1; i >= 0; i--) {
            if (newer.get(i) != segments.get(i)) {
                return false;
            }
        }
        return true;
    }

    /// Oldest first.
    public List<IndexedSegment> list() {
        return segments;
    }

    /// Sets `event` on the event of that key.
    ///
    /// @return false when there is none
    /// @throws LogException.Damaged when there is, but it cannot be read any more
    public boolean find(String sessionId, long seq, EventFrame event) throws LogException {
        return rangesOf(sessionId).find(segments, seq, event);
    }

    /// The highest seq of that session, unsigned; `least` when there is none above that.
    public long highestSeq(String sessionId, long least) {
        return rangesOf(sessionId).highestSeq(least);
    }

    private SeqRanges rangesOf(String sessionId) {
        SeqRanges ranges = known.get(sessionId);
        if (ranges != null && ranges.asked() >= segments.size()) {
            return ranges;
        }
        SeqRanges grown = (ranges == null ? SeqRanges.none(new SessionKey(sessionId)) : ranges).over(segments);
        if (knownRanges.sum() > MOST_RANGES) {
            known.clear();
            knownRanges.reset();
        }
        known.put(sessionId, grown);
        knownRanges.add(grown.count() + (ranges == null ? SESSION_RANGES : -ranges.count()));
        return grown;
    }
}
