// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import dev.hotlog.agents.history.EventTime;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.event.LogException;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.SessionFacts;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Tells which group a cell belongs to. For one thread.
public final class GroupKey {
    private static final DateTimeFormatter BLOCK = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mmxxx", Locale.ROOT);

    private final List<Grouping> by;
    private final ZoneId zone;
    private final Function<String, SessionFacts> factsOf;
    private final Blocks blocks;
    /// Cells share few quarters of an hour, and working out a date is dear.
    private final Map<Long, Optional<LocalDate>> days = new HashMap<>();
    /// The two that were asked for last: sessions around a midnight ask for both days in turn.
    private Stretch last = Stretch.NONE;

    private Stretch earlier = Stretch.NONE;

    /// @param zone whose days, weeks and months are meant
    /// @param factsOf asked for sessions whose agent or project is to be told
    /// @param blocks of the sessions that are meant
    public GroupKey(List<Grouping> by, ZoneId zone, Function<String, SessionFacts> factsOf, Blocks blocks) {
        this.by = List.copyOf(by);
        this.zone = zone;
        this.factsOf = factsOf;
        this.blocks = blocks;
    }

    /// For some sessions of a log.
    public static GroupKey of(History history, List<Grouping> by, ZoneId zone, SessionFilter filter)
            throws LogException {
        Blocks blocks = by.contains(Grouping.BLOCK) ? Blocks.of(history, filter) : Blocks.NONE;
        return new GroupKey(by, zone, history::facts, blocks);
    }

    /// The blocks that were reckoned for it; none where it is not by block.
    public Blocks blocks() {
        return blocks;
    }

    /// One value for each grouping; empty when the cell is in no row at all.
    public Optional<List<Optional<String>>> of(Rollup cell) {
        if (by.contains(Grouping.TOOL) && cell.tool().isEmpty()) {
            return Optional.empty();
        }
        if (by.contains(Grouping.BLOCK) && blocks.startOf(cell.quarterMillis()).isEmpty()) {
            return Optional.empty();
        }
        List<Optional<String>> key = new ArrayList<>(by.size());
        for (Grouping each : by) {
            key.add(value(each, cell));
        }
        return Optional.of(key);
    }

    /// Time that is all of one group.
    ///
    /// @param fromMillis a moment in it; there may be earlier ones
    /// @param untilMillis the first moment behind it
    /// @param key one value for each grouping
    record Stretch(long fromMillis, long untilMillis, List<Optional<String>> key) {
        private static final Stretch NONE = new Stretch(0, 0, List.of());

        Stretch {
            key = List.copyOf(key);
        }

        private boolean contains(long millis) {
            return fromMillis <= millis && millis < untilMillis;
        }
    }

    /// The one that a quarter of an hour is in, where all groupings are dates.
    Stretch stretch(long quarterMillis) {
        if (!last.contains(quarterMillis)) {
            Stretch found = earlier.contains(quarterMillis) ? earlier : find(quarterMillis);
            earlier = found.untilMillis == last.untilMillis ? earlier : last;
            last = found;
        }
        return last;
    }

    private Stretch find(long quarterMillis) {
        long next = EventTime.BOUNDARIES.and(this::nextDate).next(quarterMillis);
        return new Stretch(
                quarterMillis,
                next,
                by.stream().map(grouping -> time(grouping, quarterMillis)).toList());
    }

    /// The first moment after that one at which a new group begins, where all groupings are dates: as [Boundaries].
    long next(long millis) {
        return stretch(millis).untilMillis;
    }

    private long nextDate(long millis) {
        Optional<LocalDate> day = day(Rollup.quarterOf(millis));
        if (day.isEmpty() || by.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long next = by.stream()
                .map(grouping -> next(grouping, day.get()))
                .mapToLong(date -> begin(date, millis))
                .min()
                .orElseThrow();
        return nextReturn(millis, next);
    }

    /// When that date begins after that moment: it does so twice where clocks go back over midnight.
    private long begin(LocalDate date, long millis) {
        ZonedDateTime begin = date.atStartOfDay(zone);
        long first = begin.toInstant().toEpochMilli();
        return first > millis
                ? first
                : begin.withLaterOffsetAtOverlap().toInstant().toEpochMilli();
    }

    /// When clocks go back into the date before, which so comes twice; `until` when they do not before that.
    private long nextReturn(long millis, long until) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochMilli(millis));
        while (next != null && next.getInstant().toEpochMilli() < until) {
            LocalDate last = next.getDateTimeBefore().minusNanos(1).toLocalDate();
            if (next.getDateTimeAfter().toLocalDate().isBefore(last)) {
                return next.getInstant().toEpochMilli();
            }
            next = rules.nextTransition(next.getInstant());
        }
        return until;
    }

    private static LocalDate next(Grouping grouping, LocalDate day) {
        return switch (grouping) {
            case WEEK -> day.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
            case MONTH -> day.with(TemporalAdjusters.firstDayOfNextMonth());
            case DAY -> day.plusDays(1);
            default -> throw new IllegalArgumentException(grouping + " is no date");
        };
    }

    private Optional<String> time(Grouping grouping, long quarterMillis) {
        Optional<LocalDate> day = day(quarterMillis);
        return switch (grouping) {
            case WEEK -> day.map(GroupKey::week);
            case MONTH -> day.map(date -> date.toString().substring(0, 7));
            case DAY -> day.map(LocalDate::toString);
            default -> throw new IllegalArgumentException(grouping + " is no time");
        };
    }

    private Optional<String> value(Grouping grouping, Rollup cell) {
        return switch (grouping) {
            case DAY, WEEK, MONTH -> time(grouping, cell.quarterMillis());
            case SESSION -> Optional.of(cell.sessionId());
            case BLOCK -> block(cell.quarterMillis());
            case PROJECT -> factsOf.apply(cell.sessionId()).fact(SessionFacts.WORKSPACE);
            case AGENT -> factsOf.apply(cell.sessionId()).fact(SessionFacts.AGENT);
            case MODEL -> cell.model();
            case TOOL -> cell.tool();
        };
    }

    private Optional<String> block(long quarterMillis) {
        OptionalLong start = blocks.startOf(quarterMillis);
        return start.isPresent()
                ? Optional.of(
                        BLOCK.format(Instant.ofEpochMilli(start.getAsLong()).atZone(zone)))
                : Optional.empty();
    }

    /// Empty when the time is not known.
    private Optional<LocalDate> day(long quarterMillis) {
        return days.computeIfAbsent(
                quarterMillis,
                millis -> EventTime.isKnown(millis)
                        ? Optional.of(Instant.ofEpochMilli(millis).atZone(zone).toLocalDate())
                        : Optional.empty());
    }

    private static String week(LocalDate day) {
        return String.format(
                Locale.ROOT,
                "%04d-W%02d",
                day.get(IsoFields.WEEK_BASED_YEAR),
                day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
}
