// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.index.SessionKey;
import dev.hotlog.log.index.SessionSeqs;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Of one session: which sealed segments have events of it, and its lowest and highest seq in each. So a lookup asks
/// those alone that may have the event: one, when the seqs grow from segment to segment. Immutable.
final class SeqRanges {
    /// What a search gives when no segment can have the seq.
    private static final int NONE = -1;

    private final SessionKey session;
    private final int asked;

    /// Where each range's segment stands, ascending.
    private final int[] places;

    private final SessionSeqs[] ranges;

    /// The highest seq of each range.
    private final long[] lasts;

    /// Whether each range lies above the one before: then a search goes by halves.
    private final boolean ascending;

    private SeqRanges(SessionKey session, int asked, int[] places, SessionSeqs[] ranges) {
        this.session = session;
        this.asked = asked;
        this.places = places;
        this.ranges = ranges;
        this.lasts = new long[ranges.length];
        boolean grows = true;
        for (int i = 0; i < ranges.length; i++) {
            lasts[i] = ranges[i].last();
            grows &= i == 0 || Long.compareUnsigned(lasts[i - 1], ranges[i].first()) < 0;
        }
        this.ascending = grows;
    }

    /// Before any segment has been asked.
    static SeqRanges none(SessionKey session) {
        return new SeqRanges(session, 0, new int[0], new SessionSeqs[0]);
    }

    /// Asks the segments that have not been.
    ///
    /// @param segments those asked already, in the same places, and those behind them
    /// @param candidates the places of all that may have the session, ascending
    SeqRanges over(List<IndexedSegment> segments, int[] candidates) {
        int[] newPlaces = Arrays.copyOf(places, places.length + candidates.length);
        SessionSeqs[] newRanges = Arrays.copyOf(ranges, newPlaces.length);
        int count = ranges.length;
        for (int place : candidates) {
            if (place < asked || place >= segments.size()) {
                continue;
            }
            Optional<SessionSeqs> seqs = segments.get(place).ask(index -> index.seqs(session));
            if (seqs.isPresent()) {
                newPlaces[count] = place;
                newRanges[count++] = seqs.get();
            }
        }
        return new SeqRanges(
                session, segments.size(), Arrays.copyOf(newPlaces, count), Arrays.copyOf(newRanges, count));
    }

    /// How many segments, from the first on, have been asked.
    int asked() {
        return asked;
    }

    int count() {
        return ranges.length;
    }

    /// As [SealedSegments#highestSeq(String, long)].
    long highestSeq(long least) {
        long highest = least;
        for (long last : lasts) {
            highest = Long.compareUnsigned(last, highest) > 0 ? last : highest;
        }
        return highest;
    }

    /// Sets `event` on the event of that seq.
    ///
    /// @param segments that have been asked; none of the others is
    /// @return false when there is none
    /// @throws LogException.Damaged when there is, but it cannot be read any more
    boolean find(List<IndexedSegment> segments, long seq, EventFrame event) throws LogException {
        for (int i = next(ranges.length, seq); i != NONE; i = next(i, seq)) {
            if (places[i] < segments.size() && segments.get(places[i]).find(session, ranges[i], seq, event)) {
                return true;
            }
        }
        return false;
    }

    /// The last range before that one which may hold the seq, or [#NONE].
    private int next(int before, long seq) {
        if (ascending) {
            int only = firstThatReaches(seq);
            return only < before && isIn(only, seq) ? only : NONE;
        }
        for (int i = before - 1; i >= 0; i--) {
            if (isIn(i, seq)) {
                return i;
            }
        }
        return NONE;
    }

    private int firstThatReaches(long seq) {
        int low = 0;
        int high = lasts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(lasts[middle], seq) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isIn(int range, long seq) {
        return Long.compareUnsigned(seq, lasts[range]) <= 0 && Long.compareUnsigned(seq, ranges[range].first()) >= 0;
    }
}
