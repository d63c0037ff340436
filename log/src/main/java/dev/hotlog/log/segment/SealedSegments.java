// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.index.SegmentIndex;
import dev.hotlog.log.index.SessionKey;
import dev.hotlog.log.index.SessionPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The segments that no longer grow, and which of them a session is in. For any thread.
///
/// Of a session that is in many, each is asked once, not at every lookup. What is known of sessions takes memory, for
/// each session and segment it is in 72 bytes: 16 in the arrays of [SeqRanges], 56 what an index on disk tells of the
/// session's seqs (48 in all when the index is in the heap). At [#MOST_RANGES], which is 18 MiB, all of it is
/// forgotten, and gathered anew.
///
/// Of many sessions, each in a few segments, that would be more than it is worth. So after some questions the hashes of
/// all sessions are gathered ([SessionPlaces]), up to 32 MiB of them, and a session's few segments are asked each time.
public final class SealedSegments {
    private static final long MOST_RANGES = 1 << 18;
    /// What is kept of a session beside its ranges takes as much as so many of them.
    private static final int SESSION_RANGES = 4;

    /// A session in no more segments than that is not kept, once it is known which these are.
    private static final int FEW = 4;
    /// Fewer questions than that ask all segments: to gather the hashes takes as long as so many, roughly.
    private static final int QUESTIONS_BEFORE_GATHERING = 100;

    private final List<IndexedSegment> segments;
    private final Known known;

    /// Shared by lists that grow one from the other: the segments that they have in common are the same.
    private static final class Known {
        /// By session id.
        private final Map<String, SeqRanges> sessions = new ConcurrentHashMap<>();

        private final LongAdder ranges = new LongAdder();
        private final AtomicInteger questions = new AtomicInteger();
        private volatile SessionPlaces gathered = SessionPlaces.NONE;

        /// Those of the segments whose index may come to know more sessions than it does: they are always asked.
        private volatile List<Integer> unsure = List.of();

        /// The places of those of the segments that may have the session; all of them as long as it does not pay to
        /// find out, or there are too many to know.
        int[] candidates(SessionKey session, List<IndexedSegment> segments) {
            boolean few = segments.size() <= FEW || questions.get() < QUESTIONS_BEFORE_GATHERING;
            if (few || !gathered(segments)) {
                questions.incrementAndGet();
                return IntStream.range(0, segments.size()).toArray();
            }
            int[] places = gathered.of(session);
            return unsure.isEmpty()
                    ? places
                    : IntStream.concat(IntStream.of(places), unsure.stream().mapToInt(Integer::intValue))
                            .sorted()
                            .distinct()
                            .toArray();
        }

        private boolean gathered(List<IndexedSegment> segments) {
            if (gathered.indexes() < segments.size() && gathered.count() < SessionPlaces.MOST) {
                gather(segments);
            }
            return gathered.indexes() >= segments.size();
        }

        private synchronized void gather(List<IndexedSegment> segments) {
            List<int[]> hashes = new ArrayList<>();
            List<Integer> lacking = new ArrayList<>(unsure);
            int count = gathered.count();
            for (int place = gathered.indexes(); place < segments.size() && count < SessionPlaces.MOST; place++) {
                IndexedSegment segment = segments.get(place);
                if (segment.damage().isEmpty()) {
                    hashes.add(segment.ask(SegmentIndex::sessionHashes));
                } else {
                    hashes.add(new int[0]);
                    lacking.add(place);
                }
                count += hashes.getLast().length;
            }
            unsure = List.copyOf(lacking);
            gathered = gathered.and(hashes);
        }

        boolean isGathered() {
            return gathered.indexes() > 0;
        }

        void keep(String sessionId, SeqRanges now, @Nullable SeqRanges before) {
            if (ranges.sum() > MOST_RANGES) {
                sessions.clear();
                ranges.reset();
            }
            sessions.put(sessionId, now);
            ranges.add(now.count() + (before == null ? SESSION_RANGES : -before.count()));
        }
    }

    private SealedSegments(List<IndexedSegment> segments, Known known) {
        this.segments = List.copyOf(segments);
        this.known = known;
    }

    public static SealedSegments of(List<IndexedSegment> segments) {
        return new SealedSegments(segments, new Known());
    }

    /// These segments now; what is known of sessions is kept if the list has only grown.
    public SealedSegments now(List<IndexedSegment> newer) {
        return isBeginOf(newer) ? new SealedSegments(newer, known) : of(newer);
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
        SeqRanges ranges = known.sessions.get(sessionId);
        if (ranges != null && ranges.asked() >= segments.size()) {
            return ranges;
        }
        SessionKey session = new SessionKey(sessionId);
        SeqRanges grown =
                (ranges == null ? SeqRanges.none(session) : ranges).over(segments, known.candidates(session, segments));
        if (!known.isGathered() || grown.count() > FEW) {
            known.keep(sessionId, grown, ranges);
        }
        return grown;
    }
}
