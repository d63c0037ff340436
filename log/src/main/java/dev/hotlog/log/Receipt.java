// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import java.util.BitSet;

/// Where a batch's events are.
public final class Receipt {
    private final long[] offsets;
    private final BitSet duplicates;

    Receipt(long[] offsets, BitSet duplicates) {
        this.offsets = offsets;
        this.duplicates = duplicates;
    }

    /// How many events the batch had.
    public int size() {
        return offsets.length;
    }

    /// The offset of the batch's i-th event; that of the earlier one when it was there already.
    public long offset(int i) {
        return offsets[i];
    }

    /// Whether the same event was in the log before, so that nothing was appended for it.
    public boolean isDuplicate(int i) {
        return duplicates.get(i);
    }

    /// How many events were there already.
    public int duplicates() {
        return duplicates.cardinality();
    }
}
