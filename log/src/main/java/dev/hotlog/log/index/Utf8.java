// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import dev.hotlog.log.format.Span;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// How UTF-8 bytes are hashed and compared, in an array and in memory alike. (docs/format.md, Index: Hash)
///
/// Array and memory have code of their own: the append path then only ever meets memory outside the heap, for which the
/// compiler makes plain loads.
final class Utf8 {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final long LAST = 0xD6E8FEB86659FD93L;
    private static final int BYTE_MASK = 0xFF;

    private Utf8() {}

    static long hash(byte[] text) {
        long hash = text.length;
        int i = 0;
        for (; i + Long.BYTES <= text.length; i += Long.BYTES) {
            hash = step(hash, (long) WORD.get(text, i));
        }
        if (i < text.length) {
            long rest = 0;
            for (int shift = 0; i < text.length; i++, shift += Byte.SIZE) {
                rest |= (long) (text[i] & BYTE_MASK) << shift;
            }
            hash = step(hash, rest);
        }
        return finish(hash);
    }

    static long hash(MemorySegment memory, long span) {
        long from = Span.position(span);
        int length = Span.lengthBytes(span);
        long hash = length;
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            hash = step(hash, memory.get(Bytes.U64, from + i));
        }
        if (i < length) {
            long rest = 0;
            for (int shift = 0; i < length; i++, shift += Byte.SIZE) {
                rest |= (long) (memory.get(Bytes.U8, from + i) & BYTE_MASK) << shift;
            }
            hash = step(hash, rest);
        }
        return finish(hash);
    }

    private static long step(long hash, long word) {
        long mixed = (hash ^ word) * STEP;
        return mixed ^ (mixed >>> Integer.SIZE);
    }

    private static long finish(long hash) {
        long mixed = hash * LAST;
        return mixed ^ (mixed >>> Integer.SIZE);
    }

    static boolean isAt(MemorySegment memory, long span, byte[] text) {
        return text.length == Span.lengthBytes(span) && isBehind(memory, Span.position(span), text);
    }

    /// Whether the memory from `from` on holds that text.
    static boolean isBehind(MemorySegment memory, long from, byte[] text) {
        int i = 0;
        for (; i + Long.BYTES <= text.length; i += Long.BYTES) {
            if (memory.get(Bytes.U64, from + i) != (long) WORD.get(text, i)) {
                return false;
            }
        }
        for (; i < text.length; i++) {
            if (memory.get(Bytes.U8, from + i) != text[i]) {
                return false;
            }
        }
        return true;
    }
}
