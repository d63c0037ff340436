// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Gathers the bytes of one section in chunks, all but the first of them memory outside the heap, so that a large
/// section is never copied. For one thread.
final class SectionWriter {
    private static final int FIRST_CHUNK_BYTES = 1 << 10;
    private static final int MAX_CHUNK_BYTES = 1 << 20;
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MASK = (1 << VARINT_BITS) - 1;

    private final IntFunction<ByteBuffer> memory;
    private final List<ByteBuffer> full = new ArrayList<>();
    private long fullBytes;
    /// Most sections of a small segment end in it: to get so little outside the heap takes longer than to copy it.
    private ByteBuffer chunk = ByteBuffer.allocate(FIRST_CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    SectionWriter() {
        this(ByteBuffer::allocateDirect);
    }

    private SectionWriter(IntFunction<ByteBuffer> memory) {
        this.memory = memory;
    }

    /// Of a part of a section that is soon appended to it, in the heap alone.
    static SectionWriter ofPart() {
        return new SectionWriter(ByteBuffer::allocate);
    }

    long lengthBytes() {
        return fullBytes + chunk.position();
    }

    private ByteBuffer room(int bytes) {
        if (chunk.remaining() < bytes) {
            // Numbers lie at multiples of their size wherever they are not varints, so that none is cut here.
            assert !chunk.hasRemaining();
            full.add(chunk.flip());
            fullBytes += chunk.limit();
            chunk = memory.apply(Math.min(4 * chunk.capacity(), MAX_CHUNK_BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
        return chunk;
    }

    void u8(int value) {
        room(Byte.BYTES).put((byte) value);
    }

    void u16(int value) {
        u8(value);
        u8(value >>> Byte.SIZE);
    }

    void u32(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void u64(long value) {
        room(Long.BYTES).putLong(value);
    }

    void u32s(int[] values) {
        for (int from = 0; from < values.length; ) {
            int count = Math.min(values.length - from, room(Integer.BYTES).remaining() / Integer.BYTES);
            chunk.asIntBuffer().put(values, from, count);
            chunk.position(chunk.position() + count * Integer.BYTES);
            from += count;
        }
    }

    void u64s(long[] values) {
        for (int from = 0; from < values.length; ) {
            int count = Math.min(values.length - from, room(Long.BYTES).remaining() / Long.BYTES);
            chunk.asLongBuffer().put(values, from, count);
            chunk.position(chunk.position() + count * Long.BYTES);
            from += count;
        }
    }

    /// Seven bits a byte, the lowest first; all but the last byte have their highest bit set.
    void varint(long value) {
        long left = value;
        while ((left & ~VARINT_MASK) != 0) {
            u8(((int) left & VARINT_MASK) | (1 << VARINT_BITS));
            left >>>= VARINT_BITS;
        }
        u8((int) left);
    }

    /// A varint of the value's distance from zero: 0, -1, 1, -2, …
    void signed(long value) {
        varint((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    void bytes(byte[] bytes) {
        int from = 0;
        while (from < bytes.length) {
            int length = Math.min(bytes.length - from, room(Byte.BYTES).remaining());
            chunk.put(bytes, from, length);
            from += length;
        }
    }

    /// All that another has gathered, which is finished by that.
    void append(SectionWriter other) {
        for (ByteBuffer part : other.finish()) {
            while (part.hasRemaining()) {
                int length = Math.min(part.remaining(), room(Byte.BYTES).remaining());
                chunk.put(part.slice(part.position(), length));
                part.position(part.position() + length);
            }
        }
    }

    /// Fills up with zeros to a multiple of [Bytes#ALIGNMENT].
    void align() {
        while (lengthBytes() % Bytes.ALIGNMENT != 0) {
            u8(0);
        }
    }

    /// All that was written, in order, each buffer from its position to its limit. Nothing can be written after.
    List<ByteBuffer> finish() {
        full.add(chunk.flip());
        return full;
    }
}
