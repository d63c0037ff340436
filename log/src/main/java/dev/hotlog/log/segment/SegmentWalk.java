// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
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

    /// Which frames to go through.
    ///
    /// @param from a frame boundary
    /// @param fromOffset the offset that the first event from there on has, or [#UNKNOWN]
    /// @param to where the stretch ends
    /// @param toOffset the offset that the first event behind it has, or [#UNKNOWN]
    public record Stretch(long from, long fromOffset, long to, long toOffset) {
        public static final long UNKNOWN = -1;
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

    /// Moves to the next frame.
    ///
    /// @return false when the stretch has no more
    public boolean advance() {
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
        tell("bytes that are no frame", start, good, frame.relativeOffset());
        step();
        return true;
    }

    private void finish() {
        long toRelative = stretch.toOffset == Stretch.UNKNOWN ? Stretch.UNKNOWN : stretch.toOffset - segment.base();
        boolean eventsMissing = toRelative != Stretch.UNKNOWN && nextRelative != toRelative;
        if (next < stretch.to || eventsMissing) {
            String problem = next >= stretch.to
                    ? "events are missing"
                    : next < segment.sizeBytes() ? "bytes that are no frame" : "the file ends too early";
            tell(problem, next, Math.max(next, stretch.to), toRelative);
        }
        next = Math.max(next, stretch.to);
        nextRelative = toRelative;
    }

    private void tell(String problem, long start, long end, long relativeBehind) {
        boolean known = nextRelative != Stretch.UNKNOWN && relativeBehind >= nextRelative;
        damage.accept(new Damage(
                problem,
                segment.name(),
                start,
                end - start,
                segment.base() + Math.max(nextRelative, 0),
                known ? relativeBehind - nextRelative : Damage.UNKNOWN));
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
