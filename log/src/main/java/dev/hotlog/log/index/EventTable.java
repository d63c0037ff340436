// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import java.util.Arrays;

/// The events of the unsealed end, each under an ordinal that counts from 0 in file order, found by session and seq in
/// whatever order the seqs come. For one thread.
///
/// The columns are written one event behind the other; the slots are the only memory that is met at random.
/// Runs of four seqs lie in slots side by side, so that most appends find their slot in the processor's cache.
final class EventTable {
    /// What a search gives for an event that is not here.
    static final int ABSENT = -1;

    private static final int FIRST_CAPACITY = 64;
    /// A table like another has room for one in so many events more.
    private static final int SPARE_PART = 8;

    private static final int RUN_BITS = 2;
    private static final int RUN_MASK = (1 << RUN_BITS) - 1;
    private static final long SEQ_FACTOR = 0x9E3779B97F4A7C15L;
    private static final long SESSION_FACTOR = 0xD6E8FEB86659FD93L;
    private static final long LOWER_HALF = 0xFFFF_FFFFL;

    /// Of each event its seq, then its session's ordinal (upper half) and its position in units of [Bytes#ALIGNMENT]
    /// (lower half, unsigned).
    private long[] keys;

    /// The ordinal of the same session's event before.
    private int[] previous;

    private int count;

    /// The upper half of the key's hash, then the event's ordinal plus one; 0 where none is. Half full at most; the
    /// length is a power of two.
    private long[] slots;

    EventTable() {
        this(FIRST_CAPACITY);
    }

    private EventTable(int capacity) {
        keys = new long[2 * capacity];
        previous = new int[capacity];
        slots = new long[slotsFor(capacity)];
    }

    private static int slotsFor(int capacity) {
        return Integer.highestOneBit(2 * capacity - 1) << 1;
    }

    /// An empty table for about as many events.
    EventTable emptyAlike() {
        return new EventTable(Math.max(FIRST_CAPACITY, count + count / SPARE_PART));
    }

    int count() {
        return count;
    }

    long seq(int event) {
        return keys[2 * event];
    }

    long position(int event) {
        return (keys[2 * event + 1] & LOWER_HALF) * Bytes.ALIGNMENT;
    }

    private int session(int event) {
        return (int) (keys[2 * event + 1] >>> Integer.SIZE);
    }

    /// The same session's event before, or [#ABSENT].
    int previous(int event) {
        return previous[event];
    }

    int find(int session, long seq) {
        long hash = hash(session, seq);
        for (int slot = home(hash, seq); ; slot = (slot + 1) & (slots.length - 1)) {
            long found = slots[slot];
            if (found == 0) {
                return ABSENT;
            }
            if (((found ^ hash) & ~LOWER_HALF) == 0) {
                int event = (int) found - 1;
                if (seq(event) == seq && session(event) == session) {
                    return event;
                }
            }
        }
    }

    /// The positions of a session's events, ascending.
    ///
    /// @param last its last event
    /// @param sessionEvents how many it has
    long[] positions(int last, int sessionEvents) {
        long[] positions = new long[sessionEvents];
        int event = last;
        for (int i = positions.length - 1; i >= 0; i--) {
            positions[i] = position(event);
            event = previous(event);
        }
        return positions;
    }

    /// Adds an event whose key is not here.
    ///
    /// @param before the same session's last event, or [#ABSENT]
    int add(int session, long seq, long position, int before) {
        if (count == previous.length) {
            grow();
        }
        int event = count++;
        keys[2 * event] = seq;
        keys[2 * event + 1] = (long) session << Integer.SIZE | position / Bytes.ALIGNMENT;
        previous[event] = before;
        place(event);
        return event;
    }

    private void grow() {
        int capacity = 2 * count;
        keys = Arrays.copyOf(keys, 2 * capacity);
        previous = Arrays.copyOf(previous, capacity);
        slots = new long[slotsFor(capacity)];
        for (int event = 0; event < count; event++) {
            place(event);
        }
    }

    private void place(int event) {
        long seq = seq(event);
        long hash = hash(session(event), seq);
        int slot = home(hash, seq);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = (hash & ~LOWER_HALF) | (event + 1);
    }

    private static long hash(int session, long seq) {
        long mixed = ((seq >>> RUN_BITS) * SEQ_FACTOR) ^ ((session + 1) * SESSION_FACTOR);
        mixed = (mixed ^ (mixed >>> Integer.SIZE)) * SEQ_FACTOR;
        return mixed ^ (mixed >>> Integer.SIZE);
    }

    private int home(long hash, long seq) {
        return (int) (hash << RUN_BITS | (seq & RUN_MASK)) & (slots.length - 1);
    }

    /// Roughly what it takes of the heap.
    long heapBytes() {
        return previous.length * (long) (4 * Long.BYTES + Integer.BYTES);
    }
}
