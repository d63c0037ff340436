// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import java.util.function.Consumer;

/// Goes through the frames of a stretch of a segment that is known to have been on disk, from a frame boundary on.
/// Whatever is not a frame there is damage: it is told, and the walk goes on behind it. For one thread.
public final class SegmentWalk {
    private final SegmentFile segment;
    private final FrameCursor frame;
    private final Stretch stretch;
    private final Consumer<Damage> damage;
    private long next;
    private long nextRelative;
    /// The frame moved to was not given yet: telling of the damage before it was cut short by an exception.
    private boolean held;

    /// Which frames to go through.
    ///
    /// @param from a frame boundary
    /// @param fromOffset the offset that the first event from there on has, or [#UNKNOWN]
    /// @param to where the stretch ends
    /// @param toOffset the offset that the first event behind it has, or [#UNKNOWN]
    public record Stretch(long from, long fromOffset, long to, long toOffset) {
        public static final long UNKNOWN = -1;

        /// Whether it begins with the segment's first frame.
        boolean isWhole() {
            return from == SegmentHeader.FIRST_FRAME;
        }
    }

    public SegmentWalk(SegmentFile segment, Stretch stretch, Consumer<Damage> damage) {
        this.segment = segment;
        this.frame = segment.frames();
        this.stretch = stretch;
        this.damage = damage;
        this.next = stretch.from;
        this.nextRelative =
                stretch.fromOffset == Stretch.UNKNOWN ? Stretch.UNKNOWN : stretch.fromOffset - segment.base();
    }

    /// Moves to the next frame. When the one who is told of damage throws, the next call goes on behind the damage.
    ///
    /// @return false when the stretch has no more
    public boolean advance() {
        if (held) {
            held = false;
            return true;
        }
        long limit = Math.min(stretch.to, segment.sizeBytes());
        if (next < limit) {
            boolean valid = frame.moveTo(next, limit);
            if (valid && (nextRelative == Stretch.UNKNOWN || frame.relativeOffset() == nextRelative)) {
                step();
                return true;
            }
            if (resync(limit)) {
                return true;
            }
        }
        finish();
        return false;
    }

    private boolean resync(long limit) {
        long start = next;
        long good = frame.resync(start, limit, Math.max(nextRelative, 0));
        if (good < 0) {
            return false;
        }
        Damage found = damage("bytes that are no frame", start, good, frame.relativeOffset());
        step();
        held = true;
        damage.accept(found);
        held = false;
        return true;
    }

    private void finish() {
        long toRelative = stretch.toOffset == Stretch.UNKNOWN ? Stretch.UNKNOWN : stretch.toOffset - segment.base();
        long from = next;
        long to = Math.max(next, stretch.to);
        boolean eventsMissing = toRelative != Stretch.UNKNOWN && nextRelative != toRelative;
        String problem = from >= stretch.to
                ? "events are missing"
                : from < segment.sizeBytes() ? "bytes that are no frame" : "the file ends too early";
        Damage found = damage(problem, from, to, toRelative);
        next = to;
        nextRelative = toRelative;
        if (from < to || eventsMissing) {
            damage.accept(found);
        }
    }

    private Damage damage(String problem, long start, long end, long relativeBehind) {
        boolean known = nextRelative != Stretch.UNKNOWN && relativeBehind >= nextRelative;
        return new Damage(
                problem,
                segment.name(),
                start,
                end - start,
                segment.base() + Math.max(nextRelative, 0),
                known ? relativeBehind - nextRelative : Damage.UNKNOWN);
    }

    private void step() {
        next = frame.next();
        nextRelative = frame.relativeOffset() + frame.offsets();
    }

    /// The frame moved to.
    public FrameCursor frame() {
        return frame;
    }

    public boolean isEvent() {
        return frame.type() == FrameType.EVENT;
    }

    /// What to tell when the body of the frame moved to contradicts itself, which its checksum does not find.
    public Damage contradiction() {
        return contradiction(segment, frame);
    }

    /// As [#contradiction()], for a frame found otherwise.
    public static Damage contradiction(SegmentFile segment, FrameCursor frame) {
        return new Damage(
                "a frame that contradicts itself",
                segment.name(),
                frame.position(),
                frame.next() - frame.position(),
                segment.base() + frame.relativeOffset(),
                Math.max(0, frame.offsets()));
    }

    /// The offset of the event moved to, or the one that the next event takes.
    public long offset() {
        return segment.base() + frame.relativeOffset();
    }

    /// Where the next frame is expected.
    public long nextPosition() {
        return next;
    }
}
