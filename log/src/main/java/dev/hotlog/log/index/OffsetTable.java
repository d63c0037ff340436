// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import dev.hotlog.log.format.SegmentHeader;
import java.util.Arrays;

/// Where some of the events lie, by offset: one in [#EVERY_EVENTS], more where events are large. For one thread.
final class OffsetTable {
    private static final int EVERY_EVENTS = 64;
    /// A scan from an entry to the event meant reads no more than this and two events.
    private static final int EVERY_BYTES = 64 << 10;
    private static final int FIRST_CAPACITY = 64;

    private final long base;

    /// Less the base, unsigned, ascending.
    private int[] offsets = new int[FIRST_CAPACITY];

    /// In units of [Bytes#ALIGNMENT], unsigned.
    private int[] positions = new int[FIRST_CAPACITY];

    private int count;
    private int eventsSince = EVERY_EVENTS;
    private long lastPosition;

    OffsetTable(long base) {
        this.base = base;
    }

    /// Meets the next event; keeps where it lies when it is time to.
    void add(long offset, long position) {
        if (++eventsSince < EVERY_EVENTS && position - lastPosition < EVERY_BYTES) {
            return;
        }
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            positions = Arrays.copyOf(positions, 2 * count);
        }
        offsets[count] = (int) (offset - base);
        positions[count] = (int) (position / Bytes.ALIGNMENT);
        count++;
        eventsSince = 0;
        lastPosition = position;
    }

    int count() {
        return count;
    }

    /// Less the base, unsigned.
    int relativeOffset(int entry) {
        return offsets[entry];
    }

    /// In units of [Bytes#ALIGNMENT], unsigned.
    int position(int entry) {
        return positions[entry];
    }

    /// As [SegmentIndex#positionBefore(long)].
    long positionBefore(long offset) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (base + Integer.toUnsignedLong(offsets[middle]) <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? SegmentHeader.FIRST_FRAME : Integer.toUnsignedLong(positions[low - 1]) * Bytes.ALIGNMENT;
    }

    /// Roughly what it takes of the heap.
    long heapBytes() {
        return offsets.length * 2L * Integer.BYTES;
    }
}
