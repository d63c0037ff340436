// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What do append, lookup, opening and questions cost at one size of the log? (`bench/run growth`, which asks
/// it of several)
///
/// A [HistoryLog] is appended, synced every 128 events: the rule of the fewest syncs, so that the engine's
/// part shows. Of that the last tenth counts, or the last 100,000 events if these are more: the median of
/// slices of 12,800 events, each flushed. Then lookups of keys drawn at random as in [LookupBench], once the
/// whole log was read, beside [KnownFrames], and all of [HistoryBench].
final class GrowthBench {
    private static final AppendRule RULE = AppendRule.EVERY_128;
    private static final int LEAST_COUNTED = 100_000;
    private static final int COUNTED_PART = 10;
    private static final int BATCHES = 200;
    private static final int WARM_UP_ROUNDS = 2;

    private final HistoryLog log;
    private final int rounds;

    private GrowthBench(HistoryLog log, int rounds) {
        this.log = log;
        this.rounds = rounds;
    }

    static List<Row> rows(Settings settings) throws IOException, InterruptedException {
        int events = settings.events();
        try (Scratch scratch = Scratch.in(settings.folder())) {
            Progress.say(String.format(Locale.ROOT, "growth, appending %,d events", events));
            append(HistoryLog.planned(scratch.folder().resolve("warm-up"), RULE.warmUpEvents(events)));
            HistoryLog log = HistoryLog.planned(scratch.folder().resolve("log"), events);
            Samples appends = append(log);
            String note = String.format(Locale.ROOT, "%s, %,d events a slice", log.size(), RULE.slice());
            List<Row> rows = new ArrayList<>();
            rows.add(Row.alone(RULE.what(), Unit.EVENTS_A_SECOND, appends.median(), Asked.NOTHING, note));
            rows.addAll(new GrowthBench(log, settings.rounds()).lookups());
            rows.addAll(HistoryBench.rows(log, settings.rounds()));
            return rows;
        }
    }

    /// Writes the log.
    ///
    /// @return events a second, of each slice that counts
    private static Samples append(HistoryLog planned) throws IOException {
        int events = planned.events();
        int counted = Math.max(events / COUNTED_PART, LEAST_COUNTED);
        Samples speeds = new Samples();
        try (HotLog log = HotLog.open(planned.folder(), RULE.options())) {
            for (int from = 0; from < events; from += RULE.slice()) {
                List<Event> slice = planned.workload().events(from, Math.min(RULE.slice(), events - from));
                long start = System.nanoTime();
                AppendBench.append(log, slice);
                long nanos = System.nanoTime() - start;
                if (from + slice.size() > events - counted) {
                    speeds.add(slice.size() / (nanos / 1e9));
                }
            }
        }
        return speeds;
    }

    private List<Row> lookups() throws IOException {
        try (HotLogReader reader = HotLogReader.open(log.folder())) {
            Progress.say("growth, reading all");
            readAll(reader);
            RandomLookups lookups = new RandomLookups(log.workload(), log.events(), BATCHES);
            RandomLookups.Lookup offset =
                    (sessionId, seq, _) -> reader.offsetOf(sessionId, seq).orElseThrow();
            RandomLookups.Lookup event = (sessionId, seq, number) ->
                    reader.get(sessionId, seq).orElseThrow().seq() == seq ? number : -1;
            KnownFrames frames = new KnownFrames(log.folder(), log.events());
            Samples offsets = new Samples();
            Samples gets = new Samples();
            Samples floors = new Samples();
            for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
                Progress.round("growth, lookups", Math.max(i, 0), rounds);
                double offsetNanos = lookups.batches(offset);
                double eventNanos = lookups.batches(event);
                double knownNanos = lookups.known(frames);
                if (i >= 0) {
                    offsets.add(offsetNanos);
                    gets.add(eventNanos);
                    floors.add(knownNanos);
                }
            }
            return List.of(
                    Row.alone("lookup, offset by (session, seq)", Unit.NANOS, offsets.median(), Asked.NOTHING, ""),
                    Row.alone("lookup, event by (session, seq)", Unit.NANOS, gets.median(), Asked.NOTHING, ""),
                    Row.alone("a known frame, checked", Unit.NANOS, floors.median(), Asked.NOTHING, ""));
        }
    }

    /// So that all of it is in memory and mapped.
    private void readAll(HotLogReader reader) throws IOException {
        long events = 0;
        for (EventView event : reader.replay()) {
            events += event.payloadLengthBytes() > 0 ? 1 : 0;
        }
        if (events != log.events()) {
            throw new IllegalStateException("read " + events + " events of " + log.size());
        }
    }
}
