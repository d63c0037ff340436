// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/// Goes through the rows of all sessions of a sealed index, which have been verified. For one thread.
///
/// Some rows at a time are copied into an array, for the reason that [VarintReader] has.
final class RowScan {
    private static final int WORDS = RowLayout.BYTES / Long.BYTES;
    /// So many at a time, and the one behind them.
    private static final int WINDOW_ROWS = 32;

    private final MemorySegment file;
    private final long start;
    private final int count;
    private final long[] window;
    private int windowStart;
    private int windowEnd;
    private int row = -1;

    RowScan(CheckedBlocks blocks, IndexHeader header) {
        this.file = blocks.file();
        this.start = header.start(IndexSection.ROWS);
        this.count = header.sessions();
        this.window = new long[(Math.min(count, WINDOW_ROWS) + 1) * WORDS];
    }

    /// Moves to the first row, then to the next.
    ///
    /// @return false behind the last session's
    boolean advance() {
        row++;
        if (row >= count) {
            return false;
        }
        if (row == windowEnd) {
            fill();
        }
        return true;
    }

    private void fill() {
        windowStart = row;
        windowEnd = Math.min(row + WINDOW_ROWS, count);
        int words = (windowEnd - windowStart + 1) * WORDS;
        file.asSlice(start + windowStart * (long) RowLayout.BYTES, words * (long) Long.BYTES)
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(window, 0, words);
    }

    /// @param field of [RowLayout]; [RowLayout#BYTES] more is that of the row behind this one
    int u32(int field) {
        return (int) (u64(field) >>> (field % Long.BYTES * Byte.SIZE));
    }

    /// As [#u32].
    long u64(int field) {
        return window[(row - windowStart) * WORDS + field / Long.BYTES];
    }
}
