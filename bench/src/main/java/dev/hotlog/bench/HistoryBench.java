// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.report.GroupKey;
import dev.hotlog.agents.report.Grouping;
import dev.hotlog.agents.report.ReportFold;
import dev.hotlog.event.Durability;
import dev.hotlog.event.EventView;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import dev.hotlog.log.HotLogReader;
import dev.hotlog.log.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/// How long does a log of many sessions take to open, and to answer what people ask? (`bench/run history`)
///
/// A hundred events a session, up to 100,000 sessions; all of them within 30 days. In process and warm: the log is in
/// the page cache and the code compiled. Timed: [HotLog#open(Path)] after a clean close, and after a writer in another
/// process was killed while it appended; and with a [History] that is open already, a session's first event, the first
/// 50 sessions, and a report by day of all events.
final class HistoryBench {
    private static final double ASKED_OPEN_MILLIS = 20;
    private static final double ASKED_OPEN_KILLED_MILLIS = 100;
    private static final double ASKED_FIRST_EVENT_MICROS = 200;
    private static final double ASKED_PAGE_MICROS = 5_000;
    private static final double ASKED_REPORT_MILLIS = 50;
    private static final double ASKED_LARGE_REPORT_MILLIS = 200;
    private static final int LARGE_EVENTS = 10_000_000;

    private static final int EVENTS_A_SESSION = 100;
    private static final int MOST_SESSIONS = 100_000;
    private static final long DAYS_MILLIS = Duration.ofDays(30).toMillis();
    private static final int PAGE = 50;
    private static final int QUESTIONS = 200;
    private static final int PAGES = 11;
    private static final int WARM_UP_ROUNDS = 3;
    private static final int GROUP_BYTES = 1 << 20;
    private static final int MIB = 1 << 20;
    private static final long SEED = 11;

    private final Settings settings;
    private final Path folder;
    private final int sessions;
    private final long stepMillis;
    private final Workload workload;

    private HistoryBench(Settings settings, Path folder) {
        this.settings = settings;
        this.folder = folder;
        this.sessions = Math.min(settings.events() / EVENTS_A_SESSION, MOST_SESSIONS);
        this.stepMillis = DAYS_MILLIS / settings.events();
        this.workload = new Workload(sessions, stepMillis);
    }

    static List<Row> rows(Settings settings) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(settings.folder())) {
            HistoryBench bench = new HistoryBench(settings, scratch.folder().resolve("log"));
            bench.write();
            // Questions first: killed writers leave more events behind.
            return Stream.concat(bench.questions().stream(), bench.openings().stream())
                    .toList();
        }
    }

    private void write() throws IOException {
        Progress.say("history, writing the log");
        HotLogOptions options = HotLogOptions.DEFAULTS.withGroup(GROUP_BYTES, Integer.MAX_VALUE, Duration.ofSeconds(1));
        try (HotLog log = HotLog.open(folder, options)) {
            for (int number = 0; number < settings.events(); number++) {
                log.append(workload.event(number), Durability.MEMORY);
            }
        }
    }

    private List<Row> questions() throws IOException {
        Samples firstEvents = new Samples();
        Samples pages = new Samples();
        Samples reports = new Samples();
        try (HotLogReader reader = HotLogReader.open(folder);
                History history = History.open(folder)) {
            for (int i = -WARM_UP_ROUNDS; i < settings.rounds(); i++) {
                Progress.round("history, questions", Math.max(i, 0), settings.rounds());
                addUnlessWarmUp(i, firstEvents, firstEventNanos(reader) / 1e3);
                addUnlessWarmUp(i, pages, pageNanos(history) / 1e3);
                addUnlessWarmUp(i, reports, reportNanos(history) / 1e6);
            }
        }
        String size = String.format(Locale.ROOT, "%,d sessions of %d events", sessions, EVENTS_A_SESSION);
        double askedReport = settings.events() < LARGE_EVENTS ? ASKED_REPORT_MILLIS : ASKED_LARGE_REPORT_MILLIS;
        return List.of(
                alone("session's first event", Unit.MICROS, firstEvents, ASKED_FIRST_EVENT_MICROS, size),
                alone("first page of sessions", Unit.MICROS, pages, ASKED_PAGE_MICROS, PAGE + " sessions"),
                alone("report by day, 30 days", Unit.MILLIS, reports, askedReport, "of all events"));
    }

    private static Row alone(String what, Unit unit, Samples samples, double atMost, String note) {
        return Row.alone(what, unit, samples.median(), Asked.figureAtMost(atMost), note);
    }

    /// The median over sessions drawn at random.
    private double firstEventNanos(HotLogReader reader) throws IOException {
        Random random = new Random(SEED);
        Samples nanos = new Samples();
        for (int i = 0; i < QUESTIONS; i++) {
            String sessionId = workload.sessionId(random.nextInt(sessions));
            long start = System.nanoTime();
            try (Replay replay = reader.replay().session(sessionId)) {
                EventView first = replay.iterator().next();
                nanos.add((double) (System.nanoTime() - start));
                if (!first.isOfSession(sessionId) || first.seq() != 0) {
                    throw new IllegalStateException("not the first event of " + sessionId);
                }
            }
        }
        return nanos.median();
    }

    private double pageNanos(History history) throws IOException {
        Samples nanos = new Samples();
        for (int i = 0; i < PAGES; i++) {
            long start = System.nanoTime();
            try (Stream<SessionSummary> found = history.sessions(SessionFilter.ALL, Span.ALWAYS)) {
                long count = found.limit(PAGE).toList().size();
                nanos.add((double) (System.nanoTime() - start));
                if (count != Math.min(PAGE, sessions)) {
                    throw new IllegalStateException("a page of " + count + " sessions");
                }
            }
        }
        return nanos.median();
    }

    private double reportNanos(History history) throws IOException {
        long start = System.nanoTime();
        GroupKey keys = new GroupKey(List.of(Grouping.DAY), ZoneOffset.UTC, history::facts);
        ReportFold fold = new ReportFold(List.of(Grouping.DAY), keys);
        history.cells(SessionFilter.ALL, Span.ALWAYS, fold::add);
        long events = fold.report().total().totals().events();
        long nanos = System.nanoTime() - start;
        if (events != settings.events()) {
            throw new IllegalStateException("a report of " + events + " events");
        }
        return nanos;
    }

    private List<Row> openings() throws IOException, InterruptedException {
        Samples clean = new Samples();
        Samples killed = new Samples();
        long heapBytes = 0;
        long events = settings.events();
        for (int i = -WARM_UP_ROUNDS; i < settings.rounds(); i++) {
            Progress.round("history, opening", Math.max(i, 0), settings.rounds());
            KilledWriter.run(folder, sessions, stepMillis);
            long before = heapBytes();
            long start = System.nanoTime();
            try (HotLog log = HotLog.open(folder)) {
                double millis = (System.nanoTime() - start) / 1e6;
                heapBytes = heapBytes() - before;
                if (log.nextOffset() <= events) {
                    throw new IllegalStateException("killed beyond " + events + ", opened with " + log.nextOffset());
                }
                events = log.nextOffset();
                addUnlessWarmUp(i, killed, millis);
            }
            start = System.nanoTime();
            HotLog log = HotLog.open(folder);
            double millis = (System.nanoTime() - start) / 1e6;
            log.close();
            addUnlessWarmUp(i, clean, millis);
        }
        String note = String.format(Locale.ROOT, "the log then takes %,d MiB of heap", heapBytes / MIB);
        return List.of(
                alone("open, after a clean close", Unit.MILLIS, clean, ASKED_OPEN_MILLIS, ""),
                alone("open, after kill -9", Unit.MILLIS, killed, ASKED_OPEN_KILLED_MILLIS, note));
    }

    private static void addUnlessWarmUp(int round, Samples samples, double figure) {
        if (round >= 0) {
            samples.add(figure);
        }
    }

    private static long heapBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
