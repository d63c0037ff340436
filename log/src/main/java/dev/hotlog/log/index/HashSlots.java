// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import java.util.function.LongPredicate;

/// A table from the hashes of texts to numbers: eight bytes a slot, the number plus one in the lower half, the
/// upper half of the hash in the upper; zero where nothing is. A search begins at the slot of the hash's lower
/// bits and goes on, round the end, up to an empty slot. Half full at most. (docs/format.md, Index: Hash)
final class HashSlots {
    /// What a search gives for a text that is not here.
    static final long ABSENT = -1;

    private static final long NUMBER_MASK = 0xFFFF_FFFFL;

    private final CheckedBlocks file;
    private final long start;
    private final long mask;

    HashSlots(CheckedBlocks file, IndexHeader header, IndexSection section) {
        this.file = file;
        this.start = header.start(section);
        this.mask = (header.end(section) - start) / Long.BYTES - 1;
    }

    /// An empty table for so many texts.
    static long[] of(int count) {
        return new long[Math.max(2, Integer.highestOneBit(count) << 2)];
    }

    static void add(long[] slots, long hash, long number) {
        int slot = (int) hash & (slots.length - 1);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = (hash & ~NUMBER_MASK) | (number + 1);
    }

    /// The upper halves of the hashes of all texts, of which there are so many.
    int[] upperHashes(int count) {
        file.ensure(start, start + (mask + 1) * Long.BYTES);
        int[] hashes = new int[count];
        int found = 0;
        for (long slot = 0; slot <= mask; slot++) {
            long entry = file.file().get(Bytes.U64, start + slot * Long.BYTES);
            if (entry != 0) {
                hashes[found++] = (int) (entry >>> Integer.SIZE);
            }
        }
        if (found != count) {
            throw new DamagedIndex("a hash table of " + found + " texts, not " + count);
        }
        return hashes;
    }

    /// The number under that hash which `isMeant` says is the one; [#ABSENT] when there is none.
    long find(long hash, LongPredicate isMeant) {
        long slot = hash & mask;
        for (long left = mask; left >= 0; left--, slot = (slot + 1) & mask) {
            long found = file.u64(start + slot * Long.BYTES);
            if (found == 0) {
                return ABSENT;
            }
            long number = (found & NUMBER_MASK) - 1;
            if (((found ^ hash) & ~NUMBER_MASK) == 0 && isMeant.test(number)) {
                return number;
            }
        }
        throw new DamagedIndex("a hash table without an empty slot");
    }
}
