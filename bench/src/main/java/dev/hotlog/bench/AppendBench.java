// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How many events a second does one thread append, and what share is that of what the disk would take?
/// (`bench/run append`, which prints the machine.)
///
/// Timed: [HotLog#append(Event, Durability)] with [Durability#MEMORY], in slices of about a segment, and at the
/// end of each [HotLog#flush()], so that all of it is on disk; with it key checks, index,
/// checksums, growth of the file, and rolls. Not timed: opening, closing, and making the events. The baseline
/// is [RawBaseline], in turn with ours slice by slice.
final class AppendBench {
    /// About a segment of events: its space, and that of the next, are made in the log's own turn.
    private static final int SEGMENT_EVENTS = 153_600;

    private final Workload workload = new Workload();
    private final Settings settings;

    private AppendBench(Settings settings) {
        this.settings = settings;
    }

    static List<Row> rows(Settings settings) throws IOException, InterruptedException {
        AppendBench bench = new AppendBench(settings);
        List<Row> rows = new ArrayList<>();
        for (AppendRule rule : AppendRule.BESIDE_RAW) {
            rows.add(bench.row(rule));
        }
        rows.addAll(ForcedBench.rows(settings, bench.workload));
        return rows;
    }

    private Row row(AppendRule rule) throws IOException {
        String what = rule.what();
        Progress.say(what + ", warm-up round");
        round(rule, rule.warmUpEvents(settings.events()));
        Samples ours = new Samples();
        Samples baseline = new Samples();
        List<String> syncs = new ArrayList<>();
        long frameBytes = 0;
        for (int i = 0; i < settings.rounds(); i++) {
            Progress.round(what, i, settings.rounds());
            Round round = round(rule, settings.events());
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
        return Row.of(what, Unit.EVENTS_A_SECOND, ours, baseline, rule.askedOfRaw(), note);
    }

    private record Round(long nanos, long baselineNanos, long syncs, long baselineSyncs, long frameBytes) {}

    private Round round(AppendRule rule, int events) throws IOException {
        // What the round before has left behind is collected now, not while the clock runs.
        System.gc();
        try (SideBySide both = new SideBySide(settings, rule.options(), rule.making())) {
            for (int from = 0; from < events; from += SEGMENT_EVENTS) {
                both.take(workload.events(from, Math.min(SEGMENT_EVENTS, events - from)), AppendBench::append);
            }
            return new Round(
                    both.nanos(),
                    both.baseline().nanos(),
                    both.syncs(),
                    both.baseline().syncs(),
                    both.frameBytes());
        }
    }

    /// Appends all, and waits until it is on disk.
    static void append(HotLog log, List<Event> slice) throws IOException {
        for (Event event : slice) {
            log.append(event, Durability.MEMORY);
        }
        log.flush();
    }
}
