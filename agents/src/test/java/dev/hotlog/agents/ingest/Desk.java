// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.GroupKey;
import dev.hotlog.agents.report.Grouping;
import dev.hotlog.agents.report.Report;
import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A log and a home beside it, for tests: import, and see what the log says.
final class Desk {
    private final Path log;
    final Path home;

    Desk(Path folder) throws IOException {
        log = folder.resolve("log");
        home = Files.createDirectories(folder.resolve("home"));
    }

    /// Where a transcript of Claude Code with that name belongs.
    Path claude(String name) throws IOException {
        Path file = home.resolve(".claude/projects/-w").resolve(name);
        Files.createDirectories(file.getParent());
        return file;
    }

    /// Imports the home.
    ImportReport importHome() throws IOException {
        return importHome(home);
    }

    ImportReport importHome(Path elsewhere) throws IOException {
        try (HotLog writer = HotLog.open(log)) {
            return new Importer(writer, log, Progress.NONE).home(elsewhere, Map.of());
        }
    }

    ImportReport importPaths(Path... paths) throws IOException {
        try (HotLog writer = HotLog.open(log)) {
            return new Importer(writer, log, Progress.NONE).paths(List.of(paths));
        }
    }

    /// Where hooks write to.
    Path spool() throws IOException {
        Spool spool = Spool.of(log);
        spool.make();
        return spool.folder();
    }

    /// Imports what hooks left, and nothing else.
    ImportReport importSpool(Instant now) throws IOException {
        try (HotLog writer = HotLog.open(log)) {
            return new Importer(writer, log, Progress.NONE).withSpool(() -> now).paths(List.of());
        }
    }

    void append(Event event) throws IOException {
        try (HotLog writer = HotLog.open(log)) {
            writer.append(event);
        }
    }

    List<Event> events() throws IOException {
        try (HotLogReader reader = HotLogReader.open(log);
                var events = reader.replay().events()) {
            return events.toList();
        }
    }

    /// A session's events by seq.
    Map<Long, Event> events(String session) throws IOException {
        Map<Long, Event> bySeq = new TreeMap<>();
        for (Event event : events()) {
            if (event.sessionId().equals(session)) {
                bySeq.put(event.seq(), event);
            }
        }
        return bySeq;
    }

    Map<String, SessionSummary> sessions() throws IOException {
        Map<String, SessionSummary> all = new TreeMap<>();
        try (HotLogReader reader = HotLogReader.open(log);
                var sessions = reader.sessions()) {
            sessions.forEach(session -> all.put(session.sessionId(), session));
        }
        return all;
    }

    Report report(Grouping by, PriceTable prices) throws IOException {
        try (History history = History.open(log)) {
            GroupKey keys = GroupKey.of(history, List.of(by), ZoneOffset.UTC, SessionFilter.ALL);
            return Report.of(history, List.of(by), keys, SessionFilter.ALL, Span.ALWAYS, prices);
        }
    }

    String fact(String session, String name) throws IOException {
        return sessions().get(session).facts().fact(name).orElse("");
    }

    /// The sums over all sessions of that agent; of the measures that any event has.
    Map<Measure, Long> totals(String agent) throws IOException {
        Map<Measure, Long> sums = new HashMap<>();
        for (SessionSummary session : sessions().values()) {
            if (session.facts().fact(SessionFacts.AGENT).orElse("").equals(agent)) {
                for (Measure measure : Measure.ALL) {
                    long sum = session.totals().sum(measure);
                    if (sum != Measure.ABSENT && measure.name().contains("TOKENS")) {
                        sums.merge(measure, sum, Long::sum);
                    }
                }
            }
        }
        return sums;
    }
}
