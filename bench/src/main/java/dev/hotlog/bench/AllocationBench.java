// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import com.sun.management.ThreadMXBean;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/// How many bytes of heap does an append take, and how many a scanned view? (`bench/run allocation`)
///
/// Counted: what the JVM says that the thread has allocated that appends events to a new log, slice by slice,
/// synced each MiB, or reads them all as views; divided by their number. Of the slices the median counts: the
/// tables of the index double now and then, which the note tells. Opening, making the events, and what the
/// committer's thread allocates are not counted.
final class AllocationBench {
    /// None for each event, and no byte when rounded: the least object has 16 bytes.
    private static final double ASKED_BYTES = 0.49;

    private static final int WARM_UP_EVENTS = 200_000;
    private static final int SLICE = 1_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Workload workload = new Workload();
    private final Samples appends = new Samples();
    private final Samples means = new Samples();
    private final Samples views = new Samples();
    private final Settings settings;
    private final Tally expected;

    private AllocationBench(Settings settings) {
        this.settings = settings;
        this.expected = workload.tally(settings.events());
    }

    static List<Row> rows(Settings settings) throws IOException {
        AllocationBench bench = new AllocationBench(settings);
        Progress.say("allocation, warm-up rounds");
        for (long warmed = 0; warmed < WARM_UP_EVENTS; warmed += settings.events()) {
            bench.round();
        }
        for (int i = 0; i < settings.rounds(); i++) {
            Progress.round("allocation", i, settings.rounds());
            bench.add(bench.round());
        }
        String appendNote = String.format(
                Locale.ROOT,
                "%.2f B in the median slice of %,d events; the mean is %.1f B, with the tables of the index, which"
                        + " double as it grows and stay",
                bench.appends.median(),
                SLICE,
                bench.means.median());
        String viewNote = String.format(Locale.ROOT, "%.2f B in a replay from end to end", bench.views.median());
        return List.of(
                row("allocated per append", bench.appends, appendNote),
                row("allocated per scanned view", bench.views, viewNote));
    }

    /// @param append of the median slice, an event
    /// @param appends of all events together
    /// @param views likewise
    private record Round(double append, long appends, long views) {}

    private void add(Round round) {
        double events = settings.events();
        appends.add(round.append);
        means.add(round.appends / events);
        views.add(round.views / events);
    }

    private Round round() throws IOException {
        try (Scratch scratch = Scratch.in(settings.folder())) {
            Samples slices = new Samples();
            long all = 0;
            try (HotLog log = HotLog.open(scratch.folder(), StoredLog.RARE_SYNCS)) {
                for (int from = 0; from < settings.events(); from += SLICE) {
                    List<Event> slice = workload.events(from, Math.min(SLICE, settings.events() - from));
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (Event event : slice) {
                        log.append(event, Durability.MEMORY);
                    }
                    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                    slices.add(allocated / (double) slice.size());
                    all += allocated;
                }
            }
            return new Round(slices.median(), all, scanned(scratch));
        }
    }

    private long scanned(Scratch scratch) throws IOException {
        try (HotLogReader reader = HotLogReader.open(scratch.folder())) {
            long events = 0;
            long sum = 0;
            long before = threads.getCurrentThreadAllocatedBytes();
            for (EventView event : reader.replay()) {
                sum += Tally.digest(event);
                events++;
            }
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            new Tally(events, sum).check("allocation", expected);
            return allocated;
        }
    }

    private static Row row(String what, Samples samples, String note) {
        return Row.alone(what, Unit.BYTES, samples.median(), Asked.figureAtMost(ASKED_BYTES), note);
    }
}
