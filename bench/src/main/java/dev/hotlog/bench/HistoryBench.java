// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.GroupKey;
import dev.hotlog.agents.report.Grouping;
import dev.hotlog.agents.report.Report;
import dev.hotlog.event.EventView;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogReader;
import dev.hotlog.log.Replay;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/// How long does a log of many sessions take to open, and to answer what people ask? (`bench/run history`)
///
/// Of a [HistoryLog], in process and warm: the log is in the page cache and the code compiled. Timed:
/// [HotLog#open(Path)] after a clean close, and after a writer in another process was killed while it
/// appended; and with a [History] that is open already, a session's first event, the first 50 sessions, and a
/// report by day over the last 30 days and over all events. What an opened log takes of memory is told by
/// [SmallHeap].
final class HistoryBench {
    private static final double ASKED_OPEN_MILLIS = 20;
    private static final double ASKED_OPEN_KILLED_MILLIS = 100;
    private static final double ASKED_FIRST_EVENT_MICROS = 200;
    private static final double ASKED_PAGE_MICROS = 5_000;
    private static final double ASKED_REPORT_MILLIS = 50;
    private static final double ASKED_REPORT_OF_ALL_MILLIS = 200;

    private static final Duration DAYS_30 = Duration.ofDays(30);
    private static final int PAGE = 50;
    private static final int QUESTIONS = 200;
    private static final int PAGES = 11;
    private static final int WARM_UP_ROUNDS = 3;
    private static final long SEED = 11;

    private final HistoryLog log;
    private final int rounds;

    private HistoryBench(HistoryLog log, int rounds) {
        this.log = log;
        this.rounds = rounds;
    }

    static List<Row> rows(Settings settings) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(settings.folder())) {
            HistoryLog log = HistoryLog.planned(scratch.folder().resolve("log"), settings.events());
            log.write();
            return rows(log, settings.rounds());
        }
    }

    /// Of a log that was written. More events are in it afterwards.
    static List<Row> rows(HistoryLog log, int rounds) throws IOException, InterruptedException {
        HistoryBench bench = new HistoryBench(log, rounds);
        // Questions first: killed writers leave more events behind.
        List<Row> rows = new ArrayList<>(bench.questions());
        rows.addAll(bench.openings());
        KilledWriter.run(log);
        rows.add(SmallHeap.row(log));
        return rows;
    }

    private List<Row> questions() throws IOException {
        Samples firstEvents = new Samples();
        Samples pages = new Samples();
        Samples recentReports = new Samples();
        Samples reports = new Samples();
        int recent = log.eventsWithin(DAYS_30);
        Span lately = new Span(log.millisOf(log.events() - recent), Long.MAX_VALUE);
        try (HotLogReader reader = HotLogReader.open(log.folder());
                History history = History.open(log.folder())) {
            for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
                Progress.round("history, questions", Math.max(i, 0), rounds);
                addUnlessWarmUp(i, firstEvents, firstEventNanos(reader) / 1e3);
                addUnlessWarmUp(i, pages, pageNanos(history) / 1e3);
                addUnlessWarmUp(i, recentReports, reportNanos(history, lately, recent) / 1e6);
                addUnlessWarmUp(i, reports, reportNanos(history, Span.ALWAYS, log.events()) / 1e6);
            }
        }
        String recentNote = String.format(Locale.ROOT, "the last %,d events", recent);
        return List.of(
                alone("session's first event", Unit.MICROS, firstEvents, ASKED_FIRST_EVENT_MICROS, log.size()),
                alone("first page of sessions", Unit.MICROS, pages, ASKED_PAGE_MICROS, PAGE + " sessions"),
                alone("report by day, 30 days", Unit.MILLIS, recentReports, ASKED_REPORT_MILLIS, recentNote),
                alone("report by day, all", Unit.MILLIS, reports, ASKED_REPORT_OF_ALL_MILLIS, ""));
    }

    private static Row alone(String what, Unit unit, Samples samples, double atMost, String note) {
        return Row.alone(what, unit, samples.median(), Asked.figureAtMost(atMost), note);
    }

    /// The median over sessions drawn at random.
    private double firstEventNanos(HotLogReader reader) throws IOException {
        Random random = new Random(SEED);
        Samples nanos = new Samples();
        for (int i = 0; i < QUESTIONS; i++) {
            String sessionId = log.workload().sessionId(random.nextInt(log.events()));
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
                if (count != Math.min(PAGE, log.sessions())) {
                    throw new IllegalStateException("a page of " + count + " sessions");
                }
            }
        }
        return nanos.median();
    }

    private double reportNanos(History history, Span span, int expected) throws IOException {
        long start = System.nanoTime();
        List<Grouping> byDay = List.of(Grouping.DAY);
        GroupKey days = GroupKey.of(history, byDay, ZoneOffset.UTC, SessionFilter.ALL);
        Report report = Report.of(history, byDay, days, SessionFilter.ALL, span, PriceTable.builtIn());
        long events = report.total().totals().events();
        long nanos = System.nanoTime() - start;
        if (events != expected) {
            throw new IllegalStateException("a report of " + events + " events; expected " + expected);
        }
        return nanos;
    }

    private List<Row> openings() throws IOException, InterruptedException {
        Samples clean = new Samples();
        Samples killed = new Samples();
        long events = log.events();
        for (int i = -WARM_UP_ROUNDS; i < rounds; i++) {
            Progress.round("history, opening", Math.max(i, 0), rounds);
            KilledWriter.run(log);
            long start = System.nanoTime();
            try (HotLog opened = HotLog.open(log.folder())) {
                double millis = (System.nanoTime() - start) / 1e6;
                if (opened.nextOffset() <= events) {
                    throw new IllegalStateException("killed beyond " + events + ", opened with " + opened.nextOffset());
                }
                events = opened.nextOffset();
                addUnlessWarmUp(i, killed, millis);
            }
            start = System.nanoTime();
            HotLog opened = HotLog.open(log.folder());
            double millis = (System.nanoTime() - start) / 1e6;
            opened.close();
            addUnlessWarmUp(i, clean, millis);
        }
        return List.of(
                alone("open, after a clean close", Unit.MILLIS, clean, ASKED_OPEN_MILLIS, ""),
                alone("open, after kill -9", Unit.MILLIS, killed, ASKED_OPEN_KILLED_MILLIS, ""));
    }

    private static void addUnlessWarmUp(int round, Samples samples, double figure) {
        if (round >= 0) {
            samples.add(figure);
        }
    }
}
