// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Damage;
import dev.hotlog.event.EventView;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.LogView;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Goes through the events of one session, found by the index.
final class SessionIterator implements Iterator<EventView> {
    private final LogView view;
    private final String session;
    private final long fromOffset;
    private final Predicate<EventView> wanted;
    private final Consumer<Damage> damage;
    private final EventFrame event = new EventFrame();
    private int segment;
    private long[] positions = {};
    private int next;
    private boolean ready;
    /// Whose the lost events were is not known: they may have been this session's.
    private final Iterator<Damage> lost;
    /// Several events may lie in one damaged place.
    private @Nullable Damage toldLast;

    SessionIterator(
            LogView view, String session, long fromOffset, Predicate<EventView> wanted, Consumer<Damage> damage) {
        this.view = view;
        this.session = session;
        this.fromOffset = fromOffset;
        this.wanted = wanted;
        this.damage = damage;
        this.lost = view.damage().iterator();
        this.segment = view.indexOf(fromOffset) - 1;
    }

    @Override
    public boolean hasNext() {
        while (lost.hasNext()) {
            damage.accept(lost.next());
        }
        while (!ready) {
            if (next < positions.length) {
                ready = read(view.segments().get(segment), positions[next++]);
            } else if (segment + 1 < view.segments().size()) {
                segment++;
                next = 0;
                positions = view.segments().get(segment).ask(index -> index.positions(session));
            } else {
                return false;
            }
        }
        return true;
    }

    private boolean read(IndexedSegment from, long position) {
        if (position >= from.end()) {
            return false; // appended after the view was taken
        }
        if (!from.read(position, event)) {
            Damage found = from.unreadable(position);
            if (!found.equals(toldLast)) {
                toldLast = found;
                damage.accept(found);
            }
            return false;
        }
        return event.offset() >= fromOffset && event.isOfSession(session) && wanted.test(event);
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
