// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Activity;
import dev.hotlog.event.Boundaries;
import dev.hotlog.event.PeriodTotals;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/// What is known of the frames of one segment without reading them: in the heap while the segment grows
/// ([LiveIndex]), in a mapped file once it is sealed ([SealedIndex]).
///
/// Positions point at frames of that segment. An answer is a claim: whoever uses a position reads the frame there and
/// compares it with what was asked for.
public sealed interface SegmentIndex permits LiveIndex, SealedIndex {
    /// What a search for a position gives when there is none.
    long NO_POSITION = -1;

    /// The position up to which frames of the segment are in this index.
    long coveredPosition();

    /// How many events are.
    long events();

    /// How many sessions have events or facts here.
    int sessionCount();

    /// Of its events, the earliest time in milliseconds since 1970 UTC, not counting 0, which is an unknown time;
    /// [Long#MAX_VALUE] when there are none.
    long oldestMillis();

    /// The latest; -1 when there are none.
    long newestMillis();

    /// Where the event of that key lies, or [#NO_POSITION].
    long position(SessionKey session, long seq);

    default long position(String sessionId, long seq) {
        return position(new SessionKey(sessionId), seq);
    }

    /// As [#position(SessionKey, long)].
    ///
    /// @param known what this index, or another of the same segment, said of the session's seqs before
    default long position(SessionKey session, SessionSeqs known, long seq) {
        return position(session, seq);
    }

    /// Of the hash of each session's id (docs/format.md, Hash) the upper half, in no order: for [SessionPlaces].
    int[] sessionHashes();

    /// The session's seqs; empty when it has no events here.
    Optional<SessionSeqs> seqs(SessionKey session);

    /// Where all events of that session lie, ascending; empty when it has none here.
    long[] positions(String sessionId);

    /// A frame boundary at or before the event of that offset, from which a scan finds it; the least one known when
    /// the offset is before all.
    long positionBefore(long offset);

    /// The session's events and facts in this segment alone; empty when it has neither. A session with facts only has
    /// no events: offsets -1, [Long#MAX_VALUE] as first and -1 as last time.
    Optional<SessionSummary> session(String sessionId);

    /// As [#session(String)], for all of them, in no order.
    void sessions(Consumer<SessionSummary> each);

    /// The id of each session that has events here and the latest time of one, in milliseconds since 1970 UTC; in no
    /// order.
    void lastTimes(ObjLongConsumer<String> each);

    /// What was told of the session in this segment, the last of each fact; empty when nothing was.
    Optional<SessionFacts> facts(String sessionId);

    /// The last state told of that source in this segment.
    Optional<String> cursor(String source);

    /// The sums of this segment, cell by cell.
    void rollups(Consumer<Rollup> each);

    /// As [#rollups(Consumer)], of that session alone.
    void rollups(String sessionId, Consumer<Rollup> each);

    /// The sums of this segment over all sessions, by periods in which no boundary lies.
    void periods(Boundaries boundaries, Consumer<PeriodTotals> each);

    /// When each session had events in this segment: one quarter of an hour if no boundary lies between its first and
    /// its last, these two if one does, else all of them.
    void activity(Boundaries boundaries, Consumer<Activity> each);
}
