// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.agents.history.EventTime;
import dev.hotlog.event.EventView;
import java.util.Optional;

/// Knows the calls of tools and their results again that a fork or a resumed session has copied.
///
/// A copy keeps the tool, the id and the time. The id alone would not do, as some agents number the calls of each
/// session. An event without an id, or whose time nobody told, is no copy.
///
/// Takes 16 to 32 bytes for each event that it has seen: the fingerprint, in a table that is half empty.
final class CalledBefore {
    private static final int FIRST_SLOTS = 1 << 10;

    /// FNV-1a's, of 64 bits; and Murmur's, which lets each bit tell upon all others.
    private static final long FNV_BASIS = 0xCBF29CE484222325L;

    private static final long FNV_PRIME = 0x100000001B3L;
    private static final long MURMUR_MIX = 0xFF51AFD7ED558CCDL;

    /// A fingerprint where one is, 0 where none is.
    private long[] slots = new long[FIRST_SLOTS];

    private int count;

    /// Takes the next event.
    ///
    /// @return whether one like it was taken before
    boolean isCopy(EventView event) {
        Optional<String> id = event.toolCallId();
        if (id.isEmpty() || !event.tsExact() || !EventTime.isKnown(event.cappedMillis())) {
            return false;
        }
        long hash = hash(FNV_BASIS, event.kind().name());
        hash = hash(hash, event.tool().orElse(""));
        hash = hash(hash, id.get());
        return !add(mix(hash ^ mix(event.tsMillis())));
    }

    private static long hash(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return (hash ^ text.length()) * FNV_PRIME;
    }

    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 33) * MURMUR_MIX;
        return mixed ^ mixed >>> 33;
    }

    /// @return whether it is new
    private boolean add(long hash) {
        long fingerprint = hash == 0 ? 1 : hash;
        int slot = slotOf(fingerprint);
        if (slots[slot] == fingerprint) {
            return false;
        }
        slots[slot] = fingerprint;
        count++;
        if (count > slots.length / 2) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[before.length * 2];
        for (long fingerprint : before) {
            if (fingerprint != 0) {
                slots[slotOf(fingerprint)] = fingerprint;
            }
        }
    }

    /// Where it is, or would be.
    private int slotOf(long fingerprint) {
        int mask = slots.length - 1;
        int slot = (int) fingerprint & mask;
        while (slots[slot] != 0 && slots[slot] != fingerprint) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
