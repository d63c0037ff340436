// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Kind;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.Totals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The cells of one session as varints: how many, then of each its quarter of an hour, signed, less the one of the cell
/// before, the numbers of its kind, model and tool, and its [PackedTotals]. (docs/format.md, Index: Cells)
final class PackedCells {
    private static final Comparator<LiveCell> ORDER = Comparator.comparingLong(LiveCell::quarter)
            .thenComparingInt(LiveCell::kind)
            .thenComparingInt(LiveCell::model)
            .thenComparingInt(LiveCell::tool);

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
            Totals totals = PackedTotals.read(in);
            each.accept(new Rollup(sessionId, quarter * Rollup.QUARTER_MILLIS, kind, model, tool, totals));
        }
    }

    private static Kind kind(NameReader names, int number) {
        return number < CellNames.OPEN_KINDS
                ? Kind.KNOWN.get(number - 1)
                : new Kind(names.name(number - CellNames.OPEN_KINDS + 1).orElseThrow());
    }
}
