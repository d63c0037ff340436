// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import java.util.Arrays;

/// From seqs to positions in a sealed index, session by session. Safe for any number of threads.
final class SealedSeqs {
    private final CheckedBlocks blocks;
    private final long seqs;
    private final long positions;

    SealedSeqs(CheckedBlocks blocks, IndexHeader header) {
        this.blocks = blocks;
        this.seqs = header.start(IndexSection.SEQS);
        this.positions = header.start(IndexSection.POSITIONS);
    }

    /// Where the event of that seq lies, or [SegmentIndex#NO_POSITION].
    ///
    /// @param row of its session
    long position(long row, long seq) {
        int events = blocks.u32(row + RowLayout.EVENTS);
        if (events == 0) {
            return SegmentIndex.NO_POSITION;
        }
        int start = blocks.u32(row + RowLayout.SEQS);
        long entry = start == RowLayout.NO_GAP
                ? seq - blocks.u64(row + RowLayout.FIRST_SEQ)
                : search(seqs + Integer.toUnsignedLong(start) * Long.BYTES, events, seq);
        return entry < 0 || entry >= events
                ? SegmentIndex.NO_POSITION
                : positionAt(positionsOf(row) + entry * Integer.BYTES);
    }

    private long search(long start, int count, long seq) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(blocks.u64(start + middle * (long) Long.BYTES), seq);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private long positionsOf(long row) {
        return positions + Integer.toUnsignedLong(blocks.u32(row + RowLayout.POSITIONS)) * Integer.BYTES;
    }

    private long positionAt(long entry) {
        return Integer.toUnsignedLong(blocks.u32(entry)) * Bytes.ALIGNMENT;
    }

    /// Where all events of a session lie, ascending.
    long[] positions(long row) {
        int events = blocks.u32(row + RowLayout.EVENTS);
        long start = positionsOf(row);
        blocks.ensure(start, start + events * (long) Integer.BYTES);
        long[] found = new long[events];
        boolean sorted = true;
        for (int i = 0; i < found.length; i++) {
            found[i] = positionAt(start + i * (long) Integer.BYTES);
            sorted &= i == 0 || found[i - 1] < found[i];
        }
        if (!sorted) {
            Arrays.sort(found);
        }
        return found;
    }
}
