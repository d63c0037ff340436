// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.Pages;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the last segment of a log ends, told from its bytes alone: what its writer left, whether it closed the log,
/// crashed, or is still at work.
///
/// Bytes that are no frame are *damage* when they are known to have been on disk: a clean close, or a write that began
/// later, stands behind them. Else the end is *torn* there: it was never acknowledged as durable, and the log ends with
/// the last whole batch before.
///
/// @param end the position behind the last whole batch
/// @param nextOffset the offset that the next event takes
/// @param durableEnd all bytes before were on disk when something behind them was written; at most `end`
/// @param durableOffset the offset that the first event from `durableEnd` on has or will have
/// @param closed whether the writer's mark that it closed the log is the last frame
/// @param sealed whether the mark that another segment follows is
/// @param tornPosition behind the last whole batch, or the closing mark
/// @param tornBytes from there up to the last byte that is not zero
/// @param damage before `end`
public record UnsealedEnd(
        long end,
        long nextOffset,
        long durableEnd,
        long durableOffset,
        boolean closed,
        boolean sealed,
        long tornPosition,
        long tornBytes,
        List<Damage> damage) {
    /// Is told of every frame of every whole batch, in order.
    public interface Visitor {
        /// @param offset of the event, or the one that the next event takes
        void frame(FrameCursor frame, long offset);
    }

    /// Goes through a segment to its end.
    ///
    /// @param from a frame boundary, with the offset that its first event has or will have
    public static UnsealedEnd survey(SegmentFile segment, long from, long fromOffset, Known known, Visitor visitor) {
        return new Survey(segment, from, fromOffset, known, visitor).run();
    }

    /// What is known by other means than the bytes of the segment.
    ///
    /// @param durable a position up to which they were on disk, or 0
    /// @param offset that the event there has or will have, or [#UNKNOWN]
    /// @param closed whether the log was closed there, and not opened since to write: when the closing mark stands
    ///     there too, nothing lies behind it, and nobody looks
    public record Known(long durable, long offset, boolean closed) {
        public static final long UNKNOWN = -1;
        public static final Known NOTHING = durable(0);

        /// Nothing but that the bytes up to there were on disk.
        public static Known durable(long durable) {
            return new Known(durable, UNKNOWN, false);
        }

        /// What `published` tells of a segment, for readers.
        public static Known toRead(SegmentFile segment, Optional<Published> published) {
            return of(segment, published)
                    .map(told -> new Known(told.position(), told.nextOffset(), told.isClosedAt(told.position())))
                    .orElse(NOTHING);
        }

        /// What `published` tells of a segment, for those who give offsets: after a power cut it may be older than the
        /// segment, so that more may have been given than it says. They look at every byte.
        public static Known toGoOn(SegmentFile segment, Optional<Published> published) {
            return of(segment, published).map(told -> durable(told.position())).orElse(NOTHING);
        }

        private static Optional<Published> of(SegmentFile segment, Optional<Published> published) {
            return published.filter(told -> told.isOf(segment));
        }
    }

    private static final class Survey {
        private final SegmentFile segment;
        private final FrameCursor frame;
        private final Known known;
        private final Visitor visitor;
        private final long size;
        private final List<Damage> damage = new ArrayList<>();
        /// Frames whose batch is not whole yet.
        private final List<Long> pending = new ArrayList<>();

        private long next;
        private long nextRelative;
        private long end;
        private long endRelative;
        private long durable;
        private FrameType last = FrameType.EVENT;
        /// From where on the last byte that is not zero was looked for, and what was found.
        private long lookedFrom = Long.MAX_VALUE;

        private long lastByte;

        Survey(SegmentFile segment, long from, long fromOffset, Known known, Visitor visitor) {
            this.segment = segment;
            this.frame = segment.frames();
            this.known = known;
            this.visitor = visitor;
            this.size = segment.sizeBytes();
            this.next = from;
            this.nextRelative = fromOffset - segment.base();
            this.end = from;
            this.endRelative = nextRelative;
            this.durable = Math.max(from, known.durable);
        }

        UnsealedEnd run() {
            do {
                while (frame.moveTo(next, size) && frame.relativeOffset() == nextRelative) {
                    take();
                }
            } while (!isClosed() && isDamage());
            long durableEnd = Math.min(durable, end);
            boolean closed = last == FrameType.CLOSE && pending.isEmpty();
            long torn = closed ? next : end;
            return new UnsealedEnd(
                    end,
                    segment.base() + endRelative,
                    durableEnd,
                    offsetAt(durableEnd),
                    closed,
                    last == FrameType.SEAL && pending.isEmpty(),
                    torn,
                    isClosed() ? 0 : lastByte(torn) - torn,
                    List.copyOf(damage));
        }

        /// Whether it ends where it is known to have been closed.
        private boolean isClosed() {
            return known.closed && last == FrameType.CLOSE && pending.isEmpty() && end == known.durable;
        }

        private void take() {
            durable = Math.max(durable, frame.durableBefore());
            pending.add(frame.position());
            boolean whole = !frame.more();
            next = frame.next();
            nextRelative = frame.relativeOffset() + frame.offsets();
            if (frame.type() == FrameType.CLOSE) {
                durable = Math.max(durable, frame.position());
            }
            if (whole) {
                last = frame.type();
                // The mark is no part of what must be kept: whether its force succeeded only `published` tells.
                end = last == FrameType.CLOSE ? frame.position() : next;
                endRelative = nextRelative;
                deliver();
            }
        }

        private void deliver() {
            for (long position : pending) {
                frame.revisit(position);
                visitor.frame(frame, segment.base() + frame.relativeOffset());
            }
            pending.clear();
        }

        /// Whether the bytes at `next`, which are no frame, were on disk once; if so, tells it and moves behind them.
        private boolean isDamage() {
            long broken = next;
            long good = lastByte(broken) == broken ? -1 : frame.resync(broken, size, nextRelative);
            if (good < 0) {
                if (broken >= durable) {
                    return false;
                }
                tellLost(broken, durable, eventsUpToDurable());
                return true;
            }
            long goodRelative = frame.relativeOffset();
            if (broken >= durable && !isProvenDurable(broken, good, goodRelative)) {
                return false;
            }
            // What came before it of a batch that is now broken was on disk and is given, as far as it goes.
            tellLost(broken, good, goodRelative - nextRelative);
            return true;
        }

        private long eventsUpToDurable() {
            long events = known.offset - segment.base() - nextRelative;
            return durable == known.durable && events >= 0 ? events : Damage.UNKNOWN;
        }

        private void tellLost(long from, long to, long events) {
            deliver();
            String problem = from < size ? "bytes that are no frame" : "the file ends too early";
            damage.add(new Damage(problem, segment.name(), from, to - from, segment.base() + nextRelative, events));
            end = to;
            // Offsets are never given twice: as many are left out as there can have been events.
            nextRelative += events == Damage.UNKNOWN ? (to - from) / FrameCursor.LEAST_EVENT_BYTES + 1 : events;
            endRelative = nextRelative;
            next = to;
        }

        /// Whether any frame from `good` on says that its write began behind `broken`.
        private boolean isProvenDurable(long broken, long good, long goodRelative) {
            long at = good;
            long relative = goodRelative;
            while (at >= 0) {
                while (frame.moveTo(at, size) && frame.relativeOffset() >= relative) {
                    long proven = frame.type() == FrameType.CLOSE ? frame.position() : frame.durableBefore();
                    if (proven > broken) {
                        durable = Math.max(durable, proven);
                        return true;
                    }
                    relative = frame.relativeOffset();
                    at = frame.next();
                }
                at = frame.resync(at, size, relative);
            }
            return false;
        }

        private long offsetAt(long durableEnd) {
            // What lies there may be damaged: then the next frame tells.
            boolean told = durableEnd < end && frame.resync(durableEnd, end, 0) >= 0;
            return segment.base() + (told ? frame.relativeOffset() : endRelative);
        }

        /// Behind the last byte that is not zero, or that the disk refuses; `from` when there is none behind it.
        private long lastByte(long from) {
            if (from < lookedFrom) {
                lastByte = findLastByte(from);
                lookedFrom = from;
            }
            return Math.max(from, lastByte);
        }

        private long findLastByte(long from) {
            long behind = size;
            while (behind > from) {
                int length = (int) Math.min(Zeros.CHUNK_BYTES, behind - from);
                if (!Pages.areReadable(segment.bytes(), behind - length, behind)) {
                    return behind;
                }
                if (!Zeros.areAt(segment.bytes(), behind - length, length)) {
                    return behindLastOf(behind);
                }
                behind -= length;
            }
            return from;
        }

        private long behindLastOf(long end) {
            long behind = end;
            while (segment.bytes().get(ValueLayout.JAVA_BYTE, behind - 1) == 0) {
                behind--;
            }
            return behind;
        }
    }
}
