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
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Events told to a reader: what each of them was, and what was said.
final class Timeline implements EventPrinter {
    /// What of a session's own turns matters to a reader.
    private static final Set<String> TOLD_LIFECYCLE = Set.of("session_start", "compaction", "interruption", "title");

    private static final int FEW_LINES = 2;
    private static final int HEAD_LINES = 8;
    /// What is shown of a text that is none of a conversation.
    private static final int FOREIGN_CHARS = 400;
    /// What is shown of a tool's input or result.
    private static final int BRIEF_CHARS = 200;

    private final Desk desk;
    private final Extent extent;
    private final PriceTable prices;
    private final TimelineColumn column;
    private final CallTimes times = new CallTimes();
    private Cost soFar = Cost.NONE;
    private boolean begun;
    /// The title told last; what the session is called is told above the timeline.
    private String title = "";
    private long passedOver;

    /// @param prices what tokens cost where the agent does not tell it
    Timeline(Desk desk, Extent extent, PriceTable prices) {
        this(desk, extent, prices, TimelineColumn.of(desk));
    }

    private Timeline(Desk desk, Extent extent, PriceTable prices, TimelineColumn column) {
        this.desk = desk;
        this.extent = extent;
        this.prices = prices;
        this.column = column;
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
        begun = true;
        column.entry(
                subagent.firstTsMillis(),
                true,
                "subagent",
                Colour.MAGENTA,
                Colour.BOLD,
                Passage.whole(said),
                extent.lines());
        return new Timeline(desk, extent, prices, column.within());
    }

    /// Goes on after the timeline of a subagent. Where that told another date the own one is told again.
    void goOn(Timeline within) {
        column.goOn(within.column);
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
        begun = true;
        column.entry(event.cappedMillis(), event.tsExact(), label, labelColour, textColour, said, maxLines);
    }
}
