// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where the entries of a [Timeline] stand on the page: one below the other, each with its time and a label before what
/// it says, under the date where that changes. What a subagent did is indented.
final class TimelineColumn {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", Locale.ENGLISH);
    /// Beside what a subagent did.
    private static final String RULE = "│ ";

    private static final int LABEL_COLUMNS = 12;
    private static final int INDENT = 10 + LABEL_COLUMNS;

    private final Desk desk;
    private final Moments moments;
    private final int depth;
    /// Before every line.
    private final String margin;

    private final int marginColumns;
    private boolean dated;
    private @Nullable LocalDate day;

    private TimelineColumn(Desk desk, int depth) {
        this.desk = desk;
        this.depth = depth;
        moments = Moments.of("HH:mm:ss", desk.zone());
        margin = desk.ink().paint(Colour.MAGENTA, RULE).repeat(depth);
        marginColumns = TextWidth.of(RULE) * depth;
    }

    static TimelineColumn of(Desk desk) {
        return new TimelineColumn(desk, 0);
    }

    /// Of a subagent, which begins under the same date.
    TimelineColumn within() {
        TimelineColumn within = new TimelineColumn(desk, depth + 1);
        within.dated = true;
        within.day = day;
        return within;
    }

    /// Goes on below that of a subagent. Where that told another date the own one is told again.
    void goOn(TimelineColumn within) {
        dated = dated && within.dated && Objects.equals(within.day, day);
    }

    /// Of a longer text it is told how much more there is.
    ///
    /// @param exact whether the time is
    /// @param maxLines of the text
    void entry(
            long millis, boolean exact, String label, Colour labelColour, Colour textColour, Passage said, int maxLines)
            throws IOException {
        dateLine(millis);
        Ink ink = desk.ink();
        String time = moments.padded(millis);
        String shown = desk.onTerminal() ? TextWidth.cut(label, LABEL_COLUMNS - 2) : label;
        String head = ink.paint(Colour.DIM, time) + (exact ? "  " : "~ ") + ink.paint(labelColour, shown);
        String pad = " ".repeat(Math.max(2, LABEL_COLUMNS - TextWidth.of(shown)));
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
        dated = true;
        day = date;
    }
}
