// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Event;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// How long does it take to find the event of a session and seq? (`bench/run lookup`)
///
/// Timed: [HotLogReader#offsetOf(String, long)], and [HotLogReader#get(String, long)], for keys drawn at random
/// from the whole log, warm: in the page cache, mapped, indexes open. The clock is read before and after a
/// thousand lookups; the figure is the median of these, by lookup. The note's p99 is of lookups timed one by one,
/// with what reading the clock takes. Not timed: opening, drawing the keys.
///
/// The baseline is what cannot be saved: [KnownFrames].
final class LookupBench {
    private static final double ASKED_NANOS = 1_000;
    private static final int BATCHES = 200;
    private static final int WARM_UP_ROUNDS = 2;

    private final HotLogReader reader;
    private final KnownFrames frames;
    private final RandomLookups lookups;

    private LookupBench(HotLogReader reader, KnownFrames frames, int events) {
        this.reader = reader;
        this.frames = frames;
        this.lookups = new RandomLookups(new Workload(), events, BATCHES);
    }

    static List<Row> rows(Settings settings) throws IOException {
        Path log = StoredLog.of(settings);
        try (HotLogReader reader = HotLogReader.open(log)) {
            return new LookupBench(reader, new KnownFrames(log, settings.events()), settings.events())
                    .measure(settings.rounds());
        }
    }

    private List<Row> measure(int rounds) throws IOException {
        RandomLookups.Lookup offset = (sessionId, seq, _) -> offsetOf(sessionId, seq);
        RandomLookups.Lookup event = (sessionId, seq, number) -> get(sessionId, seq, number);
        Progress.say("lookup, warm-up rounds");
        Samples unused = new Samples();
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            for (RandomLookups.Lookup lookup : List.of(offset, event)) {
                lookups.batches(lookup);
                lookups.singles(lookup, unused);
            }
            lookups.known(frames);
        }
        Samples offsets = new Samples();
        Samples gets = new Samples();
        Samples floors = new Samples();
        Samples offsetSingles = new Samples();
        Samples getSingles = new Samples();
        for (int i = 0; i < rounds; i++) {
            Progress.round("lookup", i, rounds);
            System.gc();
            offsets.add(lookups.batches(offset));
            floors.add(lookups.known(frames));
            gets.add(lookups.batches(event));
            lookups.singles(offset, offsetSingles);
            lookups.singles(event, getSingles);
        }
        String segmentsNote = frames.segments() + " segments; ";
        return List.of(
                Row.of(
                        "lookup, offset by (session, seq)",
                        Unit.NANOS,
                        offsets,
                        floors,
                        Asked.figureAtMost(ASKED_NANOS),
                        segmentsNote + tail(offsetSingles) + "; baseline is checking the frame at a known place"),
                Row.of("lookup, event by (session, seq)", Unit.NANOS, gets, floors, Asked.NOTHING, tail(getSingles)));
    }

    private static String tail(Samples singles) {
        return String.format(
                Locale.ROOT, "one by one p50 %,.0f ns, p99 %,.0f ns", singles.median(), singles.percentile(99));
    }

    private long offsetOf(String sessionId, long seq) throws IOException {
        OptionalLong offset = reader.offsetOf(sessionId, seq);
        return offset.orElseThrow();
    }

    private long get(String sessionId, long seq, int number) throws IOException {
        Event event = reader.get(sessionId, seq).orElseThrow();
        return event.seq() == seq && event.sessionId().equals(sessionId) ? number : -1;
    }
}
