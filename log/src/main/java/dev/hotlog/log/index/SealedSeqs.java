// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import java.util.Arrays;

/// The seqs of a session in a sealed index, and where their events lie. What its row says is read once; seqs and
/// positions are read from the file at each question, which may be answered by [DamagedIndex]. Safe for any number of
/// threads.
final class SealedSeqs implements SessionSeqs {
    private static final long NO_GAP = -1;

    private final CheckedBlocks blocks;
    private final long first;
    private final long last;
    private final int events;

    /// Where in the file its seqs begin; [#NO_GAP] when they are not stored.
    private final long seqs;

    /// Where in the file its positions begin.
    private final long positions;

    /// @param row of the session
    SealedSeqs(CheckedBlocks blocks, IndexHeader header, long row) {
        this.blocks = blocks;
        this.first = blocks.u64(row + RowLayout.FIRST_SEQ);
        this.last = blocks.u64(row + RowLayout.LAST_SEQ);
        this.events = blocks.u32(row + RowLayout.EVENTS);
        int start = blocks.u32(row + RowLayout.SEQS);
        this.seqs = start == RowLayout.NO_GAP
                ? NO_GAP
                : header.start(IndexSection.SEQS) + Integer.toUnsignedLong(start) * Long.BYTES;
        this.positions = header.start(IndexSection.POSITIONS)
                + Integer.toUnsignedLong(blocks.u32(row + RowLayout.POSITIONS)) * Integer.BYTES;
    }

    @Override
    public long first() {
        return first;
    }

    @Override
    public long last() {
        return last;
    }

    boolean isOf(CheckedBlocks file) {
        return blocks == file;
    }

    /// Where the event of that seq lies, or [SegmentIndex#NO_POSITION].
    long position(long seq) {
        long entry = seqs == NO_GAP ? seq - first : search(seq);
        return entry < 0 || entry >= events ? SegmentIndex.NO_POSITION : positionAt(entry);
    }

    private long search(long seq) {
        int low = 0;
        int high = events - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(blocks.u64(seqs + middle * (long) Long.BYTES), seq);
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

    private long positionAt(long entry) {
        return Integer.toUnsignedLong(blocks.u32(positions + entry * Integer.BYTES)) * Bytes.ALIGNMENT;
    }

    /// Where all its events lie, ascending.
    long[] positions() {
        blocks.ensure(positions, positions + events * (long) Integer.BYTES);
        long[] found = new long[events];
        boolean sorted = true;
        for (int i = 0; i < found.length; i++) {
            found[i] = positionAt(i);
            sorted &= i == 0 || found[i - 1] < found[i];
        }
        if (!sorted) {
            Arrays.sort(found);
        }
        return found;
    }
}
