// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.EventText;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionMatch;
import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.CallTimes;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Kind;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.SessionSummary;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Events told to a reader: when, what, and what was said, one below the other.
final class Timeline implements EventPrinter {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.ENGLISH);
    /// What of a session's own turns matters to a reader.
    private static final Set<String> TOLD_LIFECYCLE = Set.of("session_start", "compaction", "interruption", "title");

    /// Beside what a subagent did.
    private static final String RULE = "│ ";

    private static final int FEW_LINES = 2;
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
    /// Before every line.
    private final String margin;
    private final int marginColumns;
    private final int depth;
    private final CallTimes times = new CallTimes();
    private Cost soFar = Cost.NONE;
    private boolean dated;
    private @Nullable LocalDate day;
    private boolean begun;
    /// The title told last; what the session is called is told above the timeline.
    private String title = "";
    private long passedOver;

    /// @param prices what tokens cost where the agent does not tell it
    Timeline(Desk desk, Extent extent, PriceTable prices) {
        this(desk, extent, prices, 0);
    }

    private Timeline(Desk desk, Extent extent, PriceTable prices, int depth) {
        this.depth = depth;
        this.desk = desk;
        this.prices = prices;
        this.extent = extent;
        moments = Moments.of("HH:mm:ss", desk.zone());
        margin = desk.ink().paint(Colour.MAGENTA, RULE).repeat(depth);
        marginColumns = TextWidth.of(RULE) * depth;
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
        OptionalLong took = times.next(event);
        Cost cost = prices.cost(History.cell(event));
        Cost before = soFar;
        soFar = before.plus(cost);
        if (!extent.everything() && isAside(event.kind(), type, said)) {
            passedOver++;
            return;
        }
        boolean failed = event.stopReason().filter("error"::equals).isPresent();
        switch (event.kind().name()) {
            case "message" -> message(event, type, said.foreign() ? clipped(text, FOREIGN_CHARS) : text);
            case "tool_call" -> call(event, text);
            case "tool_result" -> result(event, text, failed, took);
            case "error" -> entry(event, "error", Colour.RED, Colour.RED, text, extent.lines());
            case "cost" ->
                entry(event, "tokens", Colour.DIM, Colour.DIM, Passage.whole(usage(event, cost, before)), fewLines());
            default ->
                entry(event, label(type), Colour.DIM, Colour.DIM, clipped(text, FOREIGN_CHARS), extent.asideLines());
        }
    }

    /// Tells that a subagent begins.
    ///
    /// @return the timeline of what it does
    Timeline subagent(SessionSummary subagent, Cost cost) throws IOException {
        String title = subagent.facts().fact(SessionFacts.TITLE).orElse("");
        String said = Stream.of(
                        title,
                        SessionMatch.ownName(subagent.sessionId()).orElse(subagent.sessionId()),
                        Figures.count(subagent.totals().events(), "event"),
                        Money.any(cost) ? Money.text(cost) : "")
                .filter(part -> !part.isEmpty())
                .map(Printable::line)
                .collect(Collectors.joining(" · "));
        entry(
                subagent.firstTsMillis(),
                true,
                "subagent",
                Colour.MAGENTA,
                Colour.BOLD,
                Passage.whole(said),
                extent.lines());
        Timeline within = new Timeline(desk, extent, prices, depth + 1);
        within.dated = true;
        within.day = day;
        return within;
    }

    /// Goes on after the timeline of a subagent. Where that told another date the own one is told again.
    void goOn(Timeline within) {
        dated = dated && within.dated && Objects.equals(within.day, day);
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

    private void call(EventView event, Passage input) throws IOException {
        String tool = Printable.line(event.tool().orElse("tool"));
        String told;
        if (extent.everything()) {
            String whole =
                    Printable.block(EventText.wholeInput(event.payload())).strip();
            told = whole.isEmpty() ? tool + "  " + input.text() : tool + "\n" + whole;
        } else {
            told = tool + "  "
                    + Passage.whole(Printable.line(input.text()))
                            .cut(BRIEF_CHARS)
                            .text();
        }
        entry(event, "call", Colour.BLUE, Colour.PLAIN, Passage.whole(told), fewLines());
    }

    /// Of what is told in a line or two.
    private int fewLines() {
        return extent.everything() ? Integer.MAX_VALUE : FEW_LINES;
    }

    /// Of a result that went well its size and first line do.
    private void result(EventView event, Passage text, boolean failed, OptionalLong took) throws IOException {
        String time = took.isPresent() ? Figures.took(took.getAsLong()) : "";
        if (failed) {
            entry(event, "failed", Colour.RED, Colour.RED, text.after(time), extent.lines());
        } else if (extent.everything()) {
            entry(event, "result", Colour.DIM, Colour.DIM, text.after(time), extent.lines());
        } else {
            long lines = text.text().lines().count();
            String first = afterHead(text.text())
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .findFirst()
                    .orElse("");
            String size = lines > 1 ? text.count(lines, "line") : "";
            String about = time.isEmpty() || size.isEmpty() ? time + size : time + ", " + size;
            Passage told = Passage.whole(TextWidth.cut(first, BRIEF_CHARS));
            entry(event, "result", Colour.DIM, Colour.DIM, told.after(about), 2);
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

    /// @param before what all events before it cost
    private String usage(EventView event, Cost cost, Cost before) {
        String model = event.model().map(Names::model).orElse("");
        String sum = !Money.any(before) || !cost.isKnown() ? "" : " · " + Money.text(soFar) + " so far";
        String tokens =
                Tokens.line(Money.figures(event::measure, cost)) + (cost.isPartial() ? " · no price" : "") + sum;
        return Printable.line(model.isEmpty() || tokens.isEmpty() ? model + tokens : model + " · " + tokens);
    }

    private Passage clipped(Passage text, int chars) {
        return extent.everything() ? text : text.cut(chars);
    }

    private void entry(EventView event, String label, Colour labelColour, Colour textColour, Passage said, int maxLines)
            throws IOException {
        entry(event.cappedMillis(), event.tsExact(), label, labelColour, textColour, said, maxLines);
    }

    private void entry(
            long millis, boolean exact, String label, Colour labelColour, Colour textColour, Passage said, int maxLines)
            throws IOException {
        dateLine(millis);
        Ink ink = desk.ink();
        String time = moments.padded(millis);
        String head = ink.paint(Colour.DIM, time)
                + (exact ? "  " : "~ ")
                + ink.paint(labelColour, TextWidth.cut(label, LABEL_COLUMNS - 2));
        String pad = " ".repeat(LABEL_COLUMNS - TextWidth.of(TextWidth.cut(label, LABEL_COLUMNS - 2)));
        List<String> lines = desk.wrapped(said.text(), marginColumns + INDENT);
        if (lines.isEmpty()) {
            line(head);
            return;
        }
        for (int i = 0; i < Math.min(lines.size(), maxLines); i++) {
            String line = lines.get(i).stripTrailing();
            String before = i == 0 ? head + pad : line.isEmpty() ? "" : " ".repeat(INDENT);
            line(before + ink.paint(textColour, line));
        }
        if (lines.size() > maxLines) {
            String more = "… " + said.count(lines.size() - maxLines, "more line") + " (--full)";
            line(" ".repeat(INDENT) + ink.paint(Colour.DIM, more));
        }
    }

    private void line(String line) throws IOException {
        desk.page().line((margin + line).stripTrailing());
    }

    private void dateLine(long millis) throws IOException {
        LocalDate date = moments.day(millis).orElse(day);
        if (!dated || !Objects.equals(date, day)) {
            line("");
            if (date != null) {
                line(desk.ink().paint(Colour.BOLD, DAY.format(date)));
            }
        }
        begun = true;
        dated = true;
        day = date;
    }
}
