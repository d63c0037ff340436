// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

/// Where a text of an event lies in [EventFrame#memory()], packed into one number so that asking takes no memory.
public final class Span {
    /// There is no such text.
    public static final long NONE = 0;

    private static final int LENGTH_BITS = Short.SIZE;
    private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

    private Span() {}

    static long of(long position, int lengthBytes) {
        return position << LENGTH_BITS | lengthBytes;
    }

    public static long position(long span) {
        return span >>> LENGTH_BITS;
    }

    public static int lengthBytes(long span) {
        return (int) span & LENGTH_MASK;
    }
}
