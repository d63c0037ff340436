// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Activity;
import dev.hotlog.event.Boundaries;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.PeriodTotals;
import dev.hotlog.event.PromptSize;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.event.Totals;
import dev.hotlog.log.format.SegmentHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What an index should answer, said in the simplest way: all events in a list, and searches through it.
final class Model {
    private static final long DAY_MILLIS = 86_400_000L;

    /// None, those of quarters of an hour, and days.
    private static final List<Boundaries> BOUNDARIES =
            List.of(_ -> Long.MAX_VALUE, Rollup.QUARTERS, millis -> (millis / DAY_MILLIS + 1) * DAY_MILLIS);

    private record Entry(Event event, long offset, long position) {}

    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Map<String, String>> facts = new TreeMap<>();
    private final Map<String, String> cursors = new TreeMap<>();
    private long covered = SegmentHeader.FIRST_FRAME;

    void event(Event event, long offset, long position) {
        entries.add(new Entry(event, offset, position));
    }

    void facts(SessionFacts told) {
        if (!told.facts().isEmpty()) {
            facts.computeIfAbsent(told.sessionId(), _ -> new TreeMap<>()).putAll(told.facts());
        }
    }

    void cursor(String source, String state) {
        cursors.put(source, state);
    }

    void covered(long position) {
        covered = position;
    }

    private Set<String> sessions() {
        Set<String> ids = new TreeSet<>(facts.keySet());
        entries.forEach(entry -> ids.add(entry.event.sessionId()));
        return ids;
    }

    private Stream<Entry> of(String session) {
        return entries.stream().filter(entry -> entry.event.sessionId().equals(session));
    }

    private String seqs(String session) {
        List<Long> seqs = of(session)
                .map(e -> e.event.seq())
                .sorted(Long::compareUnsigned)
                .toList();
        return seqs.isEmpty() ? "none" : seqs.getFirst() + " .. " + seqs.getLast();
    }

    private static String seqs(SegmentIndex index, String session) {
        return index.seqs(new SessionKey(session))
                .map(seqs -> seqs.first() + " .. " + seqs.last())
                .orElse("none");
    }

    /// All questions with their right answers, as lines of text.
    List<String> answers() {
        List<String> lines = new ArrayList<>();
        lines.add("covered " + covered + " events " + entries.size() + " sessions "
                + sessions().size());
        lines.add("oldest "
                + entries.stream().mapToLong(e -> e.event.tsMillis()).min().orElse(Long.MAX_VALUE) + " newest "
                + entries.stream().mapToLong(e -> e.event.tsMillis()).max().orElse(-1));
        for (String session : asked()) {
            lines.add(session + " seqs " + seqs(session));
            lines.add(session + " positions "
                    + of(session).map(e -> e.position).sorted().toList());
            for (long seq : seqsAsked(session)) {
                lines.add(session + "/" + seq + " at "
                        + of(session)
                                .filter(e -> e.event.seq() == seq)
                                .map(e -> e.position)
                                .findAny()
                                .orElse(SegmentIndex.NO_POSITION));
            }
            lines.add(session + " facts " + Optional.ofNullable(facts.get(session)));
            lines.add(session + " is "
                    + (sessions().contains(session) ? Optional.of(line(summary(session))) : Optional.empty()));
            lines.add(session + " rollups "
                    + rollups().stream()
                            .filter(rollup -> rollup.sessionId().equals(session))
                            .map(Model::line)
                            .sorted()
                            .toList());
        }
        lines.add(
                "all " + sessions().stream().map(s -> line(summary(s))).sorted().toList());
        lines.add("times "
                + sessions().stream()
                        .map(this::summary)
                        .filter(session -> session.totals().events() > 0)
                        .map(session -> session.sessionId() + " last " + session.lastTsMillis())
                        .sorted()
                        .toList());
        lines.add("hashes "
                + sessions().stream()
                        .map(session -> new SessionKey(session).upperHash())
                        .sorted()
                        .toList());
        for (String source : cursorsAsked()) {
            lines.add("cursor " + source + " " + Optional.ofNullable(cursors.get(source)));
        }
        lines.add("rollups " + rollups().stream().map(Model::line).sorted().toList());
        for (Boundaries boundaries : BOUNDARIES) {
            lines.add("stretches " + stretches(periods(), boundaries));
            lines.add("activity " + activity(boundaries));
        }
        return lines;
    }

    /// What an index answers to the questions of [#answers()], as it would be there.
    List<String> answersOf(SegmentIndex index) {
        List<String> lines = new ArrayList<>();
        lines.add("covered " + index.coveredPosition() + " events " + index.events() + " sessions "
                + index.sessionCount());
        lines.add("oldest " + index.oldestMillis() + " newest " + index.newestMillis());
        for (String session : asked()) {
            lines.add(session + " seqs " + seqs(index, session));
            List<Long> positions = new ArrayList<>();
            for (long position : index.positions(session)) {
                positions.add(position);
            }
            lines.add(session + " positions " + positions);
            for (long seq : seqsAsked(session)) {
                lines.add(session + "/" + seq + " at " + index.position(session, seq));
                index.seqs(new SessionKey(session))
                        .ifPresent(seqs -> assertThat(index.position(new SessionKey(session), seqs, seq))
                                .isEqualTo(index.position(session, seq)));
            }
            lines.add(session + " facts " + index.facts(session).map(told -> new TreeMap<>(told.facts())));
            lines.add(session + " is " + index.session(session).map(Model::line));
            List<String> own = new ArrayList<>();
            index.rollups(session, rollup -> own.add(line(rollup)));
            lines.add(session + " rollups " + own.stream().sorted().toList());
        }
        List<String> all = new ArrayList<>();
        index.sessions(summary -> all.add(line(summary)));
        lines.add("all " + all.stream().sorted().toList());
        List<String> times = new ArrayList<>();
        index.lastTimes((session, millis) -> times.add(session + " last " + millis));
        lines.add("times " + times.stream().sorted().toList());
        lines.add(
                "hashes " + IntStream.of(index.sessionHashes()).sorted().boxed().toList());
        for (String source : cursorsAsked()) {
            lines.add("cursor " + source + " " + index.cursor(source));
        }
        List<String> rollups = new ArrayList<>();
        index.rollups(rollup -> rollups.add(line(rollup)));
        lines.add("rollups " + rollups.stream().sorted().toList());
        for (Boundaries boundaries : BOUNDARIES) {
            List<PeriodTotals> periods = new ArrayList<>();
            index.periods(boundaries, periods::add);
            lines.add("stretches " + stretches(periods, boundaries));
            List<String> activity = new ArrayList<>();
            index.activity(boundaries, each -> activity.add(each.toString()));
            lines.add("activity " + activity.stream().sorted().toList());
        }
        return lines;
    }

    /// The sessions there are, and some that are not.
    private List<String> asked() {
        return Stream.concat(sessions().stream(), Stream.of("nobody", "s", "")).toList();
    }

    private List<String> cursorsAsked() {
        return Stream.concat(cursors.keySet().stream(), Stream.of("nowhere", ""))
                .toList();
    }

    /// The seqs there are, and their neighbours.
    private Set<Long> seqsAsked(String session) {
        Set<Long> seqs = new TreeSet<>(List.of(0L, -1L, Long.MIN_VALUE));
        of(session).forEach(e -> seqs.addAll(List.of(e.event.seq() - 1, e.event.seq(), e.event.seq() + 1)));
        return seqs;
    }

    private SessionSummary summary(String session) {
        List<Entry> own = of(session).toList();
        Totals totals = new Totals();
        own.forEach(entry -> add(totals, entry.event));
        return new SessionSummary(
                new SessionFacts(session, facts.getOrDefault(session, Map.of())),
                own.stream().mapToLong(e -> e.offset).min().orElse(-1),
                own.stream().mapToLong(e -> e.offset).max().orElse(-1),
                own.stream().map(e -> e.event.seq()).max(Long::compareUnsigned).orElse(0L),
                own.stream().mapToLong(e -> e.event.tsMillis()).min().orElse(Long.MAX_VALUE),
                own.stream().mapToLong(e -> e.event.tsMillis()).max().orElse(-1),
                totals);
    }

    private List<Rollup> rollups() {
        Map<String, Rollup> cells = new TreeMap<>();
        for (Entry entry : entries) {
            Event event = entry.event;
            long quarter = event.tsMillis() - event.tsMillis() % Rollup.QUARTER_MILLIS;
            Optional<String> model = event.model().filter(text -> !text.isEmpty());
            Optional<String> tool = event.tool().filter(text -> !text.isEmpty());
            Rollup empty =
                    new Rollup(event.sessionId(), quarter, kind(event), model, tool, promptSize(event), new Totals());
            String key = line(empty) + event.has(Measure.COST_USD_E6);
            add(cells.computeIfAbsent(key, _ -> empty).totals(), event);
        }
        return List.copyOf(cells.values());
    }

    private static PromptSize promptSize(Event event) {
        return PromptSize.of(Stream.of(Measure.TOKENS_IN, Measure.CACHE_READ_TOKENS, Measure.CACHE_CREATION_TOKENS)
                .mapToLong(measure -> event.find(measure).orElse(0))
                .sum());
    }

    private List<PeriodTotals> periods() {
        return rollups().stream()
                .map(cell -> new PeriodTotals(cell.quarterMillis(), cell.model(), cell.promptSize(), cell.totals()))
                .toList();
    }

    /// What the periods come to between boundaries, whichever they are.
    private static List<String> stretches(List<PeriodTotals> periods, Boundaries boundaries) {
        Map<String, Totals> stretches = new TreeMap<>();
        for (PeriodTotals period : periods) {
            boolean told = period.totals().sum(Measure.COST_USD_E6) != Measure.ABSENT;
            String key = "before " + boundaries.next(period.quarterMillis()) + " " + period.model() + " "
                    + period.promptSize() + " " + told;
            stretches.computeIfAbsent(key, _ -> new Totals()).add(period.totals());
        }
        return stretches.entrySet().stream()
                .map(stretch -> stretch.getKey() + line(stretch.getValue()))
                .toList();
    }

    private List<String> activity(Boundaries boundaries) {
        Map<String, TreeSet<Long>> quarters = new TreeMap<>();
        for (Rollup cell : rollups()) {
            quarters.computeIfAbsent(cell.sessionId(), _ -> new TreeSet<>()).add(cell.quarterMillis());
        }
        return quarters.entrySet().stream()
                .flatMap(of -> {
                    TreeSet<Long> own = of.getValue();
                    long boundary = boundaries.next(own.first());
                    Stream<Long> told = boundary > own.last()
                            ? Stream.of(own.first())
                            : boundaries.next(boundary) > own.last()
                                    ? Stream.of(own.first(), own.last())
                                    : own.stream();
                    return told.map(quarter -> new Activity(of.getKey(), quarter).toString());
                })
                .sorted()
                .toList();
    }

    // A kind that is a known one in its other spelling is that one, once it is read back.
    private static Kind kind(Event event) {
        return Kind.of(event.kind().name());
    }

    private static void add(Totals totals, Event event) {
        boolean error = kind(event).equals(Kind.ERROR) || event.stopReason().equals(Optional.of("error"));
        totals.count(1, error ? 1 : 0, kind(event).equals(Kind.TOOL_CALL) ? 1 : 0);
        for (Measure measure : Measure.ALL) {
            if (measure.additive() && event.measure(measure) != Measure.ABSENT) {
                totals.add(measure, event.measure(measure));
            }
        }
    }

    private static String line(SessionSummary summary) {
        return summary.sessionId() + new TreeMap<>(summary.facts().facts()) + summary.firstOffset() + ".."
                + summary.lastOffset() + " seq " + summary.lastSeq() + " ts " + summary.firstTsMillis() + ".."
                + summary.lastTsMillis() + line(summary.totals());
    }

    private static String line(Rollup rollup) {
        return rollup.sessionId() + " " + rollup.quarterMillis() + " " + rollup.kind() + " " + rollup.model() + " "
                + rollup.tool() + " " + rollup.promptSize() + line(rollup.totals());
    }

    private static String line(Totals totals) {
        StringBuilder line = new StringBuilder(
                " events " + totals.events() + " errors " + totals.errors() + " calls " + totals.toolCalls());
        for (Measure measure : Measure.ALL) {
            if (totals.sum(measure) != Measure.ABSENT) {
                line.append(' ').append(measure.jsonName()).append(' ').append(totals.sum(measure));
            }
        }
        return line.toString();
    }

    /// What is done with each event.
    interface Each {
        void event(Event event, long offset, long position);
    }

    void eachEvent(Each each) {
        entries.forEach(entry -> each.event(entry.event, entry.offset, entry.position));
    }
}
