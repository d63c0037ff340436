// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/// How many events a second does one thread read, each checked against its checksum? (`bench/run scan`)
///
/// Timed: a [HotLogReader#replay()] from its first event to its last; of each view seq, time, one optional number
/// and the payload's length are read, or all of it is copied into an [Event] that outlives the step. The log was
/// closed, and is in the page cache and mapped. Not timed: opening the reader.
///
/// The baseline is CRC-32C over the same mapped bytes, a whole segment at a time; a line of its own says what it
/// takes frame by frame, as the frames are checked.
final class ScanBench {
    private static final double ASKED_VIEWS_RATIO = 0.8;
    private static final double ASKED_RECORDS = 2.5e6;
    /// Records are kept until so many more have come.
    private static final int KEPT = 1 << 10;

    private static final int WARM_UP_EVENTS = 2_000_000;

    private final Event[] kept = new Event[KEPT];
    private final HotLogReader reader;
    private final ViewScan scan;
    private final List<FrameRun> runs;
    private final Tally expected;
    private long crcs;

    private ScanBench(HotLogReader reader, List<FrameRun> runs, Tally expected) {
        this.reader = reader;
        this.scan = new ViewScan(reader, expected);
        this.runs = runs;
        this.expected = expected;
    }

    static List<Row> rows(Settings settings) throws IOException {
        try (HotLogReader reader = HotLogReader.open(StoredLog.of(settings))) {
            return new ScanBench(
                            reader, FrameSource.all(StoredLog.of(settings)), new Workload().tally(settings.events()))
                    .measure(settings.rounds());
        }
    }

    private List<Row> measure(int rounds) throws IOException {
        Progress.say("scan, warm-up rounds");
        for (long scanned = 0; scanned < WARM_UP_EVENTS; scanned += expected.events()) {
            scan.eventsASecond();
            records();
            sweep();
            frames();
        }
        Samples views = new Samples();
        Samples sweeps = new Samples();
        Samples records = new Samples();
        Samples frames = new Samples();
        for (int i = 0; i < rounds; i++) {
            Progress.round("scan", i, rounds);
            System.gc();
            views.add(scan.eventsASecond());
            sweeps.add(sweep());
            records.add(records());
            frames.add(frames());
        }
        long bytes = runs.stream().mapToLong(FrameRun::lengthBytes).sum();
        String note = String.format(
                Locale.ROOT,
                "%,.0f bytes a frame; baseline is CRC-32C over whole segments, %,.1f GB/s (crc %08x)",
                bytes / (double) expected.events(),
                sweeps.median() * bytes / expected.events() / 1e9,
                (int) crcs);
        return List.of(
                Row.of(
                        "scan as views",
                        Unit.EVENTS_A_SECOND,
                        views,
                        sweeps,
                        Asked.ratioAtLeast(ASKED_VIEWS_RATIO),
                        note),
                Row.of(
                        "scan as records",
                        Unit.EVENTS_A_SECOND,
                        records,
                        sweeps,
                        Asked.figureAtLeast(ASKED_RECORDS),
                        ""),
                Row.of("raw CRC-32C, frame by frame", Unit.EVENTS_A_SECOND, frames, sweeps, Asked.NOTHING, ""));
    }

    private double records() throws IOException {
        long events = 0;
        long sum = 0;
        long start = System.nanoTime();
        for (EventView view : reader.replay()) {
            Event event = view.toEvent();
            kept[(int) events & (KEPT - 1)] = event;
            sum += Tally.digest(event);
            events++;
        }
        long nanos = System.nanoTime() - start;
        new Tally(events, sum).check("scan as records", expected);
        return speed(nanos);
    }

    private double sweep() {
        CRC32C crc = new CRC32C();
        long start = System.nanoTime();
        for (FrameRun run : runs) {
            ByteBuffer bytes = run.bytes();
            crc.update(bytes.limit(run.end()).position(run.start()));
        }
        long nanos = System.nanoTime() - start;
        crcs ^= crc.getValue();
        return speed(nanos);
    }

    private double frames() {
        CRC32C crc = new CRC32C();
        long sum = 0;
        long start = System.nanoTime();
        for (FrameRun run : runs) {
            ByteBuffer bytes = run.bytes();
            int at = run.start();
            for (int length : run.lengths()) {
                bytes.limit(at + length).position(at);
                crc.reset();
                crc.update(bytes);
                sum += crc.getValue();
                at += length;
            }
        }
        long nanos = System.nanoTime() - start;
        crcs ^= sum;
        return speed(nanos);
    }

    private double speed(long nanos) {
        return expected.events() / (nanos / 1e9);
    }
}
