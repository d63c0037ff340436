// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Damage;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.LogFollower;
import dev.hotlog.log.segment.LogView;
import dev.hotlog.log.segment.SegmentWalk;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Follows the log: what is there from an offset on, then what comes, as soon as it is on disk, across segments and
/// writers. For one thread, but for [#close()].
public final class Tail implements AutoCloseable {
    private static final long SHORTEST_LOOK_NANOS = 500_000;
    /// Between looks at a log to which nothing comes: no measurable load, and soon enough for a person.
    private static final long LONGEST_LOOK_NANOS = 20_000_000;

    private final LogFollower follower;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<Damage> damage = new ArrayDeque<>();
    private final EventFrame event = new EventFrame();
    private long nextOffset;
    private @Nullable IndexedSegment segment;
    private @Nullable SegmentWalk walk;
    private boolean unreadableTold;
    /// The walk is at a frame that comes behind damage not told yet.
    private boolean held;

    Tail(LogFollower follower, long fromOffset) {
        this.follower = follower;
        this.nextOffset = fromOffset;
    }

    /// Moves to the next event, and waits for it when there is none yet.
    ///
    /// @param atMost how long to wait
    /// @return false when none came in time, or the tail was closed
    /// @throws LogException.Damaged when bytes before the next event are damaged; the next call goes on behind them
    public boolean next(Duration atMost) throws LogException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        long look = SHORTEST_LOOK_NANOS;
        while (closed.getCount() > 0) {
            if (advance()) {
                return true;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            boolean closing = closed.await(Math.min(look, left), TimeUnit.NANOSECONDS);
            look = closing ? 0 : Math.min(2 * look, LONGEST_LOOK_NANOS);
        }
        return false;
    }

    private boolean advance() throws LogException {
        while (true) {
            if (!damage.isEmpty()) {
                throw new LogException.Damaged(damage.remove());
            }
            SegmentWalk frames = walk;
            IndexedSegment current = segment;
            if (frames == null || current == null) {
                if (!open()) {
                    return false;
                }
            } else if (!held && !frames.advance()) {
                nextOffset = Math.max(nextOffset, current.endOffset());
                walk = null;
            } else if (!damage.isEmpty()) {
                held = true;
            } else if (takes(frames, current)) {
                return true;
            }
        }
    }

    private boolean takes(SegmentWalk frames, IndexedSegment current) {
        held = false;
        if (frames.isEvent() && frames.offset() >= nextOffset) {
            nextOffset = frames.offset() + 1;
            if (frames.frame().readEvent(event, current.file().base())) {
                return true;
            }
            damage.add(frames.contradiction());
        }
        return false;
    }

    private boolean open() throws LogException {
        LogView view = follower.view();
        if (!unreadableTold) {
            unreadableTold = true;
            view.unreadable().stream()
                    .filter(lost ->
                            lost.lostEvents() == Damage.UNKNOWN || lost.firstOffset() + lost.lostEvents() > nextOffset)
                    .forEach(damage::add);
            if (!damage.isEmpty()) {
                return true;
            }
        }
        if (view.nextOffset() <= nextOffset) {
            return false;
        }
        IndexedSegment found = view.segments().get(view.indexOf(nextOffset));
        segment = found;
        walk = found.walk(nextOffset, damage::add);
        return true;
    }

    /// The event moved to; good until the next call.
    public EventView event() {
        return event;
    }

    /// Ends a wait that is under way in another thread, and all later ones.
    @Override
    public void close() {
        closed.countDown();
    }
}
