// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// What do one append, one scanned event and one lookup cost in processor time and memory, the disk left out?
///
/// `bench/run micro -prof gc` measures it, in nanoseconds and bytes an event; other options are JMH's own.
///
/// An append is one of 100,000 into a new log, in groups of 1 MiB that the committer's thread forces meanwhile;
/// what the tables of the index take when they double is shared out among them. Scans and lookups are of a closed
/// log of as many events.
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
@Fork(1)
public class EngineCosts {
    private static final int EVENTS = 100_000;

    /// A new log for each iteration, and what is appended to it.
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // by the method that JMH calls first
    public static class Empty {
        private final Workload workload = new Workload();
        private final List<Event> events = workload.events(0, EVENTS);
        private Scratch scratch;
        private HotLog log;

        @Setup(Level.Iteration)
        public void open() throws IOException {
            scratch = Scratch.in(Path.of("bench", "target"));
            log = HotLog.open(scratch.folder().resolve("log"), StoredLog.RARE_SYNCS);
        }

        @TearDown(Level.Iteration)
        public void close() throws IOException {
            log.close();
            scratch.close();
        }
    }

    /// A log with events.
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // by the method that JMH calls first
    public static class Filled {
        private final Workload workload = new Workload();
        private Scratch scratch;
        private HotLogReader reader;

        @Setup
        public void write() throws IOException {
            scratch = Scratch.in(Path.of("bench", "target"));
            Path folder = scratch.folder().resolve("log");
            try (HotLog log = HotLog.open(folder, StoredLog.RARE_SYNCS)) {
                for (Event event : workload.events(0, EVENTS)) {
                    log.append(event, Durability.MEMORY);
                }
            }
            reader = HotLogReader.open(folder);
        }

        @TearDown
        public void delete() throws IOException {
            reader.close();
            scratch.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void append(Empty empty) throws IOException {
        for (Event event : empty.events) {
            empty.log.append(event, Durability.MEMORY);
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long scanAsViews(Filled filled) throws IOException {
        long sum = 0;
        for (EventView event : filled.reader.replay()) {
            sum += Tally.digest(event);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void scanAsRecords(Filled filled, Blackhole kept) throws IOException {
        for (EventView event : filled.reader.replay()) {
            kept.consume(event.toEvent());
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long lookup(Filled filled) throws IOException {
        long sum = 0;
        for (int number = 0; number < EVENTS; number++) {
            OptionalLong offset =
                    filled.reader.offsetOf(filled.workload.sessionId(number), filled.workload.seq(number));
            sum += offset.orElseThrow();
        }
        return sum;
    }
}
