// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import java.util.BitSet;

/// Fingerprints of calls, each with the session that told it first and whether a result of it was told.
///
/// Takes 25 to 50 bytes for each: a slot, in a table that is half empty or more.
final class CallTable {
    private static final int FIRST_SLOTS = 1 << 10;

    /// A fingerprint where one is, 0 where none is.
    private long[] fingerprints = new long[FIRST_SLOTS];

    /// Of the session that told it, the hash.
    private int[] sessions = new int[FIRST_SLOTS];

    private BitSet answered = new BitSet(FIRST_SLOTS);
    private int count;

    /// Takes a call. Told again by its own session it is another one, whose result is yet to come.
    ///
    /// @return the session that told it first, which is this one when none did before
    int add(long fingerprint, int session) {
        int slot = slotOf(fingerprint);
        if (fingerprints[slot] != 0) {
            answered.set(slot, answered.get(slot) && sessions[slot] != session);
            return sessions[slot];
        }
        fingerprints[slot] = fingerprint;
        sessions[slot] = session;
        count++;
        if (count > fingerprints.length / 2) {
            grow();
        }
        return session;
    }

    /// @param fingerprint that was added
    /// @return whether this is its first result
    boolean answer(long fingerprint) {
        int slot = slotOf(fingerprint);
        boolean first = !answered.get(slot);
        answered.set(slot);
        return first;
    }

    private void grow() {
        long[] earlier = fingerprints;
        int[] earlierSessions = sessions;
        BitSet earlierAnswered = answered;
        fingerprints = new long[earlier.length * 2];
        sessions = new int[fingerprints.length];
        answered = new BitSet(fingerprints.length);
        for (int i = 0; i < earlier.length; i++) {
            if (earlier[i] != 0) {
                int slot = slotOf(earlier[i]);
                fingerprints[slot] = earlier[i];
                sessions[slot] = earlierSessions[i];
                answered.set(slot, earlierAnswered.get(i));
            }
        }
    }

    /// Where it is, or would be.
    private int slotOf(long fingerprint) {
        int mask = fingerprints.length - 1;
        int slot = (int) fingerprint & mask;
        while (fingerprints[slot] != 0 && fingerprints[slot] != fingerprint) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
