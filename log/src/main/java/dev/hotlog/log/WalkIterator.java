// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Damage;
import dev.hotlog.event.EventView;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.LogView;
import dev.hotlog.log.segment.SegmentWalk;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Goes through the events of a log, segment by segment.
final class WalkIterator implements Iterator<EventView> {
    private final LogView view;
    private final OffsetRange range;
    private final long fromOffset;
    private final Predicate<IndexedSegment> worthAWalk;
    private final Predicate<EventView> wanted;
    private final Consumer<Damage> damage;
    private final EventFrame event = new EventFrame();
    private final Iterator<Damage> unreadable;
    private int segment;
    private @Nullable SegmentWalk walk;
    private boolean ready;

    /// @param worthAWalk told of the segments that are wanted
    WalkIterator(
            LogView view,
            OffsetRange range,
            long fromOffset,
            Predicate<IndexedSegment> worthAWalk,
            Predicate<EventView> wanted,
            Consumer<Damage> damage) {
        this.view = view;
        this.range = range;
        this.fromOffset = fromOffset;
        this.worthAWalk = worthAWalk;
        this.wanted = wanted;
        this.damage = damage;
        this.segment = view.indexOf(fromOffset);
        this.unreadable = view.unreadable().iterator();
    }

    @Override
    public boolean hasNext() {
        while (unreadable.hasNext()) {
            damage.accept(unreadable.next());
        }
        while (!ready && segment < view.segments().size()) {
            IndexedSegment current = view.segments().get(segment);
            SegmentWalk frames = walk;
            if (frames == null && !worthAWalk.test(current)) {
                segment++;
                continue;
            }
            if (frames == null) {
                frames = current.walk(range.walkFrom(fromOffset), this::tell);
                walk = frames;
            }
            if (frames.advance() && frames.offset() < range.before()) {
                ready = frames.isEvent()
                        && frames.offset() >= fromOffset
                        && range.contains(frames.offset())
                        && read(frames, current)
                        && wanted.test(event);
            } else {
                segment++;
                walk = null;
            }
        }
        return ready;
    }

    private void tell(Damage found) {
        if (range.begins(found)) {
            damage.accept(found);
        }
    }

    private boolean read(SegmentWalk frames, IndexedSegment current) {
        boolean consistent = frames.frame().readEvent(event, current.file().base());
        if (!consistent) {
            tell(frames.contradiction());
        }
        return consistent;
    }

    @Override
    public EventView next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ready = false;
        return event;
    }
}
