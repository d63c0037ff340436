// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.number;
import static dev.hotlog.cli.Table.Column.text;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.Project;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.BlockPace;
import dev.hotlog.agents.report.Grouping;
import dev.hotlog.agents.report.Report;
import dev.hotlog.cli.Table.Cell;
import dev.hotlog.cli.Table.Column;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// A report's rows, and for people the sum of them below.
final class ReportListing {
    private static final String LEGEND =
            "INPUT is what was neither read from a cache nor written to one; OUTPUT includes reasoning.";
    private static final int BAR_COLUMNS = 10;
    private static final Map<Measure, Column> TOKENS = Map.of(
            Measure.TOKENS_IN, number("INPUT").keep(8),
            Measure.TOKENS_OUT, number("OUTPUT").keep(9),
            Measure.REASONING_TOKENS, number("REASONING").keep(2),
            Measure.CACHE_CREATION_TOKENS, number("CACHE WRITE").keep(5),
            Measure.CACHE_READ_TOKENS, number("CACHE READ").keep(7));

    /// A project by the last names of its path: one, where that tells which is meant.
    private static final List<UnaryOperator<String>> FOLDERS = IntStream.rangeClosed(1, 4)
            .<UnaryOperator<String>>mapToObj(count -> path -> new Project(path).lastNames(count))
            .toList();

    private final Desk desk;
    private final History history;
    private final Report report;
    private final UnaryOperator<String> shortIds;
    private final Optional<BlockFields> blocks;

    /// @param pace of the block that runs now
    ReportListing(Desk desk, History history, Report report, Optional<BlockPace> pace) throws IOException {
        this.desk = desk;
        this.history = history;
        this.report = report;
        // Not without need: to shorten one, all are read.
        shortIds = report.by().contains(Grouping.SESSION) ? ShortIds.of(history)::of : UnaryOperator.identity();
        blocks = report.by().equals(List.of(Grouping.BLOCK))
                ? Optional.of(new BlockFields(report, pace))
                : Optional.empty();
    }

    void print(Form form) throws IOException {
        Listing.Rows<Report.Row> rows = new Listing<>(desk, fields()).in(form);
        for (Report.Row row : report.rows()) {
            rows.row(row);
        }
        rows.end(new Report.Row(List.of(), report.total()));
        if (form == Form.TABLE && blocks.isPresent()) {
            blocks.get().tell(desk);
        }
        if (form == Form.TABLE && desk.onTerminal() && hasTokens()) {
            desk.page().line();
            for (String line : desk.wrapped(LEGEND, 0)) {
                desk.page().line(desk.ink().paint(Colour.DIM, line));
            }
        }
    }

    private List<Field<Report.Row>> fields() {
        List<Field<Report.Row>> fields = new ArrayList<>();
        for (int i = 0; i < report.by().size(); i++) {
            fields.add(key(i));
        }
        blocks.ifPresent(more -> fields.add(more.gap()));
        Field<Report.Row> sessions = whole("sessions", row -> row.sums().sessions());
        if (report.by().contains(Grouping.SESSION)) {
            int at = report.by().indexOf(Grouping.SESSION);
            fields.add(Field.shown(
                    text("TITLE").keep(1).bending(),
                    row -> Cell.of(title(row.key().get(at)))));
            fields.add(sessions);
        } else {
            fields.add(sessions.as(number("SESSIONS").keep(3)));
        }
        fields.add(whole("events", row -> row.sums().totals().events())
                .as(number("EVENTS").keep(4)));
        if (report.by().contains(Grouping.TOOL)) {
            fields.add(whole("calls", row -> row.sums().totals().toolCalls()).as(number("CALLS")));
            Field<Report.Row> errors =
                    whole("errors", row -> row.sums().totals().errors());
            fields.add(errors.as(
                    number("ERRORS"), row -> Cell.errors(row.sums().totals().errors())));
        }
        UsageFields<Report.Row> usage =
                new UsageFields<>(row -> row.sums().totals(), row -> row.sums().cost());
        fields.addAll(usage.tokens(hasTokens() ? TOKENS : Map.of()));
        if (hasTokens()) {
            fields.add(usage.all(number("TOTAL").keep(10)));
        }
        boolean money = Money.any(report.total().cost());
        fields.add(money ? usage.money(number("COST")) : usage.money());
        fields.add(usage.unpriced());
        if (desk.draws() && report.by().size() == 1 && report.by().getFirst().isTime() && hasTokens()) {
            fields.add(bar());
        }
        blocks.ifPresent(more -> fields.addAll(more.ofPace()));
        return fields;
    }

    private Field<Report.Row> bar() {
        long largest = report.rows().stream()
                .mapToLong(row -> PriceTable.tokens(row.sums().totals()))
                .max()
                .orElse(0);
        return Field.shown(text("").keep(6), row -> {
            long tokens = PriceTable.tokens(row.sums().totals());
            return new Cell(Bars.bar(tokens, largest, BAR_COLUMNS), Colour.CYAN);
        });
    }

    private boolean hasTokens() {
        return Tokens.any(report.total().totals()::sum);
    }

    private static Field<Report.Row> whole(String name, Function<Report.Row, Long> number) {
        return Field.<Report.Row>of(name, row -> new Value.Whole(number.apply(row)))
                .summed();
    }

    /// To the minute; the table's reader knows his zone.
    private static String blockStart(Optional<String> block) {
        return block.orElseThrow().substring(0, "2026-01-31T14:00".length()).replace('T', ' ');
    }

    private String title(Optional<String> session) {
        return history.facts(session.orElse("")).fact(SessionFacts.TITLE).orElse("");
    }

    private Field<Report.Row> key(int at) {
        Grouping grouping = report.by().get(at);
        Field<Report.Row> field =
                Field.of(grouping.word(), row -> Value.known(row.key().get(at)));
        Column column = text(grouping.word().toUpperCase(Locale.ROOT));
        return switch (grouping) {
            case DAY, WEEK, MONTH -> field.as(column);
            case BLOCK -> field.as(column, row -> Cell.of(blockStart(row.key().get(at))));
            case SESSION ->
                field.as(
                        column, row -> new Cell(shortIds.apply(row.key().get(at).orElse("")), Colour.YELLOW));
            case AGENT, TOOL -> field.as(column.bending());
            case MODEL -> field.as(column.bending(), names(at, List.of(Names::model)));
            case PROJECT -> field.as(column.bending(), names(at, FOLDERS));
        };
    }

    private Function<Report.Row, Cell> names(int at, List<UnaryOperator<String>> ways) {
        List<String> names = report.rows().stream()
                .flatMap(row -> row.key().get(at).stream())
                .distinct()
                .toList();
        ShortNames shortened = new ShortNames(names, ways);
        return row -> Names.cell(row.key().get(at).map(shortened::of));
    }
}
