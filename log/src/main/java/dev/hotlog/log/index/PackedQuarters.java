// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.QuarterTotals;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.Totals;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The sums of a segment's quarters of an hour as varints: how many, then of each its quarter, signed, less the one
/// before, the numbers of its model and [PriceClass], and its [PackedTotals]. (docs/format.md, Index: Quarters)
final class PackedQuarters {
    private PackedQuarters() {}

    /// @param model as [CellNames] numbers it
    private record Key(long quarter, int model, int priceClass) {
        static final Comparator<Key> ORDER = Comparator.comparingLong(Key::quarter)
                .thenComparingInt(Key::model)
                .thenComparingInt(Key::priceClass);
    }

    private static SortedMap<Key, Totals> sums(CellTable cells) {
        SortedMap<Key, Totals> sums = new TreeMap<>(Key.ORDER);
        cells.forEach(cell -> sums.computeIfAbsent(
                        new Key(cell.quarter(), cell.model(), cell.priceClass()), _ -> new Totals())
                .add(cell.totals()));
        return sums;
    }

    static void write(SectionWriter out, CellTable cells) {
        SortedMap<Key, Totals> sums = sums(cells);
        out.varint(sums.size());
        long quarter = 0;
        for (var sum : sums.entrySet()) {
            Key key = sum.getKey();
            out.signed(key.quarter - quarter);
            out.varint(key.model);
            out.varint(key.priceClass);
            PackedTotals.write(out, sum.getValue());
            quarter = key.quarter;
        }
    }

    static void read(VarintReader in, NameReader names, Consumer<QuarterTotals> each) {
        long quarter = 0;
        for (long left = in.next(); left > 0; left--) {
            quarter += in.nextSigned();
            Optional<String> model = names.name(in.next());
            int priceClass = (int) in.next();
            each.accept(totals(quarter, model, priceClass, PackedTotals.read(in)));
        }
    }

    /// Those of cells that are not packed yet.
    static void of(CellTable cells, Consumer<QuarterTotals> each) {
        sums(cells)
                .forEach((key, totals) ->
                        each.accept(totals(key.quarter, cells.names().text(key.model), key.priceClass, totals)));
    }

    private static QuarterTotals totals(long quarter, Optional<String> model, int priceClass, Totals totals) {
        return new QuarterTotals(quarter * Rollup.QUARTER_MILLIS, model, PriceClass.promptSize(priceClass), totals);
    }
}
