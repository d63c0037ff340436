// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.seedlog;

import dev.hotlog.agents.transcript.Mark;
import dev.hotlog.event.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.zip.CRC32;

/// Goes through the frames of such a log, in memory bounded by the largest.
///
/// ```
/// place  size  field
///     0     4  n       length of the body, a multiple of 8, little-endian
///     4     n  body    see SeedRecord
/// 4 + n     4  crc     CRC-32 of the body
/// ```
///
/// Frames lie back to back, so that every body begins at a multiple of 8. A frame that is damaged is told and left
/// out, and reading goes on at the next that is whole. An end that is no frame, and is followed by none, was torn
/// off while it was being written, or is not written yet: the scan ends before it.
public final class SeedLogScan {
    /// Where the first frame lies; it is counted as line 1.
    public static final Mark START = new Mark(SeedLog.HEADER_BYTES, 1, 0);

    private static final int ALIGNMENT = 8;
    private static final int MAX_BODY_BYTES = 64 << 20;
    private static final int CHUNK_BYTES = 128 << 10;

    private final FileChannel channel;
    private final long limit;
    private ByteBuffer body = buffer(1 << 16);
    private Mark mark;

    /// @param limit how much of the file to read
    public SeedLogScan(FileChannel channel, Mark from, long limit) {
        this.channel = channel;
        this.mark = from;
        this.limit = limit;
    }

    /// What was met.
    public sealed interface Step {
        record Taken(Event event) implements Step {}

        /// Bytes that are not as they were written.
        ///
        /// @param position where in the file they begin
        /// @param reason what was found
        record Damaged(long position, String reason) implements Step {}

        /// A frame that is whole, with an event that our log does not take.
        ///
        /// @param position of the frame in the file
        /// @param reason what was found
        record Unfit(long position, String reason) implements Step {}
    }

    /// Where the scan stands: everything before is taken or told.
    public Mark mark() {
        return mark;
    }

    /// How much lies behind the last whole frame, once the end is reached: a frame that was torn off, or is not
    /// wholly written yet.
    public long tornBytes() {
        return limit - mark.position();
    }

    /// The next frame; empty at the end.
    public Optional<Step> next() throws IOException {
        long position = mark.position();
        Optional<String> problem = load(position);
        if (problem.isEmpty()) {
            advanceTo(position + frameBytes(body.limit()));
            return Optional.of(event(position));
        }
        long next = nextWhole(position);
        if (next < 0) {
            return Optional.empty();
        }
        advanceTo(next);
        return Optional.of(new Step.Damaged(position, problem.get() + "; " + (next - position) + " bytes left out"));
    }

    private Step event(long position) {
        try {
            return new Step.Taken(new SeedRecord(body).toEvent());
        } catch (IllegalArgumentException e) {
            return new Step.Unfit(position, "an event that cannot be kept: " + e.getMessage());
        }
    }

    private void advanceTo(long position) {
        mark = new Mark(position, mark.line() + 1, 0);
    }

    /// Loads the frame's body; what is wrong with the frame, if anything.
    private Optional<String> load(long position) throws IOException {
        if (limit - position < Integer.BYTES * 2) {
            return Optional.of("the file ends within a frame");
        }
        int length = intAt(position);
        if (length < SeedRecord.ROOT_BYTES || length % ALIGNMENT != 0 || length > MAX_BODY_BYTES) {
            return Optional.of("a frame's length is " + Integer.toUnsignedString(length) + ", which none has");
        }
        if (frameBytes(length) > limit - position) {
            return Optional.of("a frame of " + length + " bytes runs past the end of the file");
        }
        if (body.capacity() < length) {
            body = buffer(length);
        }
        body.clear().limit(length);
        fill(body, position + Integer.BYTES);
        CRC32 crc = new CRC32();
        crc.update(body.slice(0, length));
        int stored = intAt(position + Integer.BYTES + length);
        if ((int) crc.getValue() != stored) {
            return Optional.of("a frame's CRC-32 is %08x, expected %08x".formatted((int) crc.getValue(), stored));
        }
        return Optional.empty();
    }

    /// Where the next whole frame begins: after this one, if its length can be believed, or wherever one can be
    /// found; the end of the file when this one ends there; -1 when nothing follows.
    private long nextWhole(long position) throws IOException {
        if (limit - position >= Integer.BYTES * 2) {
            long length = Integer.toUnsignedLong(intAt(position));
            long after = position + frameBytes(length);
            if (length >= SeedRecord.ROOT_BYTES
                    && (after == limit || (after < limit && load(after).isEmpty()))) {
                return after;
            }
        }
        ByteBuffer chunk = buffer(CHUNK_BYTES);
        for (long from = position + ALIGNMENT; from < limit; from += CHUNK_BYTES) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, limit - from));
            fill(chunk, from);
            for (int at = 0; at + Integer.BYTES <= chunk.limit(); at += ALIGNMENT) {
                if (mayBeLength(from + at, chunk.getInt(at)) && load(from + at).isEmpty()) {
                    return from + at;
                }
            }
        }
        return -1;
    }

    /// Whether a frame with a body of that length may lie there, by what can be seen before its checksum is worked
    /// out.
    private boolean mayBeLength(long position, int length) throws IOException {
        return length >= SeedRecord.ROOT_BYTES
                && length % ALIGNMENT == 0
                && frameBytes(length) <= limit - position
                && looksLikeRecord(position + Integer.BYTES + length);
    }

    /// A look at the record that would end there, before its checksum is worked out.
    private boolean looksLikeRecord(long end) throws IOException {
        ByteBuffer root = buffer(SeedRecord.ROOT_BYTES);
        fill(root, end - SeedRecord.ROOT_BYTES);
        return SeedRecord.isPlausible(root);
    }

    private static long frameBytes(long bodyBytes) {
        return bodyBytes + Integer.BYTES * 2;
    }

    private int intAt(long position) throws IOException {
        ByteBuffer four = buffer(Integer.BYTES);
        fill(four, position);
        return four.getInt(0);
    }

    private void fill(ByteBuffer target, long position) throws IOException {
        int end = target.limit();
        while (target.position() < end) {
            target.limit(Math.min(end, target.position() + CHUNK_BYTES));
            if (channel.read(target, position + target.position()) < 0) {
                throw new IOException("was cut short while it was read");
            }
        }
        target.limit(end);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
