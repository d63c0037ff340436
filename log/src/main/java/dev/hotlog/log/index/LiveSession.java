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
    private int newestCell = CellTable.ABSENT;
    private int lastUsedCell = CellTable.ABSENT;

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

    /// The cell that was created last, or [CellTable#ABSENT]; it leads to the ones before.
    int newestCell() {
        return newestCell;
    }

    /// The cell that the last event fell into, or [CellTable#ABSENT]: runs of events share theirs.
    int lastUsedCell() {
        return lastUsedCell;
    }

    void use(int cell) {
        lastUsedCell = cell;
    }

    void addCell(int cell) {
        newestCell = cell;
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

    private Totals totals(CellTable cells) {
        Totals totals = new Totals();
        cells.forEachOf(this, cell -> cells.addTo(totals, cell));
        return totals;
    }

    /// As [SegmentIndex#lastTimes].
    void lastTime(ObjLongConsumer<String> each) {
        if (events > 0) {
            each.accept(id, lastTsMillis);
        }
    }

    /// As [SegmentIndex#activity].
    void activity(CellTable cells, Boundaries boundaries, Consumer<Activity> each) {
        NavigableSet<Long> quarters = new TreeSet<>();
        cells.forEachOf(this, cell -> quarters.add(cells.quarter(cell) * Rollup.QUARTER_MILLIS));
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

    void rollups(CellTable cells, Consumer<Rollup> each) {
        cells.forEachOf(this, cell -> each.accept(cells.rollup(cell, id)));
    }

    SessionSummary summary(CellTable cells) {
        return new SessionSummary(
                new SessionFacts(id, facts),
                firstOffset,
                lastOffset,
                lastSeq,
                firstTsMillis,
                lastTsMillis,
                totals(cells));
    }

    SortedMap<String, String> factsByName() {
        return facts;
    }

    Optional<SessionFacts> facts() {
        return facts.isEmpty() ? Optional.empty() : Optional.of(new SessionFacts(id, facts));
    }
}
