// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/// Reads what [SectionWriter] wrote as varints, from bytes that have been verified. For one thread.
final class VarintReader {
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MASK = (1 << VARINT_BITS) - 1;

    private final MemorySegment file;
    private long at;

    VarintReader(CheckedBlocks blocks) {
        this.file = blocks.file();
    }

    VarintReader moveTo(long position) {
        at = position;
        return this;
    }

    long position() {
        return at;
    }

    /// How many bytes there can be at most.
    long left() {
        return file.byteSize() - at;
    }

    long next() {
        long value = file.get(Bytes.U8, at++);
        if (value >= 0) {
            return value;
        }
        value &= VARINT_MASK;
        for (int shift = VARINT_BITS; ; shift += VARINT_BITS) {
            byte next = file.get(Bytes.U8, at++);
            value |= (long) (next & VARINT_MASK) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    void skip(int count) {
        for (int left = count; left > 0; at++) {
            left -= file.get(Bytes.U8, at) >= 0 ? 1 : 0;
        }
    }

    long nextSigned() {
        long value = next();
        return (value >>> 1) ^ -(value & 1);
    }

    String text(int lengthBytes) {
        byte[] utf8 = Bytes.copy(file, at, lengthBytes);
        at += lengthBytes;
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
