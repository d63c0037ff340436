// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventText;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Kind;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Events told to a reader: when, what, and what was said, one below the other.
final class Timeline implements EventPrinter {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.ENGLISH);
    /// What of a session's own turns matters to a reader.
    private static final Set<String> TOLD_LIFECYCLE = Set.of("session_start", "compaction", "interruption", "title");

    private static final int HEAD_LINES = 8;
    /// What is shown of a text that is none of a conversation.
    private static final int FOREIGN_CHARS = 400;
    /// What is shown of a tool's input or result.
    private static final int BRIEF_CHARS = 200;

    private static final int LABEL_COLUMNS = 12;
    private static final int INDENT = 10 + LABEL_COLUMNS;

    private final Desk desk;
    private final Moments moments;
    private final Extent extent;
    private final PriceTable prices;
    private @Nullable LocalDate day;
    private boolean begun;
    /// The title told last; what the session is called is told above the timeline.
    private String title = "";
    private long passedOver;

    /// @param prices what tokens cost where the agent does not tell it
    Timeline(Desk desk, Extent extent, PriceTable prices) {
        this.desk = desk;
        this.prices = prices;
        this.extent = extent;
        moments = Moments.of("HH:mm:ss", desk.zone());
    }

    /// How much of long texts is told.
    ///
    /// @param lines of what was said, at most
    /// @param asideLines … of thinking and the like
    /// @param chars of any text, about so many at most
    /// @param everything hooks and the like as well
    record Extent(int lines, int asideLines, int chars, boolean everything) {
        static final Extent SHORT = new Extent(24, 3, 1 << 16, false);
        static final Extent FULL = new Extent(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, true);
    }

    @Override
    public void print(EventView event) throws IOException {
        EventText said = EventText.of(event.kind(), event.payload(), extent.chars());
        // A character is not cut in two, so that what was cut may be one short.
        boolean whole = said.text().length() < extent.chars() - 1;
        Passage text = new Passage(Printable.block(said.text()).strip(), whole);
        String type = Printable.line(said.type());
        if (!extent.everything() && isAside(event.kind(), type, said)) {
            passedOver++;
            return;
        }
        boolean failed = event.stopReason().filter("error"::equals).isPresent();
        switch (event.kind().name()) {
            case "message" -> message(event, type, said.foreign() ? clipped(text, FOREIGN_CHARS) : text);
            case "tool_call" -> call(event, Printable.line(text.text()));
            case "tool_result" -> result(event, text, failed);
            case "error" -> entry(event, "error", Colour.RED, Colour.RED, text, extent.lines());
            case "cost" -> entry(event, "tokens", Colour.DIM, Colour.DIM, Passage.whole(usage(event)), 2);
            default ->
                entry(event, label(type), Colour.DIM, Colour.DIM, clipped(text, FOREIGN_CHARS), extent.asideLines());
        }
    }

    /// How many events were not told: a session's own workings that few want to see.
    long passedOver() {
        return passedOver;
    }

    private boolean isAside(Kind kind, String type, EventText said) {
        if (kind.equals(Kind.LIFECYCLE)) {
            return type.equals("title")
                    ? !isNewTitle(said.text())
                    : !TOLD_LIFECYCLE.contains(type)
                            && !(said.foreign() && !said.text().isBlank());
        }
        return kind.equals(Kind.HOOK)
                || (kind.equals(Kind.MESSAGE) && said.text().isBlank());
    }

    /// Whether a title is another than before. Some agents tell it again and again.
    private boolean isNewTitle(String told) {
        boolean another = begun && !told.isBlank() && !told.equals(title);
        title = told;
        return another;
    }

    private void message(EventView event, String type, Passage text) throws IOException {
        switch (type) {
            case "prompt" -> entry(event, type, Colour.CYAN, Colour.BOLD, text, extent.lines());
            case "thinking" -> entry(event, type, Colour.DIM, Colour.DIM, text, extent.asideLines());
            default -> entry(event, type, Colour.GREEN, Colour.PLAIN, text, extent.lines());
        }
    }

    private void call(EventView event, String input) throws IOException {
        String tool = Printable.line(event.tool().orElse("tool"));
        Passage told = Passage.whole(
                tool + "  " + clipped(Passage.whole(input), BRIEF_CHARS).text());
        entry(event, "call", Colour.BLUE, Colour.PLAIN, told, 2);
    }

    /// Of a result that went well its size and first line do.
    private void result(EventView event, Passage text, boolean failed) throws IOException {
        if (failed) {
            entry(event, "failed", Colour.RED, Colour.RED, text, extent.lines());
        } else if (extent.everything()) {
            entry(event, "result", Colour.DIM, Colour.DIM, text, extent.lines());
        } else {
            long lines = text.text().lines().count();
            String first = afterHead(text.text())
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse("");
            String size = lines > 1 ? "(" + text.count(lines, "line") + ") " : "";
            Passage told = Passage.whole(size + TextWidth.cut(first, BRIEF_CHARS));
            entry(event, "result", Colour.DIM, Colour.DIM, told, 2);
        }
    }

    /// Some agents put how a command ended before what it said: a few lines, the last of them `Output:`.
    private static String afterHead(String text) {
        String[] lines = text.split("\n", HEAD_LINES + 1);
        for (int i = 0; i < lines.length - 1; i++) {
            if (lines[i].strip().equals("Output:")) {
                return String.join("\n", Arrays.asList(lines).subList(i + 1, lines.length));
            }
        }
        return text;
    }

    private static String label(String type) {
        return switch (type) {
            case "session_start" -> "start";
            case "interruption" -> "stopped";
            default -> type;
        };
    }

    private String usage(EventView event) {
        String model = event.model().map(Names::model).orElse("");
        Cost cost = prices.cost(History.cell(event));
        String tokens = Tokens.line(Money.figures(event::measure, cost)) + (cost.isPartial() ? " · no price" : "");
        return Printable.line(model.isEmpty() || tokens.isEmpty() ? model + tokens : model + " · " + tokens);
    }

    private Passage clipped(Passage text, int chars) {
        return extent.everything() ? text : text.cut(chars);
    }

    /// What there is to print of what an event says.
    ///
    /// @param whole whether that is all it says: of what was cut, nobody counts how much it was
    private record Passage(String text, boolean whole) {
        static Passage whole(String text) {
            return new Passage(text, true);
        }

        Passage cut(int columns) {
            String cut = TextWidth.cut(text, columns);
            return new Passage(cut, whole && cut.equals(text));
        }

        String count(long number, String unit) {
            return (whole ? "" : "at least ") + Figures.count(number, unit);
        }
    }

    private void entry(EventView event, String label, Colour labelColour, Colour textColour, Passage said, int maxLines)
            throws IOException {
        dateLine(event);
        Ink ink = desk.ink();
        String time = moments.padded(event.cappedMillis());
        String head = ink.paint(Colour.DIM, time)
                + (event.tsExact() ? "  " : "~ ")
                + ink.paint(labelColour, TextWidth.cut(label, LABEL_COLUMNS - 2));
        String pad = " ".repeat(LABEL_COLUMNS - TextWidth.of(TextWidth.cut(label, LABEL_COLUMNS - 2)));
        List<String> lines = desk.wrapped(said.text(), INDENT);
        if (lines.isEmpty()) {
            desk.page().line(head);
            return;
        }
        for (int i = 0; i < Math.min(lines.size(), maxLines); i++) {
            String line = lines.get(i).stripTrailing();
            String before = i == 0 ? head + pad : line.isEmpty() ? "" : " ".repeat(INDENT);
            desk.page().line(before + ink.paint(textColour, line));
        }
        if (lines.size() > maxLines) {
            desk.page()
                    .line(" ".repeat(INDENT)
                            + ink.paint(
                                    Colour.DIM, "… " + said.count(lines.size() - maxLines, "more line") + " (--full)"));
        }
    }

    private void dateLine(EventView event) throws IOException {
        LocalDate date = moments.day(event.cappedMillis()).orElse(day);
        if (!begun || !Objects.equals(date, day)) {
            desk.page().line();
            if (date != null) {
                desk.page().line(desk.ink().paint(Colour.BOLD, DAY.format(date)));
            }
        }
        begun = true;
        day = date;
    }
}
