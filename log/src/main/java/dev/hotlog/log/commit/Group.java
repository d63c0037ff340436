// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.log.format.FrameWriter;
import org.jspecify.annotations.Nullable;

/// Frames that will be written and forced together. Guarded by the [CommitQueue]'s lock while it is filled; the
/// committer's own while it is written.
final class Group {
    private final FrameWriter frames = new FrameWriter();
    private long number;
    private int events;
    private long sinceNanos;
    private boolean fresh;
    private boolean forceAsked;
    private long nextOffset;
    /// Made for the first who waits. Always guarded by the lock.
    private @Nullable CommitLatch latch;

    Group() {}

    /// Begins anew.
    void begin(long newNumber) {
        number = newNumber;
        events = 0;
        fresh = true;
        forceAsked = false;
        frames.rewindTo(0);
    }

    /// Takes in what has been laid into [#frames()] since the last time.
    void added(int moreEvents, long newNextOffset) {
        if (fresh) {
            fresh = false;
            sinceNanos = System.nanoTime();
        }
        events += moreEvents;
        nextOffset = newNextOffset;
    }

    FrameWriter frames() {
        return frames;
    }

    /// Whether nothing has been taken in since it began.
    boolean isFresh() {
        return fresh;
    }

    boolean isEmpty() {
        return frames.lengthBytes() == 0;
    }

    boolean isFull(GroupRule rule) {
        return frames.lengthBytes() >= rule.bytes() || events >= rule.events();
    }

    void askForce() {
        forceAsked = true;
    }

    /// How long until the group is to be forced by the rule; 0 or less when it is now.
    long nanosLeft(GroupRule rule, long nowNanos) {
        return forceAsked || isFull(rule) ? 0 : rule.waitNanos() - (nowNanos - sinceNanos);
    }

    long number() {
        return number;
    }

    int events() {
        return events;
    }

    /// Where to wait until the group is on disk.
    CommitLatch latch() {
        if (latch == null) {
            latch = new CommitLatch();
        }
        return latch;
    }

    /// Gives the latch away to be opened; null when nobody waits.
    @Nullable
    CommitLatch takeLatch() {
        @Nullable CommitLatch taken = latch;
        latch = null;
        return taken;
    }

    /// Tells who waits that the group is not committed any more.
    void abandon() {
        @Nullable CommitLatch taken = takeLatch();
        if (taken != null) {
            taken.abandon();
        }
    }

    /// The offset behind the group's last event.
    long nextOffset() {
        return nextOffset;
    }
}
