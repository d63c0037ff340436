// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventTime;
import dev.hotlog.agents.price.Cost;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What is known of a session, above its timeline.
final class SessionHead {
    private static final int LABEL_COLUMNS = 10;

    private final Desk desk;

    SessionHead(Desk desk) {
        this.desk = desk;
    }

    void print(SessionSummary session, SessionStory story) throws IOException {
        SessionFacts facts = session.facts();
        Optional<String> title = facts.fact(SessionFacts.TITLE);
        if (title.isPresent()) {
            for (String line : desk.wrapped(Printable.line(title.get()), 0)) {
                desk.page().line(desk.ink().paint(Colour.BOLD, line));
            }
        }
        field("session", session.sessionId());
        field("agent", words(facts, SessionFacts.AGENT, SessionFacts.VERSION));
        field("model", models(facts, story));
        field("project", words(facts, SessionFacts.WORKSPACE, SessionFacts.BRANCH));
        field("parent", facts.fact(SessionFacts.PARENT).orElse(""));
        field("started", started(session.firstTsMillis(), session.lastTsMillis()));
        field(
                "events",
                Figures.count(session.totals().events())
                        + (session.totals().errors() == 0
                                ? ""
                                : ", " + Figures.count(session.totals().errors(), "error")));
        field(
                "tokens",
                Tokens.line(Money.figures(session.totals()::sum, Cost.NONE))
                        + (Tokens.areIncomplete(facts) ? ", and more that was never told" : ""));
        field("cost", cost(story.cost()));
        field("subagents", story.subagents() == 0 ? "" : subagents(story));
    }

    /// The one it had last, and then the others.
    private static String models(SessionFacts facts, SessionStory story) {
        Set<String> models = new LinkedHashSet<>();
        facts.fact(SessionFacts.MODEL).ifPresent(models::add);
        models.addAll(story.models());
        return String.join(", ", models);
    }

    private String started(long start, long end) {
        String text = Moments.minutes(desk.zone()).textAndAge(start, desk.now().toEpochMilli());
        boolean timed = EventTime.isKnown(start) && EventTime.isKnown(end);
        return timed ? text + ", " + Figures.span(end - start) + " long" : text;
    }

    private static String subagents(SessionStory story) {
        String cost = cost(story.costOfSubagents());
        return Figures.count(story.subagents()) + (cost.isEmpty() ? "" : ", " + cost + " beside that");
    }

    private static String cost(Cost cost) {
        if (!Money.any(cost)) {
            return "";
        }
        return Money.text(cost) + (cost.isPartial() ? ", no price for " + Money.share(cost) : "");
    }

    private static String words(SessionFacts facts, String name, String aside) {
        String word = facts.fact(name).orElse("");
        return facts.fact(aside).map(more -> word + " (" + more + ")").orElse(word);
    }

    private void field(String name, String value) throws IOException {
        String label = name;
        for (String line : desk.wrapped(Printable.line(value), LABEL_COLUMNS)) {
            String padded = String.format(Locale.ROOT, "%-" + LABEL_COLUMNS + "s", label);
            desk.page().line(desk.ink().paint(Colour.DIM, padded) + line);
            label = "";
        }
    }
}
