// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import dev.hotlog.event.Measure;

/// Where an event's fields lie in a frame's body. (docs/format.md, Event)
///
/// ```
/// place  size  field
///     0     8  seq
///     8     8  ts_ms
///    16     4  flags: bit 0..11 and 19 the measures, 12 ts_exact, 13..18 the texts kind, source, tool,
///              tool_call_id, stop_reason, model
///    20     1  kind, 0 when it is a text
///    21     1  source, likewise
///    22     2  length of the session id
///    24     4  each measure that is present, in order; cost_usd_e6 takes 8
///     …     2  length of each text that is present, in order
///     …        session id, the texts in order, the payload up to the body's end
/// ```
final class EventLayout {
    static final int SEQ = 0;
    static final int TS = 8;
    static final int FLAGS = 16;
    static final int KIND = 20;
    static final int SOURCE = 21;
    static final int SESSION_LENGTH = 22;
    static final int MEASURES = 24;

    static final int COST_BIT = 1 << Measure.COST_USD_E6.ordinal();
    private static final int FIRST_MEASURE_BITS = 2 * COST_BIT - 1;
    static final int TS_EXACT = 1 << 12;
    static final int KIND_TEXT = 1 << 13;
    static final int SOURCE_TEXT = 1 << 14;
    static final int TOOL = 1 << 15;
    static final int TOOL_CALL_ID = 1 << 16;
    static final int STOP_REASON = 1 << 17;
    static final int MODEL = 1 << 18;
    private static final int HOUR_BIT = 1 << 19;
    private static final int HOUR_SHIFT = 19 - Measure.CACHE_CREATION_1H_TOKENS.ordinal();
    static final int MEASURE_BITS = FIRST_MEASURE_BITS | HOUR_BIT;
    static final int TEXT_BITS = KIND_TEXT | SOURCE_TEXT | TOOL | TOOL_CALL_ID | STOP_REASON | MODEL;
    static final int KNOWN_BITS = MEASURE_BITS | TS_EXACT | TEXT_BITS;

    static final int MAX_TEXT_BYTES = 0xFFFF;

    private EventLayout() {}

    /// The flags of the measures that are present, one bit each by [Measure#ordinal()].
    static int flagsOf(int presentMeasures) {
        return (presentMeasures & FIRST_MEASURE_BITS) | ((presentMeasures & ~FIRST_MEASURE_BITS) << HOUR_SHIFT);
    }

    /// The measures that `flags` tell, one bit each by [Measure#ordinal()].
    static int presentMeasures(int flags) {
        return (flags & FIRST_MEASURE_BITS) | ((flags & HOUR_BIT) >>> HOUR_SHIFT);
    }

    /// The bytes that the measures in `flags` take.
    static int measureBytes(int flags) {
        return Integer.bitCount(flags & MEASURE_BITS) * Integer.BYTES
                + ((flags & COST_BIT) == 0 ? 0 : Long.BYTES - Integer.BYTES);
    }
}
