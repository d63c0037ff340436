// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.EventTime;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.SessionCosts;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.Replay;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A session's timeline, with those of its subagents indented where they begin. A subagent is a session below another,
/// or one that another started while it was at work itself; what was forked off it is none.
final class SessionStory {
    private final Desk desk;
    private final History history;
    private final PriceTable prices;
    private final DamageSeen damage;
    private final SessionSummary session;
    /// Of the session and its subagents, each below its parent.
    private final Map<String, List<SessionSummary>> subagents;
    private final SessionCosts costs;
    private final Set<String> models = new TreeSet<>();
    private long passedOver;

    private SessionStory(
            Desk desk,
            History history,
            SessionSummary session,
            PriceTable prices,
            DamageSeen damage,
            Map<String, List<SessionSummary>> subagents)
            throws IOException {
        this.desk = desk;
        this.history = history;
        this.session = session;
        this.prices = prices;
        this.damage = damage;
        this.subagents = subagents;
        costs = new SessionCosts(prices);
        history.cells(only(subagents.keySet()), Span.ALWAYS, this::count);
    }

    private void count(Rollup cell) {
        costs.add(cell);
        if (cell.sessionId().equals(session.sessionId())) {
            cell.model().ifPresent(models::add);
        }
    }

    /// Of that session and its subagents. To find them, all sessions are looked at.
    static SessionStory whole(Desk desk, History history, SessionSummary session, PriceTable prices, DamageSeen damage)
            throws IOException {
        return new SessionStory(desk, history, session, prices, damage, subagents(history, session));
    }

    /// Of that session, as if it had no subagents.
    static SessionStory alone(Desk desk, History history, SessionSummary session, PriceTable prices, DamageSeen damage)
            throws IOException {
        return new SessionStory(desk, history, session, prices, damage, Map.of(session.sessionId(), List.of()));
    }

    private static Map<String, List<SessionSummary>> subagents(History history, SessionSummary session)
            throws IOException {
        Map<String, List<SessionSummary>> children = new HashMap<>();
        try (Stream<SessionSummary> all = history.sessions(SessionFilter.ALL, Span.ALWAYS)) {
            all.forEach(each -> each.facts()
                    .fact(SessionFacts.PARENT)
                    .ifPresent(parent -> children.computeIfAbsent(parent, _ -> new ArrayList<>())
                            .add(each)));
        }
        Map<String, List<SessionSummary>> subagents = new LinkedHashMap<>();
        Deque<SessionSummary> left = new ArrayDeque<>(List.of(session));
        while (!left.isEmpty()) {
            SessionSummary parent = left.remove();
            List<SessionSummary> own = children.getOrDefault(parent.sessionId(), List.of()).stream()
                    .filter(child -> isSubagent(child, parent) && !subagents.containsKey(child.sessionId()))
                    .sorted(Comparator.comparingLong(SessionSummary::firstTsMillis))
                    .toList();
            subagents.put(parent.sessionId(), own);
            left.addAll(own);
        }
        return subagents;
    }

    private static boolean isSubagent(SessionSummary child, SessionSummary parent) {
        boolean forked = child.facts().fact(SessionFacts.FORKED_FROM).isPresent();
        return child.sessionId().startsWith(parent.sessionId() + "/") || (!forked && startedDuring(parent, child));
    }

    private static boolean startedDuring(SessionSummary parent, SessionSummary child) {
        return EventTime.isKnown(child.firstTsMillis())
                && child.firstTsMillis() >= parent.firstTsMillis()
                && child.firstTsMillis() <= parent.lastTsMillis();
    }

    private static SessionFilter only(Set<String> ids) {
        return new SessionFilter(ids, Set.of(), Set.of());
    }

    /// What the session itself cost.
    Cost cost() {
        return costs.of(session.sessionId());
    }

    /// Those that the session itself had, in the order of their names.
    Set<String> models() {
        return Collections.unmodifiableSet(models);
    }

    int subagents() {
        return subagents.size() - 1;
    }

    Cost costOfSubagents() {
        return subagents.keySet().stream()
                .filter(id -> !id.equals(session.sessionId()))
                .map(costs::of)
                .reduce(Cost.NONE, Cost::plus);
    }

    /// Of all of them: see [Timeline#passedOver].
    long passedOver() {
        return passedOver;
    }

    void print(Timeline.Extent extent) throws IOException {
        print(session, new Timeline(desk, extent, prices));
    }

    private void print(SessionSummary teller, Timeline timeline) throws IOException {
        Deque<SessionSummary> waiting = new ArrayDeque<>(subagents.getOrDefault(teller.sessionId(), List.of()));
        try (Replay events = events(teller)) {
            for (EventView event : events) {
                while (!waiting.isEmpty() && waiting.element().firstTsMillis() < event.cappedMillis()) {
                    printSubagent(waiting.remove(), timeline);
                }
                timeline.print(event);
            }
        }
        while (!waiting.isEmpty()) {
            printSubagent(waiting.remove(), timeline);
        }
        passedOver += timeline.passedOver();
    }

    private void printSubagent(SessionSummary subagent, Timeline timeline) throws IOException {
        Timeline within = timeline.subagent(subagent, costs.of(subagent.sessionId()));
        print(subagent, within);
        timeline.goOn(within);
    }

    /// The events of one of them.
    Replay events(SessionSummary teller) throws IOException {
        return history.replay(EventFilter.ALL.of(only(Set.of(teller.sessionId()))))
                .onDamage(damage);
    }
}
