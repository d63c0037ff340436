// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Totals;
import dev.hotlog.log.format.EventFrame;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What the events of each cell of a [CellTable] come to, in one array: adding an event takes no memory. For one
/// thread.
final class CellSums {
    private static final int EVENTS = 0;
    private static final int ERRORS = 1;
    private static final int TOOL_CALLS = 2;
    /// Which measures have a sum, one bit each.
    private static final int PRESENT = 3;
    /// The sums of the measures that add up, in their order.
    private static final int MEASURES = 4;

    private static final int ADDITIVE = additiveMeasures();
    private static final int NUMBERS = MEASURES + Integer.bitCount(ADDITIVE);

    private static final int ERROR_KIND = Kind.KNOWN.indexOf(Kind.ERROR) + 1;
    private static final int TOOL_CALL_KIND = Kind.KNOWN.indexOf(Kind.TOOL_CALL) + 1;
    private static final byte[] ERROR = "error".getBytes(StandardCharsets.US_ASCII);

    private long[] numbers;

    CellSums(int cells) {
        numbers = new long[cells * NUMBERS];
    }

    private static int additiveMeasures() {
        int bits = 0;
        for (Measure measure : Measure.ALL) {
            bits |= measure.additive() ? 1 << measure.ordinal() : 0;
        }
        return bits;
    }

    /// Makes room for so many cells in all.
    void growTo(int cells) {
        numbers = Arrays.copyOf(numbers, cells * NUMBERS);
    }

    /// @param kind of the event, as [CellNames] numbers it
    void add(int cell, int kind, EventFrame event) {
        int at = cell * NUMBERS;
        boolean isError = kind == ERROR_KIND || Utf8.isAt(event.memory(), event.stopReasonSpan(), ERROR);
        numbers[at + EVENTS]++;
        numbers[at + ERRORS] += isError ? 1 : 0;
        numbers[at + TOOL_CALLS] += kind == TOOL_CALL_KIND ? 1 : 0;
        int measures = event.presentMeasures() & ADDITIVE;
        numbers[at + PRESENT] |= measures;
        for (int left = measures; left != 0; left &= left - 1) {
            Measure measure = Measure.ALL.get(Integer.numberOfTrailingZeros(left));
            numbers[at + placeOf(measure)] += event.measure(measure);
        }
    }

    private static int placeOf(Measure measure) {
        int before = (1 << measure.ordinal()) - 1;
        return MEASURES + Integer.bitCount(ADDITIVE & before);
    }

    /// Adds what the cell comes to.
    void addTo(Totals totals, int cell) {
        int at = cell * NUMBERS;
        totals.count(numbers[at + EVENTS], numbers[at + ERRORS], numbers[at + TOOL_CALLS]);
        for (int left = (int) numbers[at + PRESENT]; left != 0; left &= left - 1) {
            Measure measure = Measure.ALL.get(Integer.numberOfTrailingZeros(left));
            totals.add(measure, numbers[at + placeOf(measure)]);
        }
    }

    long heapBytes() {
        return numbers.length * (long) Long.BYTES;
    }
}
