// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Reads what [SectionWriter] wrote as varints, from bytes that have been verified. For one thread.
///
/// Some bytes at a time are copied into an array and read there: code that is not compiled yet, as most of it is in a
/// command that answers at once, takes far longer for a byte of a mapped file. (docs/decisions/0013-start.md)
final class VarintReader {
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MASK = (1 << VARINT_BITS) - 1;

    /// A few sessions' details or cells. A divisor of [CheckedBlocks#BLOCK_BYTES].
    private static final int WINDOW_BYTES = 1 << 9;

    private final MemorySegment file;
    /// The bytes from [#windowStart] on, of which the next to be read is at [#at].
    private final byte[] window = new byte[WINDOW_BYTES];

    private final MemorySegment windowMemory = MemorySegment.ofArray(window);
    private int windowLength;
    private long windowStart;
    private int at;

    VarintReader(CheckedBlocks blocks) {
        this.file = blocks.file();
    }

    VarintReader moveTo(long position) {
        long ahead = position - windowStart;
        if (ahead >= 0 && ahead <= windowLength) {
            at = (int) ahead;
        } else {
            windowStart = position;
            windowLength = 0;
            at = 0;
        }
        return this;
    }

    long position() {
        return windowStart + at;
    }

    /// How many bytes there can be at most.
    long left() {
        return file.byteSize() - position();
    }

    private byte nextByte() {
        if (at == windowLength) {
            fill();
        }
        return window[at++];
    }

    /// Up to where a window ends in the file, so that it never holds bytes of a block that nobody has verified.
    private void fill() {
        windowStart += at;
        at = 0;
        windowLength = 0;
        long end = Math.min((windowStart & -WINDOW_BYTES) + WINDOW_BYTES, file.byteSize());
        if (windowStart >= end) {
            throw new IndexOutOfBoundsException("byte " + windowStart + " of " + file.byteSize());
        }
        MemorySegment.copy(file, windowStart, windowMemory, 0, end - windowStart);
        windowLength = (int) (end - windowStart);
    }

    long next() {
        long value = nextByte();
        if (value >= 0) {
            return value;
        }
        value &= VARINT_MASK;
        for (int shift = VARINT_BITS; ; shift += VARINT_BITS) {
            byte next = nextByte();
            value |= (long) (next & VARINT_MASK) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    void skip(int count) {
        for (int left = count; left > 0; ) {
            left -= nextByte() >= 0 ? 1 : 0;
        }
    }

    long nextSigned() {
        long value = next();
        return (value >>> 1) ^ -(value & 1);
    }

    String text(int lengthBytes) {
        if (at == windowLength && lengthBytes > 0 && lengthBytes <= WINDOW_BYTES) {
            fill();
        }
        if (lengthBytes >= 0 && lengthBytes <= windowLength - at) {
            String text = new String(window, at, lengthBytes, StandardCharsets.UTF_8);
            at += lengthBytes;
            return text;
        }
        byte[] utf8 = Bytes.copy(file, position(), lengthBytes);
        moveTo(position() + lengthBytes);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
