// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/// The number layouts of the format: little-endian, at any alignment.
public final class Bytes {
    public static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    public static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    public static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    public static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// Frames begin at multiples of this.
    public static final int ALIGNMENT = 8;

    private Bytes() {}

    static int u16(MemorySegment bytes, long position) {
        return Short.toUnsignedInt(bytes.get(U16, position));
    }

    static long u32(MemorySegment bytes, long position) {
        return Integer.toUnsignedLong(bytes.get(U32, position));
    }

    /// A copy of so many bytes. `MemorySegment.toArray` looks into the class of the layout each time, which takes as
    /// long as copying a short text; to copy between a segment and an array has a class made at each start
    /// (docs/decisions/0013-start.md).
    ///
    /// @throws IndexOutOfBoundsException when they are not there; nothing is allocated then
    public static byte[] copy(MemorySegment bytes, long position, int length) {
        Objects.checkFromIndexSize(position, length, bytes.byteSize());
        byte[] copy = new byte[length];
        MemorySegment.copy(bytes, position, MemorySegment.ofArray(copy), 0, length);
        return copy;
    }

    /// The next multiple of [#ALIGNMENT], or the position itself.
    public static long aligned(long position) {
        return position + ALIGNMENT - 1 & -ALIGNMENT;
    }
}
