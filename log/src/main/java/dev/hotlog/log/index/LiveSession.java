// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Activity;
import dev.hotlog.event.Boundaries;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.event.Totals;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/// What is known of one session in the unsealed end. For one thread.
final class LiveSession {
    private final int ordinal;
    private final String id;
    private int events;
    private int lastEvent = EventTable.ABSENT;
    private long firstOffset = -1;
    private long lastOffset = -1;
    private long firstSeq;
    private long lastSeq;
    /// The highest seq of the session in the whole log, once the segments before have been asked: until then of this
    /// one.
    private long highestSeq;
    private boolean highestKnown;
    private long firstTsMillis = Long.MAX_VALUE;
    private long lastTsMillis = -1;
    private final SortedMap<String, String> facts = new TreeMap<>();
    private @Nullable LiveCell newestCell;
    private @Nullable LiveCell lastUsedCell;

    LiveSession(int ordinal, String id) {
        this.ordinal = ordinal;
        this.id = id;
    }

    int ordinal() {
        return ordinal;
    }

    String id() {
        return id;
    }

    int events() {
        return events;
    }

    /// The ordinal of its last event in the [EventTable], or [EventTable#ABSENT].
    int lastEvent() {
        return lastEvent;
    }

    /// The cell that was created last; it leads to the ones before.
    @Nullable
    LiveCell newestCell() {
        return newestCell;
    }

    /// The cell that the last event fell into: runs of events share theirs.
    @Nullable
    LiveCell lastUsedCell() {
        return lastUsedCell;
    }

    void use(LiveCell cell) {
        lastUsedCell = cell;
    }

    void addCell(LiveCell cell) {
        newestCell = cell;
        lastUsedCell = cell;
    }

    void addEvent(int event, long offset, long seq, long tsMillis) {
        if (events == 0) {
            firstOffset = offset;
            firstSeq = seq;
            lastSeq = seq;
            highestSeq = seq;
        } else if (Long.compareUnsigned(seq, lastSeq) > 0) {
            lastSeq = seq;
            highestSeq = Long.compareUnsigned(seq, highestSeq) > 0 ? seq : highestSeq;
        } else if (Long.compareUnsigned(seq, firstSeq) < 0) {
            firstSeq = seq;
        }
        events++;
        lastEvent = event;
        lastOffset = offset;
        firstTsMillis = Math.min(firstTsMillis, LiveIndex.earliest(tsMillis));
        lastTsMillis = Math.max(lastTsMillis, tsMillis);
    }

    /// No meaning without events.
    LiveSeqs seqs() {
        return new LiveSeqs(firstSeq, lastSeq);
    }

    /// Whether the seq is above all others of the session, here and in the segments before: the key is free then.
    boolean isAboveAll(long seq, LiveIndex.EarlierSeqs earlier) {
        if (events == 0) {
            return false;
        }
        if (!highestKnown) {
            highestSeq = earlier.highest(id, lastSeq);
            highestKnown = true;
        }
        return Long.compareUnsigned(seq, highestSeq) > 0;
    }

    void addFacts(Map<String, String> newer) {
        facts.putAll(newer);
    }

    Totals totals() {
        Totals totals = new Totals();
        for (LiveCell cell = newestCell; cell != null; cell = cell.older()) {
            totals.add(cell.totals());
        }
        return totals;
    }

    /// As [SegmentIndex#lastTimes].
    void lastTime(ObjLongConsumer<String> each) {
        if (events > 0) {
            each.accept(id, lastTsMillis);
        }
    }

    /// As [SegmentIndex#activity].
    void activity(Boundaries boundaries, Consumer<Activity> each) {
        NavigableSet<Long> quarters = new TreeSet<>();
        for (LiveCell cell = newestCell; cell != null; cell = cell.older()) {
            quarters.add(cell.quarter() * Rollup.QUARTER_MILLIS);
        }
        if (!quarters.isEmpty()) {
            long boundary = boundaries.next(quarters.first());
            Collection<Long> told = boundary > quarters.last()
                    ? List.of(quarters.first())
                    : boundaries.next(boundary) > quarters.last()
                            ? List.of(quarters.first(), quarters.last())
                            : quarters;
            told.forEach(quarter -> each.accept(new Activity(id, quarter)));
        }
    }

    void rollups(CellNames names, Consumer<Rollup> each) {
        for (LiveCell cell = newestCell; cell != null; cell = cell.older()) {
            each.accept(cell.rollup(names));
        }
    }

    SessionSummary summary() {
        return new SessionSummary(
                new SessionFacts(id, facts), firstOffset, lastOffset, lastSeq, firstTsMillis, lastTsMillis, totals());
    }

    SortedMap<String, String> factsByName() {
        return facts;
    }

    Optional<SessionFacts> facts() {
        return facts.isEmpty() ? Optional.empty() : Optional.of(new SessionFacts(id, facts));
    }
}
