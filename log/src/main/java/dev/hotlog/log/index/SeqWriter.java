// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import java.util.Arrays;

/// Writes one session's seqs and positions after the other. For one thread.
final class SeqWriter {
    private final EventTable events;
    private final SectionWriter seqs = new SectionWriter();
    private final SectionWriter positions = new SectionWriter();

    SeqWriter(EventTable events) {
        this.events = events;
    }

    SectionWriter seqs() {
        return seqs;
    }

    SectionWriter positions() {
        return positions;
    }

    /// How many positions have been written.
    int positionCount() {
        return (int) (positions.lengthBytes() / Integer.BYTES);
    }

    /// Writes the session's events and gives their seqs, ascending (unsigned).
    long[] write(LiveSession session) {
        long[] ascending = new long[session.events()];
        int[] places = new int[ascending.length];
        int event = session.lastEvent();
        boolean sorted = true;
        for (int i = ascending.length - 1; i >= 0; i--) {
            ascending[i] = events.seq(event);
            places[i] = place(event);
            sorted &= i == ascending.length - 1 || Long.compareUnsigned(ascending[i], ascending[i + 1]) < 0;
            event = events.previous(event);
        }
        if (!sorted) {
            sort(ascending);
            for (int i = 0; i < ascending.length; i++) {
                places[i] = place(events.find(session.ordinal(), ascending[i]));
            }
        }
        positions.u32s(places);
        return ascending;
    }

    private int place(int event) {
        return (int) (events.position(event) / Bytes.ALIGNMENT);
    }

    private static void sort(long[] unsigned) {
        flipSigns(unsigned);
        Arrays.sort(unsigned);
        flipSigns(unsigned);
    }

    private static void flipSigns(long[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] ^= Long.MIN_VALUE;
        }
    }

    /// Writes the seqs themselves, where they have gaps; gives where they begin, in entries, or [RowLayout#NO_GAP].
    int writeGaps(long[] ascending) {
        if (ascending.length == 0 || ascending[ascending.length - 1] - ascending[0] == ascending.length - 1L) {
            return RowLayout.NO_GAP;
        }
        int start = (int) (seqs.lengthBytes() / Long.BYTES);
        seqs.u64s(ascending);
        return start;
    }
}
