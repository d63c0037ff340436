// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.Totals;
import dev.hotlog.log.format.EventFrame;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The sums of one session, quarter of an hour, kind, model, tool and [PriceClass] in the unsealed end; kind, model and
/// tool as [CellNames] numbers them. For one thread.
final class LiveCell {
    private static final int ADDITIVE = additiveMeasures();

    private static final int ERROR_KIND = Kind.KNOWN.indexOf(Kind.ERROR) + 1;
    private static final int TOOL_CALL_KIND = Kind.KNOWN.indexOf(Kind.TOOL_CALL) + 1;
    private static final byte[] ERROR = "error".getBytes(StandardCharsets.US_ASCII);

    private final LiveSession session;
    private final long quarter;
    private final int kind;
    private final int model;
    private final int tool;
    private final int priceClass;
    private final @Nullable LiveCell older;
    private final Totals totals = new Totals();

    /// @param quarter how many quarters of an hour after 1970 UTC
    LiveCell(LiveSession session, long quarter, int kind, int model, int tool, int priceClass) {
        this.session = session;
        this.quarter = quarter;
        this.kind = kind;
        this.model = model;
        this.tool = tool;
        this.priceClass = priceClass;
        this.older = session.newestCell();
    }

    private static int additiveMeasures() {
        int bits = 0;
        for (Measure measure : Measure.ALL) {
            bits |= measure.additive() ? 1 << measure.ordinal() : 0;
        }
        return bits;
    }

    boolean isOf(
            LiveSession otherSession,
            long otherQuarter,
            int otherKind,
            int otherModel,
            int otherTool,
            int otherPriceClass) {
        return quarter == otherQuarter
                && session == otherSession
                && kind == otherKind
                && model == otherModel
                && tool == otherTool
                && priceClass == otherPriceClass;
    }

    void add(EventFrame event) {
        boolean isError = kind == ERROR_KIND || Utf8.isAt(event.memory(), event.stopReasonSpan(), ERROR);
        totals.count(1, isError ? 1 : 0, kind == TOOL_CALL_KIND ? 1 : 0);
        for (int left = event.presentMeasures() & ADDITIVE; left != 0; left &= left - 1) {
            Measure measure = Measure.ALL.get(Integer.numberOfTrailingZeros(left));
            totals.add(measure, event.measure(measure));
        }
    }

    long quarter() {
        return quarter;
    }

    int kind() {
        return kind;
    }

    int model() {
        return model;
    }

    int tool() {
        return tool;
    }

    int priceClass() {
        return priceClass;
    }

    Totals totals() {
        return totals;
    }

    /// The cell of the same session that was created before this one.
    @Nullable
    LiveCell older() {
        return older;
    }

    int hash() {
        return CellTable.hash(session, quarter, kind, model, tool, priceClass);
    }

    Rollup rollup(CellNames names) {
        Totals copy = new Totals();
        copy.add(totals);
        return new Rollup(
                session.id(),
                quarter * Rollup.QUARTER_MILLIS,
                names.kind(kind),
                names.text(model),
                names.text(tool),
                PriceClass.promptSize(priceClass),
                copy);
    }
}
