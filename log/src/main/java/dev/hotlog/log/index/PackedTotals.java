// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Measure;
import dev.hotlog.event.Totals;

/// Sums as varints: events, errors, calls of tools, one bit a measure that has a sum, then those sums, signed.
/// (docs/format.md, Index:
/// Totals)
final class PackedTotals {
    private PackedTotals() {}

    static void write(SectionWriter out, Totals totals) {
        out.varint(totals.events());
        out.varint(totals.errors());
        out.varint(totals.toolCalls());
        out.varint(totals.presentMeasures());
        for (int left = totals.presentMeasures(); left != 0; left &= left - 1) {
            out.signed(totals.sumOrZero(Measure.ALL.get(Integer.numberOfTrailingZeros(left))));
        }
    }

    static Totals read(VarintReader in) {
        Totals totals = new Totals();
        totals.count(in.next(), in.next(), in.next());
        for (int left = (int) in.next(); left != 0; left &= left - 1) {
            totals.add(Measure.ALL.get(Integer.numberOfTrailingZeros(left)), in.nextSigned());
        }
        return totals;
    }

    static void skip(VarintReader in) {
        in.skip(3);
        in.skip(Long.bitCount(in.next()));
    }
}
