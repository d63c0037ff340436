// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Kind;
import dev.hotlog.event.PromptSize;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.Totals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// The cells of one session as varints: how many, then of each its quarter of an hour, signed, less the one of the cell
/// before, the numbers of its kind, model, tool and [PriceClass], and its [PackedTotals]. (docs/format.md, Index:
/// Cells)
final class PackedCells {
    /// Of a cell, beside its quarter and totals: kind, model, tool and price class.
    private static final int NUMBERS = 4;

    private PackedCells() {}

    static void write(SectionWriter out, LiveSession session, CellTable cells) {
        List<Integer> sorted = new ArrayList<>();
        cells.forEachOf(session, sorted::add);
        sorted.sort(Comparator.<Integer>comparingLong(cells::quarter)
                .thenComparingInt(cells::kind)
                .thenComparingInt(cells::model)
                .thenComparingInt(cells::tool)
                .thenComparingInt(cells::priceClass));
        out.varint(sorted.size());
        long quarter = 0;
        for (int cell : sorted) {
            out.signed(cells.quarter(cell) - quarter);
            out.varint(cells.kind(cell));
            out.varint(cells.model(cell));
            out.varint(cells.tool(cell));
            out.varint(cells.priceClass(cell));
            PackedTotals.write(out, cells.totals(cell));
            quarter = cells.quarter(cell);
        }
    }

    static void read(VarintReader in, NameReader names, String sessionId, Consumer<Rollup> each) {
        long quarter = 0;
        for (long left = in.next(); left > 0; left--) {
            quarter += in.nextSigned();
            Kind kind = kind(names, (int) in.next());
            Optional<String> model = names.name(in.next());
            Optional<String> tool = names.name(in.next());
            PromptSize promptSize = PriceClass.promptSize((int) in.next());
            Totals totals = PackedTotals.read(in);
            each.accept(new Rollup(sessionId, quarter * Rollup.QUARTER_MILLIS, kind, model, tool, promptSize, totals));
        }
    }

    /// The first quarter of an hour of a session that has events.
    static long firstQuarter(VarintReader in) {
        in.skip(1);
        return in.nextSigned();
    }

    /// The quarters of an hour that the cells are of, ascending, each once.
    static void quarters(VarintReader in, LongConsumer each) {
        long quarter = 0;
        long cells = in.next();
        for (long i = 0; i < cells; i++) {
            long step = in.nextSigned();
            in.skip(NUMBERS);
            PackedTotals.skip(in);
            quarter += step;
            if (step != 0 || i == 0) {
                each.accept(quarter);
            }
        }
    }

    private static Kind kind(NameReader names, int number) {
        return number < CellNames.OPEN_KINDS
                ? Kind.KNOWN.get(number - 1)
                : new Kind(names.name(number - CellNames.OPEN_KINDS + 1).orElseThrow());
    }
}
