// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Totals;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Reports by time are made of other sums than the rest: both must come to the same.
final class ReportTest {
    private static final long BEGIN_MILLIS =
            Instant.parse("2026-03-27T22:00:00Z").toEpochMilli();
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final PriceTable PRICES = PriceTable.builtIn();
    private static final List<String> MODELS = List.of("claude-sonnet-4-5", "gpt-5.5", "nobody's");
    private static final int EVENTS = 3_000;
    private static final int SESSIONS = 40;
    private static final int ENOUGH_FOR_SEGMENTS = 1 << 16;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "Asia/Kathmandu", "America/Los_Angeles", "Antarctica/Troll"})
    void reportsByTimeAreWhatTheCellsComeTo(String zone) throws IOException {
        Random random = new Random(zone.hashCode());
        write(random);
        try (History history = History.open(folder)) {
            for (List<Grouping> by : List.of(
                    List.of(Grouping.DAY),
                    List.of(Grouping.WEEK),
                    List.of(Grouping.MONTH, Grouping.DAY),
                    List.<Grouping>of())) {
                for (int i = 0; i < 20; i++) {
                    Span span = i == 0 ? Span.ALWAYS : span(random);
                    assertThat(lines(report(history, by, ZoneId.of(zone), span)))
                            .as("%s in %s", by, span)
                            .isEqualTo(lines(ofCells(history, by, ZoneId.of(zone), span)));
                }
            }
        }
    }

    @Test
    void aSessionIsCountedOnEachOfItsDays() throws IOException {
        try (HotLog log = HotLog.open(folder)) {
            for (int day = 0; day < 3; day++) {
                Event event = Event.of("s", day)
                        .ts(BEGIN_MILLIS + day * DAY_MILLIS, true)
                        .build();
                log.append(event, Durability.MEMORY);
            }
        }
        try (History history = History.open(folder)) {
            Report report = report(history, List.of(Grouping.DAY), ZoneId.of("UTC"), Span.ALWAYS);
            assertThat(report.rows())
                    .hasSize(3)
                    .allSatisfy(row -> assertThat(row.sums().sessions()).isEqualTo(1));
            assertThat(report.total().sessions()).isEqualTo(1);
        }
    }

    /// Clocks go forward by two hours in Troll on 29 March 2026, by three in Casey on 18 October 2009.
    @ParameterizedTest
    @CsvSource({"Antarctica/Troll, 2026-03-29", "Antarctica/Casey, 2009-10-18", "Europe/Berlin, 2026-03-29"})
    void aSessionIsCountedOnADayThatClocksShorten(String zone, LocalDate day) throws IOException {
        ZoneId place = ZoneId.of(zone);
        List<ZonedDateTime> moments = List.of(
                day.atStartOfDay(place).minusMinutes(5),
                day.atTime(12, 0).atZone(place),
                day.plusDays(1).atStartOfDay(place).plusMinutes(5));
        assertThat(Duration.between(moments.getFirst(), moments.getLast())).isLessThan(Duration.ofDays(1));
        try (HotLog log = HotLog.open(folder)) {
            for (int i = 0; i < moments.size(); i++) {
                long millis = moments.get(i).toInstant().toEpochMilli();
                log.append(Event.of("s", i).ts(millis, true).build(), Durability.MEMORY);
            }
        }
        try (History history = History.open(folder)) {
            long begin = moments.getFirst().toInstant().toEpochMilli();
            for (Span span :
                    List.of(Span.ALWAYS, new Span(begin, Long.MAX_VALUE), new Span(begin + 1, Long.MAX_VALUE))) {
                assertThat(lines(report(history, List.of(Grouping.DAY), place, span)))
                        .as("in %s", span)
                        .isEqualTo(lines(ofCells(history, List.of(Grouping.DAY), place, span)));
            }
        }
    }

    private void write(Random random) throws IOException {
        HotLogOptions small = HotLogOptions.DEFAULTS.withSegmentBytes(ENOUGH_FOR_SEGMENTS);
        try (HotLog log = HotLog.open(folder, small)) {
            for (int i = 0; i < EVENTS; i++) {
                Event.Builder event = Event.of("session " + random.nextInt(SESSIONS), i)
                        .ts(millis(random, i), true)
                        .kind(random.nextInt(5) == 0 ? Kind.TOOL_CALL : Kind.MESSAGE)
                        .model(random.nextBoolean() ? MODELS.get(random.nextInt(MODELS.size())) : null)
                        .measure(Measure.TOKENS_IN, random.nextInt(300_000));
                if (random.nextInt(3) == 0) {
                    event.measure(Measure.COST_USD_E6, random.nextInt(1000));
                }
                log.append(event.build(), Durability.MEMORY);
            }
        }
    }

    /// Mostly as they come, some that nobody told, and some beyond all calendars.
    private static long millis(Random random, int number) {
        return switch (random.nextInt(100)) {
            case 0 -> 0;
            case 1 -> -1;
            default -> BEGIN_MILLIS + number * HOUR_MILLIS / 10 + random.nextLong(HOUR_MILLIS);
        };
    }

    private static Span span(Random random) {
        long since = BEGIN_MILLIS + random.nextLong(EVENTS / 10 * HOUR_MILLIS);
        long length = random.nextLong(1, random.nextBoolean() ? HOUR_MILLIS : 100 * HOUR_MILLIS);
        return new Span(since, random.nextInt(5) == 0 ? Long.MAX_VALUE : since + length);
    }

    private static Report report(History history, List<Grouping> by, ZoneId zone, Span span) throws IOException {
        GroupKey keys = GroupKey.of(history, by, zone, SessionFilter.ALL);
        return Report.of(history, by, keys, SessionFilter.ALL, span, PRICES);
    }

    private static Report ofCells(History history, List<Grouping> by, ZoneId zone, Span span) throws IOException {
        ReportFold fold = new ReportFold(by, new GroupKey(by, zone, history::facts, Blocks.NONE), PRICES);
        history.cells(SessionFilter.ALL, span, fold::add);
        return fold.report();
    }

    private static List<String> lines(Report report) {
        List<String> lines = new ArrayList<>();
        report.rows().forEach(row -> lines.add(row.key() + line(row.sums())));
        lines.add("total" + line(report.total()));
        return lines;
    }

    private static String line(Report.Sums sums) {
        Totals totals = sums.totals();
        return " " + sums.sessions() + " sessions " + totals.events() + " events " + totals.errors() + " errors "
                + totals.toolCalls() + " calls " + totals.sum(Measure.TOKENS_IN) + " tokens "
                + sums.cost();
    }
}
