// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Activity;
import dev.hotlog.event.Boundaries;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.PeriodTotals;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.SegmentHeader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/// The index of the unsealed end, in the heap, growing with it frame by frame. For one thread at a time: its owner
/// locks.
///
/// Adding an event of a known session takes no memory, beyond what tables take when they double.
public final class LiveIndex implements SegmentIndex {
    private final long base;
    private final Utf8Table sessionIds = new Utf8Table();

    /// By the ordinal of the id in `sessionIds`.
    private final List<LiveSession> sessions = new ArrayList<>();

    private final EventTable events;
    private final CellTable cells;
    private final OffsetTable offsets;
    private final Map<String, String> cursors = new HashMap<>();
    private long coveredPosition = SegmentHeader.FIRST_FRAME;
    private long oldestMillis = Long.MAX_VALUE;
    private long newestMillis = -1;
    private long textChars;

    /// The index of a segment without frames.
    ///
    /// @param base of the segment
    public LiveIndex(long base) {
        this(base, new EventTable(), new CellTable());
    }

    private LiveIndex(long base, EventTable events, CellTable cells) {
        this.base = base;
        this.events = events;
        this.cells = cells;
        this.offsets = new OffsetTable(base);
    }

    /// The index of the segment that follows, with room for as much as is in this one.
    ///
    /// @param nextBase of that segment
    public LiveIndex next(long nextBase) {
        return new LiveIndex(nextBase, events.emptyAlike(), cells.emptyAlike());
    }

    /// Knows the seqs of the segments before.
    public interface EarlierSeqs {
        /// The highest seq of that session there, unsigned; `least` when there is none above that.
        long highest(String sessionId, long least);
    }

    /// Adds the event of the next frame. Its key is not here: the writer has made sure.
    ///
    /// @param position of its frame
    /// @param nextPosition behind its frame
    public void addEvent(EventFrame event, long position, long nextPosition) {
        LiveSession session = sessionOf(event);
        long seq = event.seq();
        long offset = event.offset();
        long tsMillis = event.cappedMillis();
        session.addEvent(events.add(session.ordinal(), seq, position, session.lastEvent()), offset, seq, tsMillis);
        cells.add(session, event);
        offsets.add(offset, position);
        oldestMillis = Math.min(oldestMillis, earliest(tsMillis));
        newestMillis = Math.max(newestMillis, tsMillis);
        coveredPosition = nextPosition;
    }

    private LiveSession sessionOf(EventFrame event) {
        int ordinal = sessionIds.findOrAdd(event.memory(), event.sessionSpan());
        return ordinal < sessions.size() ? sessions.get(ordinal) : newSession(ordinal);
    }

    private LiveSession newSession(int ordinal) {
        LiveSession session = new LiveSession(ordinal, new String(sessionIds.text(ordinal), StandardCharsets.UTF_8));
        sessions.add(session);
        return session;
    }

    /// The time as one that may be the earliest: 0 says that it is not known, and is no year 1970.
    static long earliest(long tsMillis) {
        return tsMillis == 0 ? Long.MAX_VALUE : tsMillis;
    }

    /// Adds what the next frame tells of a session. No facts at all tell nothing, not even that there is a session.
    public void addFacts(SessionFacts facts, long nextPosition) {
        if (!facts.facts().isEmpty()) {
            int ordinal = sessionIds.findOrAdd(facts.sessionId().getBytes(StandardCharsets.UTF_8));
            LiveSession session = ordinal < sessions.size() ? sessions.get(ordinal) : newSession(ordinal);
            session.addFacts(facts.facts());
            facts.facts().forEach((name, value) -> textChars += name.length() + value.length());
        }
        coveredPosition = nextPosition;
    }

    /// Adds the cursor of the next frame.
    public void addCursor(Cursor cursor, long nextPosition) {
        if (cursors.put(cursor.source(), cursor.state()) == null) {
            textChars += cursor.source().length() + cursor.state().length();
        }
        coveredPosition = nextPosition;
    }

    /// Passes a frame that tells the index nothing.
    public void skipTo(long nextPosition) {
        coveredPosition = nextPosition;
    }

    /// The offset that the first event of the segment takes.
    public long base() {
        return base;
    }

    /// Where the event of the same key lies, or [#NO_POSITION]; takes no memory.
    public long position(EventFrame key) {
        int session = find(key);
        return session == Utf8Table.ABSENT ? NO_POSITION : position(session, key.seq());
    }

    /// Whether the seq is above all others of its session, here and in the segments before, so that the key is free.
    /// Also false when that cannot be told at once. Takes no memory, but for the first question about a session.
    public boolean isAboveAll(EventFrame key, EarlierSeqs earlier) {
        int session = find(key);
        return session != Utf8Table.ABSENT && sessions.get(session).isAboveAll(key.seq(), earlier);
    }

    private int find(EventFrame key) {
        return sessionIds.find(key.memory(), key.sessionSpan());
    }

    private int find(SessionKey session) {
        return sessionIds.find(session.utf8(), session.hash());
    }

    private Optional<LiveSession> live(String sessionId) {
        int ordinal = find(new SessionKey(sessionId));
        return ordinal == Utf8Table.ABSENT ? Optional.empty() : Optional.of(sessions.get(ordinal));
    }

    private long position(int session, long seq) {
        int event = events.find(session, seq);
        return event == EventTable.ABSENT ? NO_POSITION : events.position(event);
    }

    @Override
    public long coveredPosition() {
        return coveredPosition;
    }

    @Override
    public long events() {
        return events.count();
    }

    @Override
    public int sessionCount() {
        return sessions.size();
    }

    @Override
    public long oldestMillis() {
        return oldestMillis;
    }

    @Override
    public long newestMillis() {
        return newestMillis;
    }

    @Override
    public long position(SessionKey session, long seq) {
        int ordinal = find(session);
        return ordinal == Utf8Table.ABSENT ? NO_POSITION : position(ordinal, seq);
    }

    @Override
    public int[] sessionHashes() {
        return sessionIds.upperHashes();
    }

    @Override
    public Optional<SessionSeqs> seqs(SessionKey session) {
        int ordinal = find(session);
        return ordinal == Utf8Table.ABSENT || sessions.get(ordinal).events() == 0
                ? Optional.empty()
                : Optional.of(sessions.get(ordinal).seqs());
    }

    @Override
    public long[] positions(String sessionId) {
        return live(sessionId)
                .map(session -> events.positions(session.lastEvent(), session.events()))
                .orElseGet(() -> new long[0]);
    }

    @Override
    public long positionBefore(long offset) {
        return offsets.positionBefore(offset);
    }

    @Override
    public Optional<SessionSummary> session(String sessionId) {
        return live(sessionId).map(session -> session.summary(cells));
    }

    @Override
    public void sessions(Consumer<SessionSummary> each) {
        sessions.forEach(session -> each.accept(session.summary(cells)));
    }

    @Override
    public void lastTimes(ObjLongConsumer<String> each) {
        sessions.forEach(session -> session.lastTime(each));
    }

    @Override
    public Optional<SessionFacts> facts(String sessionId) {
        return live(sessionId).flatMap(LiveSession::facts);
    }

    @Override
    public Optional<String> cursor(String source) {
        return Optional.ofNullable(cursors.get(source));
    }

    @Override
    public void rollups(Consumer<Rollup> each) {
        sessions.forEach(session -> session.rollups(cells, each));
    }

    @Override
    public void rollups(String sessionId, Consumer<Rollup> each) {
        live(sessionId).ifPresent(session -> session.rollups(cells, each));
    }

    @Override
    public void periods(Boundaries boundaries, Consumer<PeriodTotals> each) {
        PackedPeriods.of(cells, each);
    }

    @Override
    public void activity(Boundaries boundaries, Consumer<Activity> each) {
        sessions.forEach(session -> session.activity(cells, boundaries, each));
    }

    /// Roughly what the index takes of the heap.
    public long heapBytes() {
        int bytesASession = 250;
        int bytesACursor = 150;
        return events.heapBytes()
                + cells.heapBytes()
                + offsets.heapBytes()
                + sessionIds.heapBytes()
                + sessions.size() * (long) bytesASession
                + cursors.size() * (long) bytesACursor
                + textChars;
    }

    Utf8Table sessionIds() {
        return sessionIds;
    }

    List<LiveSession> liveSessions() {
        return sessions;
    }

    EventTable eventTable() {
        return events;
    }

    CellTable cells() {
        return cells;
    }

    OffsetTable offsetTable() {
        return offsets;
    }

    Map<String, String> cursors() {
        return cursors;
    }
}
