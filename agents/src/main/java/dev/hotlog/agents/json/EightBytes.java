// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Eight bytes of a text as one number, the first lowest: whoever goes through megabytes of JSON is as fast as he has
/// few steps.
///
/// What is asked of all eight is answered in the highest bit of each. An answer may be wrong in a byte behind the first
/// that is right, so only [#first] is of use.
public final class EightBytes {
    public static final int COUNT = Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /// Times a byte: that byte eight times.
    private static final long EACH = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = EACH << (Byte.SIZE - 1);

    private EightBytes() {}

    public static long at(byte[] text, int position) {
        return (long) LONGS.get(text, position);
    }

    /// Which are that character of ASCII?
    public static long equal(long eight, char character) {
        long zeroWhereEqual = eight ^ (EACH * character);
        return (zeroWhereEqual - EACH) & ~zeroWhereEqual & HIGHEST_BITS;
    }

    /// Which are of ASCII and come before that character?
    public static long below(long eight, char character) {
        return (eight - EACH * character) & ~eight & HIGHEST_BITS;
    }

    /// Which are not of ASCII?
    public static long beyondAscii(long eight) {
        return eight & HIGHEST_BITS;
    }

    /// How many bytes stand before the first that some answers, put together with `|`, are about.
    ///
    /// @param answers not 0
    public static int first(long answers) {
        return Long.numberOfTrailingZeros(answers) / Byte.SIZE;
    }
}
