// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.history;

import dev.hotlog.event.Activity;
import dev.hotlog.event.Boundaries;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Kind;
import dev.hotlog.event.LogException;
import dev.hotlog.event.Measure;
import dev.hotlog.event.PeriodTotals;
import dev.hotlog.event.PromptSize;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.event.Totals;
import dev.hotlog.log.HotLogReader;
import dev.hotlog.log.Replay;
import dev.hotlog.log.Tail;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What a log tells, as it was when asked; beside a live writer, later questions may see more.
///
/// For one thread, like the filters and streams that come from it; but for [#lastFirst].
public final class History implements AutoCloseable {
    /// What a prompt is made of.
    private static final List<Measure> PROMPT =
            List.of(Measure.TOKENS_IN, Measure.CACHE_READ_TOKENS, Measure.CACHE_CREATION_TOKENS);

    private final HotLogReader log;
    private final Map<String, SessionFacts> facts = new ConcurrentHashMap<>();

    private History(HotLogReader log) {
        this.log = log;
    }

    /// @throws LogException.Missing when there is no log in that folder
    public static History open(Path directory) throws LogException {
        return new History(HotLogReader.open(directory));
    }

    /// What a session id, or the beginning of one, stands for: see [SessionMatch#of].
    public SessionMatch match(String asked) throws LogException {
        return log.session(asked).isPresent()
                ? new SessionMatch.One(asked)
                : SessionMatch.of(asked, log.sessionIds(""));
    }

    /// The ids of all sessions, in no order.
    public Set<String> sessionIds() throws LogException {
        return log.sessionIds("");
    }

    /// The sessions that are meant and have been at work in that time, newest first, lazily.
    public Stream<SessionSummary> sessions(SessionFilter filter, Span span) throws LogException {
        Stream<SessionSummary> sessions =
                filter.ids().size() == 1 ? log.session(filter.ids().iterator().next()).stream() : log.sessions();
        return sessions.filter(session ->
                filter.accepts(session.facts()) && span.touches(session.firstTsMillis(), session.lastTsMillis()));
    }

    /// The kinds and tools that the log's events are of, from the indexes.
    public Vocabulary eventNames() throws LogException {
        Vocabulary names = Vocabulary.empty();
        log.rollups(cell -> {
            names.kinds().add(cell.kind().name());
            cell.tool().ifPresent(names.tools()::add);
        });
        return names;
    }

    /// The agents and projects that the log's sessions are of, from the indexes.
    public Vocabulary sessionNames() throws LogException {
        Vocabulary names = Vocabulary.empty();
        try (Stream<SessionSummary> sessions = log.sessions()) {
            sessions.forEach(session -> names.add(session.facts()));
        }
        return names;
    }

    /// What the log has lost, so that sessions and sums lack it: see [HotLogReader#damage()].
    public List<Damage> lost() throws LogException {
        return log.damage();
    }

    public Optional<SessionSummary> session(String id) throws LogException {
        return log.session(id);
    }

    /// What is known of a session, looked up once; empty facts when nothing is.
    ///
    /// @throws UncheckedIOException with the [LogException] when the log cannot tell
    public SessionFacts facts(String sessionId) {
        SessionFacts known = facts.get(sessionId);
        if (known == null) {
            known = ask(sessionId);
            if (!known.facts().isEmpty()) {
                facts.put(sessionId, known);
            }
        }
        return known;
    }

    private SessionFacts ask(String sessionId) {
        try {
            return log.facts(sessionId).orElseGet(() -> new SessionFacts(sessionId, Map.of()));
        } catch (LogException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<Event> get(String sessionId, long seq) throws LogException {
        return log.get(sessionId, seq);
    }

    /// The event at that offset: see [HotLogReader#at].
    public Optional<Event> at(long offset) throws LogException {
        return log.at(offset);
    }

    public OptionalLong offsetOf(String sessionId, long seq) throws LogException {
        return log.offsetOf(sessionId, seq);
    }

    /// The events that are meant, in log order. Close it.
    public Replay replay(EventFilter filter) throws LogException {
        return checked(ofIndexes(filter), filter);
    }

    /// The events that are meant, in parts of which the one with the events that came last is first; in each of them
    /// they are in log order. Each part may be gone through by a thread of its own.
    ///
    /// @param events that a part has at most; where one session is meant it has a segment's
    public List<Replay> lastFirst(EventFilter filter, int events) throws LogException {
        return ofIndexes(filter).lastFirst(events).stream()
                .map(part -> checked(part, filter))
                .toList();
    }

    /// What the indexes narrow down.
    private Replay ofIndexes(EventFilter filter) throws LogException {
        Replay replay = log.replay().from(filter.fromOffset());
        if (filter.sessions().ids().size() == 1) {
            replay = replay.session(filter.sessions().ids().iterator().next());
        }
        if (filter.span().sinceMillis() > 0) {
            replay = replay.since(filter.span().sinceMillis());
        }
        if (filter.span().untilMillis() < Long.MAX_VALUE) {
            replay = replay.until(filter.span().untilMillis());
        }
        return replay;
    }

    /// With a test of its own, which is for one thread.
    private Replay checked(Replay replay, EventFilter filter) {
        return filter.isAll() ? replay : replay.where(test(filter));
    }

    /// Whether an event is meant, for those that come by another way, such as a tail.
    public Predicate<EventView> test(EventFilter filter) {
        SessionGate gate = new SessionGate(filter.sessions(), this::facts);
        return event -> filter.acceptsAlone(event) && gate.accepts(event);
    }

    /// What comes from that offset on, as it is appended. Close it.
    public Tail tail(long fromOffset) {
        return log.tail(fromOffset);
    }

    public long firstOffset() throws LogException {
        return log.firstOffset();
    }

    /// The offset that the next event will have, of what is visible now.
    public long nextOffset() throws LogException {
        return log.nextOffset();
    }

    /// The sums of those sessions in that time, from the indexes; a cell may come in several parts. Where the time
    /// begins or ends within a quarter of an hour, the events of that quarter are read, so that the sums are exact.
    public void cells(SessionFilter filter, Span span, Consumer<Rollup> each) throws LogException {
        SessionGate gate = new SessionGate(filter, this::facts);
        Consumer<Rollup> gated = cell -> {
            if (span.coversQuarter(cell.quarterMillis()) && gate.accepts(cell.sessionId())) {
                each.accept(cell);
            }
        };
        if (filter.ids().isEmpty()) {
            log.rollups(span.sinceMillis(), span.untilMillis(), gated);
        }
        for (String id : filter.ids()) {
            log.rollups(id, gated);
        }
        edges(filter, span, each);
    }

    /// The cells of that time that are in none of its whole quarters of an hour.
    public void edges(SessionFilter filter, Span span, Consumer<Rollup> each) throws LogException {
        for (Span edge : span.ragged()) {
            try (Replay events = replay(EventFilter.ALL.of(filter).during(edge))) {
                events.forEach(event -> each.accept(cell(event)));
            }
        }
    }

    /// The sums over all sessions of the whole quarters of an hour in that time, from the indexes: what [#cells] gives
    /// but for [#edges], in far fewer pieces. None of them has a boundary in it.
    public void periods(Span span, Boundaries boundaries, Consumer<PeriodTotals> each) throws LogException {
        log.periods(span.sinceMillis(), span.untilMillis(), boundaries.and(span.ends()), period -> {
            if (span.coversQuarter(period.quarterMillis())) {
                each.accept(period);
            }
        });
    }

    /// When sessions had events, within the whole quarters of an hour in that time: see [HotLogReader#activity].
    public void activity(Span span, Boundaries boundaries, Consumer<Activity> each) throws LogException {
        log.activity(span.sinceMillis(), span.untilMillis(), boundaries.and(span.ends()), activity -> {
            if (span.coversQuarter(activity.quarterMillis())) {
                each.accept(activity);
            }
        });
    }

    /// Whether an event is one of those that [Totals#errors] counts: an error, or something that ended in one.
    public static boolean isError(EventView event) {
        return event.kind().equals(Kind.ERROR)
                || event.stopReason().filter("error"::equals).isPresent();
    }

    /// The cell of one event alone.
    public static Rollup cell(EventView event) {
        Totals totals = new Totals();
        totals.count(1, isError(event) ? 1 : 0, event.kind().equals(Kind.TOOL_CALL) ? 1 : 0);
        for (Measure measure : Measure.ALL) {
            if (measure.additive() && event.has(measure)) {
                totals.add(measure, event.measure(measure));
            }
        }
        return new Rollup(
                event.sessionId(),
                Rollup.quarterOf(event.cappedMillis()),
                event.kind(),
                event.model(),
                event.tool(),
                PromptSize.of(PROMPT.stream().mapToLong(totals::sumOrZero).sum()),
                totals);
    }

    @Override
    public void close() {
        log.close();
    }
}
