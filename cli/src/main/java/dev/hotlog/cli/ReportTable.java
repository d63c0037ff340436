// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.number;
import static dev.hotlog.cli.Table.Column.text;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.Project;
import dev.hotlog.agents.report.Grouping;
import dev.hotlog.agents.report.Report;
import dev.hotlog.cli.Table.Cell;
import dev.hotlog.cli.Table.Column;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.Totals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A report as a table, with the sum of it all below.
final class ReportTable {
    private static final String LEGEND =
            "INPUT is what was neither read from a cache nor written to one; OUTPUT includes reasoning.";

    private final Desk desk;
    private final History history;
    private final ShortIds ids;

    ReportTable(Desk desk, History history) throws IOException {
        this.desk = desk;
        this.history = history;
        ids = ShortIds.of(history);
    }

    void print(Report report) throws IOException {
        boolean money = Money.any(report.total().cost());
        boolean tokens = Tokens.any(report.total().totals()::sum);
        Table table = new Table(columns(report.by(), tokens, money));
        UnaryOperator<String> projects = names(report, Grouping.PROJECT, path -> new Project(path).name());
        UnaryOperator<String> models = names(report, Grouping.MODEL, Names::model);
        for (Report.Row row : report.rows()) {
            List<Cell> cells = key(report.by(), row, projects, models);
            figures(cells, row.sums(), report.by(), tokens, money, Colour.PLAIN);
            table.row(cells.toArray(Cell[]::new));
        }
        List<Cell> total = totalKey(report);
        figures(total, report.total(), report.by(), tokens, money, Colour.BOLD);
        table.foot(total.toArray(Cell[]::new));
        table.print(desk.page(), desk.ink(), desk.tableWidth());
        if (tokens && desk.onTerminal()) {
            desk.page().line();
            for (String line : desk.wrapped(LEGEND, 0)) {
                desk.page().line(desk.ink().paint(Colour.DIM, line));
            }
        }
    }

    private static List<Column> columns(List<Grouping> by, boolean tokens, boolean money) {
        List<Column> columns = new ArrayList<>();
        for (Grouping each : by) {
            Column column = text(each.word().toUpperCase(Locale.ROOT));
            columns.add(each.isTime() || each == Grouping.SESSION ? column : column.bending());
        }
        if (by.contains(Grouping.SESSION)) {
            columns.add(text("TITLE").keep(1).bending());
        } else {
            columns.add(number("SESSIONS").keep(3));
        }
        columns.add(number("EVENTS").keep(4));
        if (by.contains(Grouping.TOOL)) {
            columns.add(number("CALLS"));
            columns.add(number("ERRORS"));
        }
        if (tokens) {
            columns.add(number("INPUT").keep(7));
            columns.add(number("OUTPUT").keep(8));
            columns.add(number("REASONING").keep(2));
            columns.add(number("CACHE WRITE").keep(5));
            columns.add(number("CACHE READ").keep(6));
            columns.add(number("TOTAL"));
        }
        if (money) {
            columns.add(number("COST"));
        }
        return columns;
    }

    /// Names cut short, but in whole where several would become one.
    private static UnaryOperator<String> names(Report report, Grouping grouping, UnaryOperator<String> shortened) {
        int column = report.by().indexOf(grouping);
        Map<String, Set<String>> whole = new HashMap<>();
        for (Report.Row row : column < 0 ? List.<Report.Row>of() : report.rows()) {
            row.key()
                    .get(column)
                    .ifPresent(name -> whole.computeIfAbsent(shortened.apply(name), _ -> new HashSet<>())
                            .add(name));
        }
        return name -> {
            String cut = shortened.apply(name);
            return whole.getOrDefault(cut, Set.of()).size() > 1 ? name : cut;
        };
    }

    private List<Cell> key(
            List<Grouping> by, Report.Row row, UnaryOperator<String> projects, UnaryOperator<String> models) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < by.size(); i++) {
            String name = row.key().get(i).orElse("");
            cells.add(
                    switch (by.get(i)) {
                        case SESSION -> new Cell(ids.of(name), Colour.YELLOW);
                        case MODEL -> Names.cell(row.key().get(i).map(models));
                        case PROJECT -> Names.cell(row.key().get(i).map(projects));
                        case DAY, WEEK, MONTH, AGENT, TOOL ->
                            Names.cell(row.key().get(i));
                    });
        }
        int session = by.indexOf(Grouping.SESSION);
        if (session >= 0) {
            String id = row.key().get(session).orElse("");
            cells.add(Cell.of(history.facts(id).fact(SessionFacts.TITLE).orElse("")));
        }
        return cells;
    }

    private static List<Cell> totalKey(Report report) {
        List<Cell> cells = new ArrayList<>();
        cells.add(new Cell("total", Colour.BOLD));
        int keyColumns = report.by().size() + (report.by().contains(Grouping.SESSION) ? 1 : 0);
        while (cells.size() < keyColumns) {
            cells.add(Cell.of(""));
        }
        return cells;
    }

    private static void figures(
            List<Cell> cells, Report.Sums sums, List<Grouping> by, boolean tokens, boolean money, Colour colour) {
        Totals totals = sums.totals();
        if (!by.contains(Grouping.SESSION)) {
            cells.add(new Cell(Figures.count(sums.sessions()), colour));
        }
        cells.add(new Cell(Figures.count(totals.events()), colour));
        if (by.contains(Grouping.TOOL)) {
            cells.add(new Cell(Figures.count(sums.totals().toolCalls()), colour));
            cells.add(new Cell(Figures.count(totals.errors()), totals.errors() > 0 ? Colour.RED : colour));
        }
        if (tokens) {
            cells.add(new Cell(Figures.measure(totals.sum(Measure.TOKENS_IN)), colour));
            cells.add(new Cell(Figures.measure(totals.sum(Measure.TOKENS_OUT)), colour));
            cells.add(new Cell(Figures.measure(totals.sum(Measure.REASONING_TOKENS)), colour));
            cells.add(new Cell(Figures.measure(totals.sum(Measure.CACHE_CREATION_TOKENS)), colour));
            cells.add(new Cell(Figures.measure(totals.sum(Measure.CACHE_READ_TOKENS)), colour));
            cells.add(new Cell(Tokens.all(totals), colour));
        }
        if (money) {
            cells.add(new Cell(Money.text(sums.cost()), colour));
        }
    }
}
