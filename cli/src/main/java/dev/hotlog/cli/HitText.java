// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventText;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.search.Excerpt;
import dev.hotlog.agents.search.Hit;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionFacts;
import java.io.IOException;

/// What a search finds as two lines to read: whose it is and when, and the text around the place.
final class HitText implements HitPrinter {
    private static final String INDENT = "    ";
    private static final String GAP = "  ";
    private static final int LEAST_COLUMNS = 20;

    private final Desk desk;
    private final History history;
    private final ShortIds ids;
    private final Moments moments;
    private final int columns;

    HitText(Desk desk, History history) throws LogException {
        this.desk = desk;
        this.history = history;
        ids = ShortIds.of(history);
        moments = Moments.minutes(desk.zone());
        columns = Math.max(LEAST_COLUMNS, desk.width() - INDENT.length());
    }

    @Override
    public void print(Hit hit) throws IOException {
        Event event = hit.event();
        String agent = history.facts(event.sessionId()).fact(SessionFacts.AGENT).orElse(Names.UNKNOWN);
        String type = EventText.of(event.kind(), event.payload(), 1).type();
        Ink ink = desk.ink();
        String time = moments.padded(event.tsMillis());
        String id = Printable.line(ids.of(event.sessionId()));
        String what = Printable.line(agent)
                + GAP
                + Printable.line(type + event.tool().map(tool -> " " + tool).orElse(""));
        int left = desk.tableWidth() - TextWidth.of(time + GAP + id + GAP);
        desk.page()
                .line(ink.paint(Colour.DIM, time)
                        + GAP
                        + ink.paint(Colour.YELLOW, id)
                        + GAP
                        + TextWidth.cut(what, left));
        desk.page().line(INDENT + around(hit.excerpt()));
    }

    /// One line, of which what was found is in the middle where the text is long on either side.
    private String around(Excerpt excerpt) {
        String match = TextWidth.cut(Printable.within(excerpt.match()), columns);
        String before = Printable.within(excerpt.before()).stripLeading();
        String after = Printable.within(excerpt.after()).stripTrailing();
        int left = columns - TextWidth.of(match);
        int half = left / 2;
        int afterColumns = Math.min(TextWidth.of(after), Math.max(half, left - TextWidth.of(before)));
        return TextWidth.cutStart(before, left - afterColumns)
                + desk.ink().paint(Colour.RED, match)
                + TextWidth.cut(after, afterColumns);
    }
}
