// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// Reads frames of one segment from memory, every one checked. Where the disk refuses to give bytes of a mapped
/// file there is no frame. For one thread.
public final class FrameCursor {
    /// No event's frame is shorter.
    public static final int LEAST_EVENT_BYTES = (int) Bytes.aligned(FrameHeader.BYTES + EventLayout.MEASURES);

    /// A frame without a body: a mark.
    public static final int MARK_BYTES = FrameHeader.BYTES;

    private final MemorySegment file;
    private final ByteBuffer view;
    private final Place place;
    private final CRC32C crc = new CRC32C();
    private long position;
    private int word;
    /// The pages looked at last can be read.
    private long readableFrom;
    private long readableTo;

    /// @param file the segment from its first byte on, at most 2 GiB of it
    public FrameCursor(MemorySegment file, Place place) {
        this.file = file;
        this.view = file.asByteBuffer();
        this.place = place;
    }

    /// Moves to `at` and tells whether a whole, valid frame lies there, ending by `limit`.
    public boolean moveTo(long at, long limit) {
        if (limit - at < FrameHeader.BYTES || !isReadable(at, at + FrameHeader.BYTES)) {
            return false;
        }
        int candidate = file.get(Bytes.U32, at + FrameHeader.WORD);
        if (!FrameType.isCode(FrameHeader.typeCode(candidate))) {
            return false;
        }
        long end = Bytes.aligned(at + FrameHeader.BYTES + FrameHeader.lengthBytes(candidate));
        if (end > limit || !isReadable(at, end) || place.bind(crcOf(at, end), at) != file.get(Bytes.U32, at)) {
            return false;
        }
        position = at;
        word = candidate;
        return true;
    }

    /// Moves back to a frame that [#moveTo] has found valid before.
    public void revisit(long at) {
        position = at;
        word = file.get(Bytes.U32, at + FrameHeader.WORD);
    }

    private boolean isReadable(long from, long to) {
        return (from >= readableFrom && to <= readableTo) || areReadable(from, to);
    }

    private boolean areReadable(long from, long to) {
        if (!Pages.areReadable(file, from, to)) {
            return false;
        }
        readableFrom = Pages.startOf(from);
        readableTo = Pages.endOf(to - 1);
        return true;
    }

    private int crcOf(long at, long end) {
        view.limit((int) end).position((int) at + FrameHeader.WORD);
        crc.reset();
        crc.update(view);
        return (int) crc.getValue();
    }

    /// The next place behind `at` where a frame may begin and that can be read.
    long nextPlace(long at) {
        return isReadable(at, at + FrameHeader.BYTES) ? at + Bytes.ALIGNMENT : Pages.endOf(at);
    }

    /// Where the frame at `at` would belong if its checksum were right; empty when no frame can lie there. Says
    /// nothing of a single frame: two in a row that say the same are ours.
    Optional<Place> impliedPlace(long at, long limit) {
        if (limit - at < FrameHeader.BYTES || !isReadable(at, at + FrameHeader.BYTES) || !isPlausible(at, limit, 0)) {
            return Optional.empty();
        }
        long end = Bytes.aligned(
                at + FrameHeader.BYTES + FrameHeader.lengthBytes(file.get(Bytes.U32, at + FrameHeader.WORD)));
        return end > limit || !isReadable(at, end)
                ? Optional.empty()
                : Optional.of(Place.implied(file.get(Bytes.U32, at), crcOf(at, end), at));
    }

    public long position() {
        return position;
    }

    /// Where the next frame begins.
    public long next() {
        return Bytes.aligned(bodyPosition() + bodyLength());
    }

    public FrameType type() {
        return FrameType.ofCode(FrameHeader.typeCode(word));
    }

    /// Whether the batch goes on with the next frame.
    public boolean more() {
        return FrameHeader.more(word);
    }

    /// The offset of this event, or the one that the next event takes, less the segment's base.
    public long relativeOffset() {
        return Bytes.u32(file, position + FrameHeader.OFFSET);
    }

    /// Where the write began that this frame came with: all bytes before were on disk by then.
    public long durableBefore() {
        return position - Bytes.u32(file, position + FrameHeader.BEHIND) * Bytes.ALIGNMENT;
    }

    public long bodyPosition() {
        return position + FrameHeader.BYTES;
    }

    public int bodyLength() {
        return FrameHeader.lengthBytes(word);
    }

    public MemorySegment body() {
        return file.asSlice(bodyPosition(), bodyLength());
    }

    /// How many offsets this frame takes: 1 for an event, as many as were lost for [FrameType#LOST], else 0.
    public long offsets() {
        return switch (type()) {
            case EVENT -> 1;
            case LOST -> bodyLength() < Long.BYTES ? 0 : file.get(Bytes.U64, bodyPosition());
            case FACTS, CURSOR, CLOSE, SEAL -> 0;
        };
    }

    /// Sets `event` on this frame's body.
    ///
    /// @return false when the body contradicts itself, which only a bug in a writer can bring about
    public boolean readEvent(EventFrame event, long base) {
        return event.set(file, bodyPosition(), bodyLength(), base + relativeOffset());
    }

    /// Looks for the next valid frame from `from` on whose offset can be there, and moves to it.
    ///
    /// @param leastOffset relative; a frame with a smaller one is stale
    /// @return its position, or -1 when there is none before `limit`
    public long resync(long from, long limit, long leastOffset) {
        long at = Bytes.aligned(from);
        while (at + FrameHeader.BYTES <= limit) {
            if (isReadable(at, at + FrameHeader.BYTES) && isPlausible(at, limit, leastOffset) && moveTo(at, limit)) {
                return at;
            }
            at = nextPlace(at);
        }
        return -1;
    }

    // Cheap signs first: a checksum over a length that is itself garbage could cost 64 MiB at every step.
    private boolean isPlausible(long at, long limit, long leastOffset) {
        int candidate = file.get(Bytes.U32, at + FrameHeader.WORD);
        if (!FrameType.isCode(FrameHeader.typeCode(candidate))
                || at + FrameHeader.BYTES + FrameHeader.lengthBytes(candidate) > limit) {
            return false;
        }
        long offset = Bytes.u32(file, at + FrameHeader.OFFSET);
        long behind = Bytes.u32(file, at + FrameHeader.BEHIND) * Bytes.ALIGNMENT;
        return offset >= leastOffset && behind <= at - SegmentHeader.FIRST_FRAME;
    }
}
