// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.event;

/// Sums over events: how many, how many of them errors or calls of tools, and each additive [Measure] that any of them
/// had.
///
/// Mutable and for one thread: the sum is built by adding to it.
public final class Totals {
    private long events;
    private long errors;
    private long toolCalls;
    private int present;
    private final long[] sums = new long[Measure.ALL.size()];

    /// Nothing added up yet.
    public Totals() {}

    /// How many events.
    public long events() {
        return events;
    }

    /// How many of them are of kind [Kind#ERROR], or stopped for the reason `error`.
    public long errors() {
        return errors;
    }

    /// How many of them are of kind [Kind#TOOL_CALL].
    public long toolCalls() {
        return toolCalls;
    }

    /// The sum, or [Measure#ABSENT] when no event had the measure.
    public long sum(Measure measure) {
        return (present & 1 << measure.ordinal()) == 0 ? Measure.ABSENT : sums[measure.ordinal()];
    }

    /// The sum, 0 when no event had the measure.
    public long sumOrZero(Measure measure) {
        return sums[measure.ordinal()];
    }

    /// Which measures have a sum, one bit each by [Measure#ordinal()].
    public int presentMeasures() {
        return present;
    }

    public void count(long moreEvents, long moreErrors, long moreToolCalls) {
        events += moreEvents;
        errors += moreErrors;
        toolCalls += moreToolCalls;
    }

    public void add(Measure measure, long value) {
        sums[measure.ordinal()] += value;
        present |= 1 << measure.ordinal();
    }

    public void add(Totals more) {
        count(more.events, more.errors, more.toolCalls);
        for (int left = more.present; left != 0; left &= left - 1) {
            Measure measure = Measure.ALL.get(Integer.numberOfTrailingZeros(left));
            add(measure, more.sums[measure.ordinal()]);
        }
    }
}
