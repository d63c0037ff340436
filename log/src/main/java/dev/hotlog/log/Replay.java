// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Damage;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.LogView;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// The events that were on disk when it was made, in order, lazily and in bounded memory: first narrowed down,
/// then gone through, as often as wanted. For one thread.
///
/// ```java
/// try (Replay events = reader.replay().session("s").since(monday)) {
///     for (EventView event : events) { … }
/// }
/// ```
public final class Replay implements Iterable<EventView>, AutoCloseable {
    private static final long NO_MILLIS = -1;

    private final LogView view;
    private final OffsetRange range;
    private long fromOffset;
    private @Nullable String session;
    private long sinceMillis = Long.MIN_VALUE;
    private long untilMillis = Long.MAX_VALUE;
    private Predicate<EventView> wanted = _ -> true;
    private Consumer<Damage> onDamage = damage -> {
        throw new UncheckedIOException(new LogException.Damaged(damage));
    };

    Replay(LogView view) {
        this(view, OffsetRange.ALL);
    }

    private Replay(LogView view, OffsetRange range) {
        this.view = view;
        this.range = range;
    }

    /// Only events of that offset or higher ones.
    public Replay from(long offset) {
        fromOffset = offset;
        return this;
    }

    /// Only events of that session; found by the index.
    public Replay session(String sessionId) {
        session = sessionId;
        return this;
    }

    /// Only events of that time or later, in milliseconds since 1970 UTC. Segments without any are passed over by
    /// the index.
    public Replay since(long tsMillis) {
        sinceMillis = tsMillis;
        return this;
    }

    /// Only events before that time, in milliseconds since 1970 UTC. With [#since] segments without any
    /// are passed over; alone it reads all, since an event of no known time is before every other.
    public Replay until(long tsMillis) {
        untilMillis = tsMillis;
        return this;
    }

    /// Only events that pass this too. The view given to it is good for that call.
    public Replay where(Predicate<EventView> more) {
        wanted = wanted.and(more);
        return this;
    }

    /// Tells of damage as it is met, and goes on behind it. Without this it is thrown, as [UncheckedIOException] with
    /// [LogException.Damaged] as its cause, and the next step goes on behind it.
    public Replay onDamage(Consumer<Damage> told) {
        onDamage = told;
        return this;
    }

    /// The same in parts, the one with the events that were appended last first: for who wants those early, or
    /// shares them out among threads. What this was narrowed down to so far goes for all parts, so that a predicate
    /// given before is called by each of those threads. Each damage is told by one of the parts.
    ///
    /// @param events that a part has at most, 1 or more; of one session it has a segment's
    public List<Replay> lastFirst(int events) {
        if (events < 1) {
            throw new IllegalArgumentException("parts of " + events + " events");
        }
        List<Replay> parts = new ArrayList<>();
        // What cannot be read at all is told once, and at first: it may hide what came last.
        List<Damage> unreadable = view.unreadable();
        List<IndexedSegment> segments = view.segments();
        for (int i = segments.size() - 1; i >= view.indexOf(fromOffset); i--) {
            IndexedSegment segment = segments.get(i);
            long start = segment.stretch().fromOffset();
            long end = segment.endOffset();
            do {
                long from = session == null ? Math.max(start, end - events) : start;
                OffsetRange range =
                        new OffsetRange(from == start ? 0 : from, end == segment.endOffset() ? Long.MAX_VALUE : end);
                parts.add(part(new LogView(List.of(segment), unreadable), range));
                unreadable = List.of();
                end = from;
            } while (end > Math.max(start, fromOffset));
        }
        return parts;
    }

    /// A time that none of its events is newer than, by the indexes of the segments that they are in.
    ///
    /// @return in milliseconds since 1970 UTC, as [EventView#cappedMillis]; [Long#MAX_VALUE] when an index lacks
    ///     events that cannot be read; -1 when there is no event
    public long newestMillis() {
        return view.segments().stream()
                .filter(segment -> segment.endOffset() > fromOffset)
                .mapToLong(IndexedSegment::newestMillis)
                .max()
                .orElse(NO_MILLIS);
    }

    private Replay part(LogView part, OffsetRange offsets) {
        Replay replay = new Replay(part, offsets);
        replay.fromOffset = fromOffset;
        replay.session = session;
        replay.sinceMillis = sinceMillis;
        replay.untilMillis = untilMillis;
        replay.wanted = wanted;
        replay.onDamage = onDamage;
        return replay;
    }

    /// The events as views, each good until the next step.
    @Override
    public Iterator<EventView> iterator() {
        Predicate<EventView> inTime =
                isOfAnyTime() ? wanted : event -> isInTime(event.cappedMillis()) && wanted.test(event);
        String only = session;
        return only == null
                ? new WalkIterator(view, range, fromOffset, this::mayBeInTime, inTime, onDamage)
                : new SessionIterator(view, only, fromOffset, inTime, onDamage);
    }

    private boolean mayBeInTime(IndexedSegment segment) {
        return isOfAnyTime() || segment.mayHaveEvents(sinceMillis, untilMillis);
    }

    private boolean isOfAnyTime() {
        return sinceMillis == Long.MIN_VALUE && untilMillis == Long.MAX_VALUE;
    }

    private boolean isInTime(long millis) {
        return millis >= sinceMillis && (millis < untilMillis || untilMillis == Long.MAX_VALUE);
    }

    /// The events as copies to keep.
    public Stream<Event> events() {
        return StreamSupport.stream(spliterator(), false).map(EventView::toEvent);
    }

    @Override
    public void close() {}
}
