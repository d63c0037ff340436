// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What does an append cost that returns only once it is on disk, alone and with 63 others? (`bench/run append`)
///
/// One thread: each [HotLog#append(Event, Durability)] with [Durability#FORCED] is timed by itself; the baseline
/// is each frame written and synced by [RawBaseline], in turn with ours a hundred at a time. 64 threads: timed
/// from the first append until the last has returned, with the handing out of work to threads that are there
/// already; the baseline is one thread of the same round, and [RawGroupCommit] with as many. The same with virtual
/// threads, made for the run and timed with it, which let others run on their processor while they wait. Not timed:
/// opening, closing, making the events.
final class ForcedBench {
    private static final int THREADS = 64;
    private static final int SLICE = 100;
    private static final int EVENTS_A_FORCED_ONE = 200;
    private static final int EVENTS_A_THREADED_ONE = 20;
    private static final double ASKED_MEDIAN_RATIO = 1.3;
    private static final double ASKED_THREADS_RATIO = 20;
    private static final SyncPlan EACH = new SyncPlan(1, 1);

    private final Workload workload;
    private final Settings settings;
    private final int forced;
    private final int threaded;

    private ForcedBench(Settings settings, Workload workload) {
        this.settings = settings;
        this.workload = workload;
        this.forced = settings.events() / EVENTS_A_FORCED_ONE;
        this.threaded = settings.events() / EVENTS_A_THREADED_ONE;
    }

    static List<Row> rows(Settings settings, Workload workload) throws IOException, InterruptedException {
        return new ForcedBench(settings, workload).rows();
    }

    private List<Row> rows() throws IOException, InterruptedException {
        String what = "append FORCED";
        Progress.say(what + ", warm-up round");
        round();
        Samples medians = new Samples();
        Samples rawMedians = new Samples();
        Samples tails = new Samples();
        Samples rawTails = new Samples();
        Samples speeds = new Samples();
        Samples threadedSpeeds = new Samples();
        Samples rawThreadedSpeeds = new Samples();
        Samples virtualSpeeds = new Samples();
        for (int i = 0; i < settings.rounds(); i++) {
            Progress.round(what, i, settings.rounds());
            Round round = round();
            medians.add(round.oneThread.median() / 1e3);
            rawMedians.add(round.raw.median() / 1e3);
            tails.add(round.oneThread.percentile(99.9) / 1e3);
            rawTails.add(round.raw.percentile(99.9) / 1e3);
            speeds.add(forced / (round.oneThreadNanos / 1e9));
            threadedSpeeds.add(threaded / (round.threadedNanos / 1e9));
            rawThreadedSpeeds.add(threaded / (round.rawThreadedNanos / 1e9));
            virtualSpeeds.add(threaded / (round.virtualNanos / 1e9));
        }
        String note = String.format(
                Locale.ROOT,
                "%,d appends a round beside a raw write and fdatasync of each frame; p99.9 %,.0f us, raw %,.0f us",
                forced,
                tails.median(),
                rawTails.median());
        return List.of(
                Row.of(
                        "append FORCED, one thread, p50",
                        Unit.MICROS,
                        medians,
                        rawMedians,
                        Asked.ratioAtMost(ASKED_MEDIAN_RATIO),
                        note),
                Row.of(
                        "append FORCED, 64 threads",
                        Unit.EVENTS_A_SECOND,
                        threadedSpeeds,
                        speeds,
                        Asked.ratioAtLeast(ASKED_THREADS_RATIO),
                        String.format(Locale.ROOT, "%,d appends a round; the baseline is one thread", threaded)),
                Row.of(
                        "append FORCED, 64 threads; raw likewise",
                        Unit.EVENTS_A_SECOND,
                        threadedSpeeds,
                        rawThreadedSpeeds,
                        Asked.NOTHING,
                        "beside 64 threads that give each of these frames to one that writes and syncs what there is"),
                Row.of(
                        "append FORCED, 64 virtual threads",
                        Unit.EVENTS_A_SECOND,
                        virtualSpeeds,
                        speeds,
                        Asked.ratioAtLeast(ASKED_THREADS_RATIO),
                        "the same appends by virtual threads; the baseline is one platform thread"));
    }

    private record Round(
            Samples oneThread,
            long oneThreadNanos,
            Samples raw,
            long threadedNanos,
            long rawThreadedNanos,
            long virtualNanos) {}

    private Round round() throws IOException, InterruptedException {
        Samples each = new Samples();
        try (SideBySide both = new SideBySide(settings, HotLogOptions.DEFAULTS, file -> new RawBaseline(file, EACH))) {
            for (int from = 0; from < forced; from += SLICE) {
                both.take(
                        workload.events(from, Math.min(SLICE, forced - from)),
                        (log, slice) -> appendEach(log, slice, each));
            }
            try (Scratch scratch = Scratch.in(settings.folder())) {
                Path log = scratch.folder().resolve("log");
                long nanos = threaded(log, Executors.newFixedThreadPool(THREADS));
                long rawNanos = rawThreaded(log, scratch.folder().resolve("raw"));
                long virtualNanos =
                        threaded(scratch.folder().resolve("virtual"), Executors.newVirtualThreadPerTaskExecutor());
                return new Round(each, both.nanos(), both.baseline().groupNanos(), nanos, rawNanos, virtualNanos);
            }
        }
    }

    private static void appendEach(HotLog log, List<Event> slice, Samples each) throws IOException {
        for (Event event : slice) {
            long start = System.nanoTime();
            log.append(event, Durability.FORCED);
            each.add((double) (System.nanoTime() - start));
        }
    }

    private long threaded(Path directory, ExecutorService waiting) throws IOException, InterruptedException {
        List<Event> events = workload.events(0, threaded);
        try (ExecutorService threads = waiting;
                HotLog log = HotLog.open(directory)) {
            runAll(threads, _ -> log.durableOffset()); // so that all threads are there
            long start = System.nanoTime();
            runAll(threads, task -> {
                for (int i = task; i < threaded; i += THREADS) {
                    log.append(events.get(i), Durability.FORCED);
                }
                return 0;
            });
            long nanos = System.nanoTime() - start;
            if (log.durableOffset() != threaded) {
                throw new IllegalStateException("appended " + threaded + " events; durable " + log.durableOffset());
            }
            return nanos;
        }
    }

    /// The same frames, by as many threads.
    ///
    /// @param log that was written by [#threaded]
    private long rawThreaded(Path log, Path file) throws IOException, InterruptedException {
        List<ByteBuffer> frames = new ArrayList<>();
        long bytes = 0;
        for (FrameRun run : FrameSource.all(log)) {
            int at = run.start();
            for (int length : run.lengths()) {
                frames.add(run.bytes().slice(at, length));
                at += length;
            }
            bytes += run.lengthBytes();
        }
        try (RawGroupCommit raw = new RawGroupCommit(file, bytes);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            runAll(threads, task -> task); // so that all threads are there
            long start = System.nanoTime();
            runAll(threads, task -> {
                for (int i = task; i < frames.size(); i += THREADS) {
                    raw.write(frames.get(i));
                }
                return 0;
            });
            return System.nanoTime() - start;
        }
    }

    private interface Task {
        long run(int number) throws IOException;
    }

    private static void runAll(ExecutorService threads, Task task) throws IOException, InterruptedException {
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            tasks.add(() -> task.run(number));
        }
        for (Future<Long> done : threads.invokeAll(tasks)) {
            try {
                done.get();
            } catch (ExecutionException e) {
                throw new IOException("an append failed", e.getCause());
            }
        }
    }
}
