// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import java.util.Arrays;
import java.util.List;

/// Which of many indexes may know a session, by the hash of its id: so a question about one of many sessions goes to
/// those alone that have it, and now and then to one that has another of the same hash. Immutable.
///
/// Open addressing, half full at most: 16 to 32 bytes for each session in each index.
public final class SessionPlaces {
    /// Of more sessions in indexes than so many nothing is kept: a table of at most 32 MiB.
    public static final int MOST = 1 << 20;

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

    /// These and the next indexes; the place of the first of them is [#indexes()].
    ///
    /// @param hashes of the sessions of each, by [SegmentIndex#sessionHashes()]
    public SessionPlaces and(List<int[]> hashes) {
        int grown = count + hashes.stream().mapToInt(each -> each.length).sum();
        long[] table = 2 * grown > slots.length ? new long[Integer.highestOneBit(grown) << 2] : slots.clone();
        if (table.length > slots.length) {
            for (long slot : slots) {
                if (slot != 0) {
                    put(table, slot);
                }
            }
        }
        int place = indexes;
        for (int[] each : hashes) {
            place++;
            for (int hash : each) {
                put(table, (long) hash << Integer.SIZE | place);
            }
        }
        return new SessionPlaces(place, grown, table);
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

    /// How many sessions in indexes it knows.
    public int count() {
        return count;
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
            if (hash(slots[at]) == hash) {
                places = Arrays.copyOf(places, Math.max(places.length, found + 1));
                found = insert(places, found, (int) slots[at] - 1);
            }
        }
        return Arrays.copyOf(places, found);
    }

    /// Puts a place where it belongs among those found, once: two sessions of an index may have the same hash.
    ///
    /// @return how many there are then
    private static int insert(int[] places, int found, int place) {
        int at = found;
        while (at > 0 && places[at - 1] >= place) {
            at--;
        }
        if (at < found && places[at] == place) {
            return found;
        }
        System.arraycopy(places, at, places, at + 1, found - at);
        places[at] = place;
        return found + 1;
    }
}
