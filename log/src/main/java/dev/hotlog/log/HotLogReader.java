// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Activity;
import dev.hotlog.event.Boundaries;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.PeriodTotals;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.index.SegmentIndex;
import dev.hotlog.log.index.SessionKey;
import dev.hotlog.log.recovery.Verification;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.LogFollower;
import dev.hotlog.log.segment.LogView;
import dev.hotlog.log.segment.SealedSegments;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.storage.DiskStorage;
import dev.hotlog.log.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Reads a log: alone, or beside the writer, in its process or another. Takes no lock and changes nothing on disk; any
/// number may read at once. Thread-safe, but for the iterators it gives.
///
/// Each call sees what was on disk when it was made. Every event is checked against its checksum as it is read.
public final class HotLogReader implements AutoCloseable {
    private final Storage storage;
    private final LogFollower follower;
    private volatile Sealed sealed;

    private HotLogReader(Storage storage, LogFollower follower) {
        this.storage = storage;
        this.follower = follower;
        this.sealed = new Sealed(new LogView(List.of(), List.of()), SealedSegments.of(List.of()));
    }

    /// @throws LogException.Missing when there is no log in that folder
    /// @throws LogException.UnsupportedFormat when files there are not ours, or from a later version
    public static HotLogReader open(Path directory) throws LogException {
        return open(new DiskStorage(directory));
    }

    static HotLogReader open(Storage storage) throws LogException {
        return new HotLogReader(storage, LogFollower.open(storage));
    }

    /// Reads every byte of a log, beside its writer or alone, and says what is not as it was written. Changes nothing
    /// on disk.
    ///
    /// @param bytesDone is told now and then how many bytes have been checked so far
    /// @throws LogException.Missing when there is no log in that folder
    /// @throws LogException.UnsupportedFormat when files there are not ours, or from a later version
    public static VerifyReport verify(Path directory, LongConsumer bytesDone) throws LogException {
        return verify(new DiskStorage(directory), bytesDone);
    }

    static VerifyReport verify(Storage storage, LongConsumer bytesDone) throws LogException {
        return new Verification(storage, bytesDone).beside();
    }

    /// The event of that key.
    ///
    /// @throws LogException.Damaged when it is not found, or cannot be read, in a log of which events are lost
    public Optional<Event> get(String sessionId, long seq) throws LogException {
        EventFrame event = new EventFrame();
        return find(sessionId, seq, event) ? Optional.of(event.toEvent()) : Optional.empty();
    }

    /// The offset of the event of that key.
    ///
    /// @throws LogException.Damaged as for [#get]
    public OptionalLong offsetOf(String sessionId, long seq) throws LogException {
        EventFrame event = new EventFrame();
        return find(sessionId, seq, event) ? OptionalLong.of(event.offset()) : OptionalLong.empty();
    }

    private record Sealed(LogView view, SealedSegments segments) {}

    private boolean find(String sessionId, long seq, EventFrame event) throws LogException {
        LogView view = follower.view();
        if (sealedOf(view).find(sessionId, seq, event)
                || view.segments().getLast().find(new SessionKey(sessionId), seq, event)) {
            return true;
        }
        // It may be among what is lost: that is not the same as not there.
        Optional<Damage> lost = view.damage().stream()
                .filter(damage -> damage.lostEvents() != 0)
                .findFirst();
        if (lost.isPresent()) {
            throw new LogException.Damaged(lost.get());
        }
        return false;
    }

    /// All segments of the view but the active one, with what earlier lookups found out of them.
    @SuppressWarnings("ReferenceEquality") // equal views would do as well, but to compare them takes longer
    private SealedSegments sealedOf(LogView view) {
        Sealed known = sealed;
        return known.view == view ? known.segments : seal(view).segments;
    }

    private synchronized Sealed seal(LogView view) {
        List<IndexedSegment> segments = view.segments();
        sealed = new Sealed(view, sealed.segments.now(segments.subList(0, segments.size() - 1)));
        return sealed;
    }

    /// The event at that offset; empty when there is none, or repair has put it down as lost.
    ///
    /// @throws LogException.Damaged when it is missing or cannot be read
    public Optional<Event> at(long offset) throws LogException {
        LogView view = follower.view();
        List<Damage> damage = new ArrayList<>(view.unreadable());
        if (offset >= view.firstOffset() && offset < view.nextOffset()) {
            IndexedSegment segment = view.segments().get(view.indexOf(offset));
            SegmentWalk walk = segment.walk(offset, damage::add);
            while (walk.advance() && walk.offset() <= offset) {
                if (offset < walk.offset() + walk.frame().offsets()) {
                    return given(walk, segment);
                }
            }
        }
        Optional<Damage> lost =
                damage.stream().filter(found -> found.mayHaveCost(offset)).findFirst();
        if (lost.isPresent()) {
            throw new LogException.Damaged(lost.get());
        }
        return Optional.empty();
    }

    private static Optional<Event> given(SegmentWalk walk, IndexedSegment segment) throws LogException {
        if (!walk.isEvent()) {
            return Optional.empty();
        }
        EventFrame event = new EventFrame();
        if (!walk.frame().readEvent(event, segment.file().base())) {
            throw new LogException.Damaged(walk.contradiction());
        }
        return Optional.of(event.toEvent());
    }

    /// Everything that is in the log now, in order; to be narrowed down, and closed.
    public Replay replay() throws LogException {
        return new Replay(follower.view());
    }

    /// What is in the log from that offset on, and what will be; to be closed.
    public Tail tail(long fromOffset) {
        return new Tail(follower, fromOffset);
    }

    /// All sessions that have events, the one with the latest event first, lazily: those that nobody takes cost little.
    public Stream<SessionSummary> sessions() throws LogException {
        Iterator<SessionSummary> newest = new NewestSessions(follower.view());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(newest, Spliterator.ORDERED), false);
    }

    /// The session at a glance; empty when it has no events.
    public Optional<SessionSummary> session(String sessionId) throws LogException {
        return SessionMerge.of(follower.view(), sessionId);
    }

    /// What was told of the session, the last of each fact.
    public Optional<SessionFacts> facts(String sessionId) throws LogException {
        Optional<SessionFacts> all = Optional.empty();
        for (IndexedSegment segment : follower.view().segments()) {
            Optional<SessionFacts> newer = segment.ask(index -> index.facts(sessionId));
            Optional<SessionFacts> older = all;
            all = older.isEmpty() || newer.isEmpty()
                    ? older.or(() -> newer)
                    : Optional.of(older.get().overlaidBy(newer.get().facts()));
        }
        return all;
    }

    /// The ids of all sessions with events that begin so, in no order.
    public Set<String> sessionIds(String prefix) throws LogException {
        List<IndexedSegment> segments = follower.view().segments();
        Set<String> ids = HashSet.newHashSet(segments.stream()
                .mapToInt(segment -> segment.ask(SegmentIndex::sessionCount))
                .sum());
        for (IndexedSegment segment : segments) {
            // Gathered first: if the index turns out to be damaged half-way it is asked again from the start.
            ids.addAll(segment.ask(index -> {
                List<String> here = new ArrayList<>();
                index.lastTimes((sessionId, _) -> {
                    if (sessionId.startsWith(prefix)) {
                        here.add(sessionId);
                    }
                });
                return here;
            }));
        }
        return ids;
    }

    /// Gives the sums of all events, cell by cell. A cell comes in several parts when it lies in several segments.
    public void rollups(Consumer<Rollup> each) throws LogException {
        rollups(Long.MIN_VALUE, Long.MAX_VALUE, each);
    }

    /// As [#rollups(Consumer)], of all segments that may have events of that time: of these all cells, whenever they
    /// are of.
    ///
    /// @param sinceMillis the first moment, in milliseconds since 1970 UTC
    /// @param untilMillis the first moment after; [Long#MAX_VALUE] when there is no end
    public void rollups(long sinceMillis, long untilMillis, Consumer<Rollup> each) throws LogException {
        eachOf(within(sinceMillis, untilMillis), SegmentIndex::rollups, each);
    }

    /// As [#rollups(Consumer)], of that session alone.
    public void rollups(String sessionId, Consumer<Rollup> each) throws LogException {
        eachOf(follower.view().segments(), (index, here) -> index.rollups(sessionId, here), each);
    }

    /// Gives the sums of all events, whatever their sessions, by periods in which no boundary lies; of one stretch
    /// between boundaries there may be many. The segments are those of [#rollups(long, long, Consumer)].
    public void periods(long sinceMillis, long untilMillis, Boundaries boundaries, Consumer<PeriodTotals> each)
            throws LogException {
        eachOf(within(sinceMillis, untilMillis), (index, here) -> index.periods(boundaries, here), each);
    }

    /// Tells when each session had events: one quarter of an hour in each stretch of time between boundaries at least,
    /// in no order, some of them more than once. The segments are those of [#rollups(long, long, Consumer)].
    public void activity(long sinceMillis, long untilMillis, Boundaries boundaries, Consumer<Activity> each)
            throws LogException {
        eachOf(within(sinceMillis, untilMillis), (index, here) -> index.activity(boundaries, here), each);
    }

    private List<IndexedSegment> within(long sinceMillis, long untilMillis) throws LogException {
        return follower.view().segments().stream()
                .filter(segment -> segment.mayHaveEvents(sinceMillis, untilMillis))
                .toList();
    }

    private static <T> void eachOf(
            List<IndexedSegment> segments, BiConsumer<SegmentIndex, Consumer<T>> question, Consumer<T> each) {
        for (IndexedSegment segment : segments) {
            // Gathered first: if the index turns out to be damaged half-way the segment is asked again from the start.
            List<T> answers = segment.ask(index -> {
                List<T> here = new ArrayList<>();
                question.accept(index, here::add);
                return here;
            });
            answers.forEach(each);
        }
    }

    /// What the log has lost, so that sessions and sums lack it: files that are missing or cannot be opened,
    /// and what could not be read when an index was built. Empty for a log that is sound, and for one that repair
    /// has mended.
    ///
    /// Bytes that went bad behind an intact index change no sum; [#verify(Path, LongConsumer)] finds them, and
    /// whoever reads the event.
    public List<Damage> damage() throws LogException {
        return follower.view().damage();
    }

    /// How far that source was read.
    public Optional<String> cursor(String source) throws LogException {
        Optional<String> state = Optional.empty();
        List<IndexedSegment> segments = follower.view().segments();
        for (int i = segments.size() - 1; i >= 0 && state.isEmpty(); i--) {
            state = segments.get(i).ask(index -> index.cursor(source));
        }
        return state;
    }

    /// The first offset that is kept; the next one when the log is empty.
    public long firstOffset() throws LogException {
        return follower.view().firstOffset();
    }

    /// The offset behind the last event that can be read now.
    public long nextOffset() throws LogException {
        return follower.view().nextOffset();
    }

    public LogInfo info() throws LogException {
        return LogInfo.of(storage, follower.view(), sessionIds("").size());
    }

    /// Frees nothing that an iterator still needs. The reader is of no use afterwards.
    @Override
    public void close() {}
}
