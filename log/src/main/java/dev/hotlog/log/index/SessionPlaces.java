// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import java.util.Arrays;

/// Which of many indexes may know a session, by the hash of its id: so a question about one of many sessions goes to
/// those alone that have it, and now and then to one that has another of the same hash. Immutable.
///
/// Open addressing, half full at most: 16 to 32 bytes for each session in each index.
public final class SessionPlaces {
    public static final SessionPlaces NONE = new SessionPlaces(0, 0, new long[2]);

    private final int indexes;
    private final int count;

    /// A hash in the upper half, its index's place plus one in the lower; 0 where nothing is.
    private final long[] slots;

    private SessionPlaces(int indexes, int count, long[] slots) {
        this.indexes = indexes;
        this.count = count;
        this.slots = slots;
    }

    /// These and the next index, whose place is [#indexes()].
    ///
    /// @param hashes of its sessions, by [SegmentIndex#sessionHashes()]
    public SessionPlaces and(int[] hashes) {
        int grown = count + hashes.length;
        long[] table = Arrays.copyOf(slots, slots.length);
        if (2 * grown > slots.length) {
            table = new long[Integer.highestOneBit(grown) << 2];
            for (long slot : slots) {
                if (slot != 0) {
                    put(table, slot);
                }
            }
        }
        for (int hash : hashes) {
            put(table, (long) hash << Integer.SIZE | (indexes + 1));
        }
        return new SessionPlaces(indexes + 1, grown, table);
    }

    private static void put(long[] table, long entry) {
        int at = first(table, hash(entry));
        while (table[at] != 0) {
            at = next(table, at);
        }
        table[at] = entry;
    }

    private static int hash(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    private static int first(long[] table, int hash) {
        return hash & (table.length - 1);
    }

    private static int next(long[] table, int at) {
        return (at + 1) & (table.length - 1);
    }

    /// How many indexes it speaks of: those of the places from 0 on.
    public int indexes() {
        return indexes;
    }

    /// The places of the indexes that may know that session, ascending.
    public int[] of(SessionKey session) {
        int hash = session.upperHash();
        int[] places = new int[1];
        int found = 0;
        for (int at = first(slots, hash); slots[at] != 0; at = next(slots, at)) {
            int place = (int) slots[at] - 1;
            // Two sessions of an index may have the same hash.
            if (hash(slots[at]) == hash && (found == 0 || places[found - 1] != place)) {
                if (found == places.length) {
                    places = Arrays.copyOf(places, 2 * found);
                }
                places[found++] = place;
            }
        }
        return Arrays.copyOf(places, found);
    }
}
