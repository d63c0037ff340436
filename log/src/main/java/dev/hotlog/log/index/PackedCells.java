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
    private static final Comparator<LiveCell> ORDER = Comparator.comparingLong(LiveCell::quarter)
            .thenComparingInt(LiveCell::kind)
            .thenComparingInt(LiveCell::model)
            .thenComparingInt(LiveCell::tool)
            .thenComparingInt(LiveCell::priceClass);

    /// Of a cell, beside its quarter and totals: kind, model, tool and price class.
    private static final int NUMBERS = 4;

    private PackedCells() {}

    static void write(SectionWriter out, LiveSession session) {
        List<LiveCell> cells = new ArrayList<>();
        for (LiveCell cell = session.newestCell(); cell != null; cell = cell.older()) {
            cells.add(cell);
        }
        cells.sort(ORDER);
        out.varint(cells.size());
        long quarter = 0;
        for (LiveCell cell : cells) {
            out.signed(cell.quarter() - quarter);
            out.varint(cell.kind());
            out.varint(cell.model());
            out.varint(cell.tool());
            out.varint(cell.priceClass());
            PackedTotals.write(out, cell.totals());
            quarter = cell.quarter();
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
