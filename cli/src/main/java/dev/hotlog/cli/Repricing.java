// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.number;
import static dev.hotlog.cli.Table.Column.text;

import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.Report;
import dev.hotlog.cli.Table.Cell;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// What each model cost by the prices before, and what it costs by those of now.
///
/// @param before by [Grouping#MODEL]
/// @param after of the same events
record Repricing(Report before, Report after) {
    private static final List<Field<Report.Row>> MODEL =
            List.of(Field.of("model", row -> Value.known(row.key().getFirst())));

    void print(Desk desk) throws IOException {
        Table table = new Table(
                List.of(text("MODEL").bending(), number("TOKENS").keep(1), number("BEFORE"), number("NOW"), text("")));
        for (Report.Row row : after.rows()) {
            if (Money.any(row.sums().cost())) {
                row(table, row);
            }
        }
        table.foot(
                new Cell("total", Colour.BOLD),
                new Cell(tokens(after.total()), Colour.BOLD),
                new Cell(Money.text(before.total().cost()), Colour.BOLD),
                new Cell(Money.text(after.total().cost()), Colour.BOLD),
                Cell.of(""));
        table.print(desk.page(), desk.ink(), desk.tableWidth());
    }

    private void row(Table table, Report.Row row) {
        Cost now = row.sums().cost();
        Cost then = costBefore(row.key());
        String note = now.isPartial() ? "no price" : now.equals(then) ? "" : "changed";
        table.row(
                Names.cell(row.key().getFirst()),
                Cell.of(tokens(row.sums())),
                Cell.of(Money.text(then)),
                Cell.of(Money.text(now)),
                new Cell(note, Colour.YELLOW));
    }

    private static String tokens(Report.Sums sums) {
        return Figures.count(PriceTable.tokens(sums.totals()));
    }

    private Cost costBefore(List<Optional<String>> model) {
        return before.rows().stream()
                .filter(row -> row.key().equals(model))
                .findFirst()
                .map(row -> row.sums().cost())
                .orElse(Cost.NONE);
    }

    void write(Page page) throws IOException {
        JsonGenerator json = page.json();
        json.writeStartArray();
        for (Report.Row row : after.rows()) {
            Cost now = row.sums().cost();
            if (Money.any(now)) {
                json.writeStartObject();
                JsonRows.members(json, MODEL, row);
                write(json, "before", costBefore(row.key()));
                write(json, "now", now);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        page.endJson();
    }

    private static void write(JsonGenerator json, String name, Cost cost) {
        json.writeObjectPropertyStart(name);
        if (cost.isKnown()) {
            json.writeNumberProperty("cost_usd_e6", cost.micros());
        }
        json.writeNumberProperty("unpriced_tokens", cost.unpricedTokens());
        json.writeEndObject();
    }
}
