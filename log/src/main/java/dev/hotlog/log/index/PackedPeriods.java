// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Boundaries;
import dev.hotlog.event.PeriodTotals;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.Totals;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The sums of a segment by time, over all sessions: periods, each with its parts, so that whoever tells days apart
/// reads one sum where all of a day is in the same one. (docs/format.md, Index: Periods)
final class PackedPeriods {
    /// The longest a period of each level can be, in quarters of an hour: a day, six hours, an hour, a quarter.
    private static final int[] LENGTHS = {96, 24, 4, 1};

    private PackedPeriods() {}

    /// @param model as [CellNames] numbers it
    private record Key(int model, int priceClass) {
        static final Comparator<Key> ORDER = Comparator.comparingInt(Key::model).thenComparingInt(Key::priceClass);
    }

    /// The sums of one period.
    private static final class Sums {
        private final SortedMap<Key, Totals> totals = new TreeMap<>(Key.ORDER);

        Totals of(Key key) {
            return totals.computeIfAbsent(key, _ -> new Totals());
        }

        void add(Sums more) {
            more.totals.forEach((key, its) -> of(key).add(its));
        }
    }

    private static SortedMap<Long, Sums> byQuarter(CellTable cells) {
        SortedMap<Long, Sums> quarters = new TreeMap<>();
        for (int cell = 0; cell < cells.count(); cell++) {
            Sums sums = quarters.computeIfAbsent(cells.quarter(cell), _ -> new Sums());
            cells.addTo(sums.of(new Key(cells.model(cell), cells.priceClass(cell))), cell);
        }
        return quarters;
    }

    static void write(SectionWriter out, CellTable cells) {
        write(out, byQuarter(cells), 0, 0);
    }

    /// @param before the quarter from which the first one's is counted
    private static void write(SectionWriter out, SortedMap<Long, Sums> quarters, int level, long before) {
        Collection<SortedMap<Long, Sums>> periods = parted(quarters, LENGTHS[level]);
        out.varint(periods.size());
        long earlier = before;
        for (SortedMap<Long, Sums> period : periods) {
            long first = period.firstKey();
            long last = period.lastKey();
            out.signed(first - earlier);
            out.varint(last - first);
            if (first != last) {
                SectionWriter parts = SectionWriter.ofPart();
                write(parts, period, levelOfParts(first, last), first);
                out.varint(parts.lengthBytes());
                out.append(parts);
            }
            writeSums(out, period.values());
            earlier = first;
        }
    }

    private static Collection<SortedMap<Long, Sums>> parted(SortedMap<Long, Sums> quarters, int length) {
        SortedMap<Long, SortedMap<Long, Sums>> parts = new TreeMap<>();
        quarters.forEach((quarter, sums) -> {
            long part = Math.floorDiv(quarter, (long) length);
            parts.computeIfAbsent(part, _ -> new TreeMap<>()).put(quarter, sums);
        });
        return parts.values();
    }

    /// The first level at which two different quarters are in different periods.
    private static int levelOfParts(long first, long last) {
        int level = 0;
        while (Math.floorDiv(first, LENGTHS[level]) == Math.floorDiv(last, LENGTHS[level])) {
            level++;
        }
        return level;
    }

    private static void writeSums(SectionWriter out, Collection<Sums> quarters) {
        Sums sums = new Sums();
        quarters.forEach(sums::add);
        out.varint(sums.totals.size());
        sums.totals.forEach((key, totals) -> {
            out.varint(key.model);
            out.varint(key.priceClass);
            PackedTotals.write(out, totals);
        });
    }

    /// Gives the sums of the longest periods that have no boundary in them.
    ///
    /// @param in where they begin
    /// @param end where they end at the latest
    static void read(VarintReader in, long end, NameReader names, Boundaries boundaries, Consumer<PeriodTotals> each) {
        read(in, end, 0, 0, names, boundaries, each);
    }

    private static void read(
            VarintReader in,
            long end,
            int depth,
            long before,
            NameReader names,
            Boundaries boundaries,
            Consumer<PeriodTotals> each) {
        long first = before;
        for (long left = in.next(); left > 0; left--) {
            first += in.nextSigned();
            long last = first + in.next();
            long partsBytes = first == last ? 0 : in.next();
            // Else what says so could lead back to where it says it, again and again.
            if (depth == LENGTHS.length || last < first || partsBytes < 0 || partsBytes > end - in.position()) {
                throw new DamagedIndex("periods that cannot be, at " + in.position());
            }
            long endOfParts = in.position() + partsBytes;
            long firstMillis = first * Rollup.QUARTER_MILLIS;
            if (first == last || boundaries.next(firstMillis) > last * Rollup.QUARTER_MILLIS) {
                readSums(in.moveTo(endOfParts), firstMillis, names, each);
            } else {
                read(in, endOfParts, depth + 1, first, names, boundaries, each);
                skipSums(in.moveTo(endOfParts));
            }
        }
    }

    private static void readSums(VarintReader in, long firstMillis, NameReader names, Consumer<PeriodTotals> each) {
        for (long left = in.next(); left > 0; left--) {
            Optional<String> model = names.name(in.next());
            int priceClass = (int) in.next();
            each.accept(new PeriodTotals(firstMillis, model, PriceClass.promptSize(priceClass), PackedTotals.read(in)));
        }
    }

    private static void skipSums(VarintReader in) {
        for (long left = in.next(); left > 0; left--) {
            in.skip(2);
            PackedTotals.skip(in);
        }
    }

    /// The sums of cells that are not packed yet, quarter by quarter.
    static void of(CellTable cells, Consumer<PeriodTotals> each) {
        byQuarter(cells)
                .forEach((quarter, sums) -> sums.totals.forEach((key, totals) -> each.accept(new PeriodTotals(
                        quarter * Rollup.QUARTER_MILLIS,
                        cells.names().text(key.model),
                        PriceClass.promptSize(key.priceClass),
                        totals))));
    }
}
