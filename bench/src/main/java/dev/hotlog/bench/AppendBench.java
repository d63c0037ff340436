// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How many events a second does one thread append, and what share is that of what the disk would take?
/// (`bench/run append`, which prints the machine.)
///
/// Timed: [HotLog#append(Event, Durability)] with [Durability#MEMORY], in slices of 12,800 events, and at the end
/// of each [HotLog#flush()], so that all of it is on disk; with it key checks, index, checksums, growth of the
/// file, and rolls. Not timed: opening, closing, and making the events. The baseline is [RawBaseline], in turn
/// with ours slice by slice.
final class AppendBench {
    /// Whole groups of 128.
    private static final int SLICE = 12_800;
    private static final int MOST_WARM_UP_EVENTS = 8 * SLICE;
    private static final double ASKED_RATIO = 0.8;

    private final Workload workload = new Workload();
    private final Settings settings;

    private AppendBench(Settings settings) {
        this.settings = settings;
    }

    static List<Row> rows(Settings settings) throws IOException, InterruptedException {
        AppendBench bench = new AppendBench(settings);
        List<Row> rows = new ArrayList<>();
        rows.add(bench.row("append, group rule", HotLogOptions.DEFAULTS));
        rows.add(bench.row(
                "append, synced every 128 events",
                HotLogOptions.DEFAULTS.withGroup(Integer.MAX_VALUE, 128, Duration.ofSeconds(1))));
        rows.addAll(ForcedBench.rows(settings, bench.workload));
        return rows;
    }

    private Row row(String what, HotLogOptions options) throws IOException {
        Progress.say(what + ", warm-up round");
        round(options, Math.min(settings.events(), MOST_WARM_UP_EVENTS));
        Samples ours = new Samples();
        Samples baseline = new Samples();
        List<String> syncs = new ArrayList<>();
        long frameBytes = 0;
        for (int i = 0; i < settings.rounds(); i++) {
            Progress.round(what, i, settings.rounds());
            Round round = round(options, settings.events());
            ours.add(settings.events() / (round.nanos / 1e9));
            baseline.add(settings.events() / (round.baselineNanos / 1e9));
            syncs.add(String.format(Locale.ROOT, "%,d and %,d", round.syncs, round.baselineSyncs));
            frameBytes = round.frameBytes;
        }
        String note = String.format(
                Locale.ROOT,
                "%,.0f bytes a frame; syncs of ours and the baseline, by round: %s",
                frameBytes / (double) settings.events(),
                String.join("; ", syncs));
        return Row.of(what, Unit.EVENTS_A_SECOND, ours, baseline, Asked.ratioAtLeast(ASKED_RATIO), note);
    }

    private record Round(long nanos, long baselineNanos, long syncs, long baselineSyncs, long frameBytes) {}

    private Round round(HotLogOptions options, int events) throws IOException {
        // What the round before has left behind is collected now, not while the clock runs.
        System.gc();
        try (SideBySide both = new SideBySide(settings, options, SyncPlan.of(options))) {
            for (int from = 0; from < events; from += SLICE) {
                both.take(workload.events(from, Math.min(SLICE, events - from)), AppendBench::append);
            }
            return new Round(
                    both.nanos(),
                    both.baseline().nanos(),
                    both.syncs(),
                    both.baseline().syncs(),
                    both.frameBytes());
        }
    }

    private static void append(HotLog log, List<Event> slice) throws IOException {
        for (Event event : slice) {
            log.append(event, Durability.MEMORY);
        }
        log.flush();
    }
}
