// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

/// The fingerprints of disks, each counted once. Eight to sixteen bytes for each, since there may be a hundred million.
public final class Fingerprints {
    private static final int FIRST_SLOTS = 1 << 10;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    /// 0 is an empty slot; the fingerprint 0 itself is kept as [#SPREAD].
    private long[] slots = new long[FIRST_SLOTS];
    private int size;

    public int size() {
        return size;
    }

    /// @return whether it was not there
    public boolean add(long fingerprint) {
        long kept = fingerprint == 0 ? SPREAD : fingerprint;
        int slot = slotOf(kept);
        if (slots[slot] == kept) {
            return false;
        }
        slots[slot] = kept;
        size++;
        if (2L * size > slots.length) {
            grow();
        }
        return true;
    }

    public void addAll(Fingerprints others) {
        for (long fingerprint : others.slots) {
            if (fingerprint != 0) {
                add(fingerprint);
            }
        }
    }

    /// Where it is, or where it belongs.
    private int slotOf(long fingerprint) {
        int mask = slots.length - 1;
        int slot = (int) ((fingerprint * SPREAD) >>> Integer.SIZE) & mask;
        while (slots[slot] != 0 && slots[slot] != fingerprint) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[2 * before.length];
        for (long fingerprint : before) {
            if (fingerprint != 0) {
                slots[slotOf(fingerprint)] = fingerprint;
            }
        }
    }
}
