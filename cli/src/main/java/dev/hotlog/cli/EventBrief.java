// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventText;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Kind;
import java.io.IOException;

/// An event as one line to read: when, whose, what.
final class EventBrief implements EventPrinter {
    private static final int ID_COLUMNS = 9;
    private static final int LABEL_COLUMNS = 12;
    private static final int INDENT = 14 + 2 + ID_COLUMNS + 2 + LABEL_COLUMNS + 2;
    private static final int MAX_CHARS = 1000;

    private final Desk desk;
    private final Moments moments;
    private final int columns;

    EventBrief(Desk desk) {
        this.desk = desk;
        moments = Moments.of("MM-dd HH:mm:ss", desk.zone());
        columns = desk.width() - INDENT;
    }

    @Override
    public void print(EventView event) throws IOException {
        EventText said = EventText.of(event.kind(), event.payload(), MAX_CHARS);
        boolean call = event.kind().equals(Kind.TOOL_CALL);
        boolean cost = event.kind().equals(Kind.COST);
        String label =
                TextWidth.cut(Printable.line(call ? event.tool().orElse("tool_call") : said.type()), LABEL_COLUMNS);
        String text = Printable.line(cost ? Tokens.line(event::measure) : said.text());
        String id = TextWidth.cut(Printable.line(event.sessionId()), ID_COLUMNS);
        Ink ink = desk.ink();
        desk.page()
                .line(ink.paint(Colour.DIM, moments.padded(event.cappedMillis()))
                        + "  " + ink.paint(Colour.YELLOW, id) + " ".repeat(ID_COLUMNS - TextWidth.of(id))
                        + "  " + ink.paint(colour(event), label)
                        + (text.isEmpty() || columns <= 0
                                ? ""
                                : " ".repeat(LABEL_COLUMNS + 2 - TextWidth.of(label)) + TextWidth.cut(text, columns)));
    }

    private static Colour colour(EventView event) {
        return switch (event.kind().name()) {
            case "error" -> Colour.RED;
            case "message" -> Colour.GREEN;
            case "tool_call" -> Colour.BLUE;
            default -> Colour.DIM;
        };
    }
}
