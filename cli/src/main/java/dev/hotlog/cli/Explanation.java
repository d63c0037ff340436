// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.number;
import static dev.hotlog.cli.Table.Column.text;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.agents.price.Cost;
import dev.hotlog.agents.price.PriceTable;
import dev.hotlog.agents.report.GroupKey;
import dev.hotlog.agents.report.Grouping;
import dev.hotlog.cli.Table.Cell;
import dev.hotlog.cli.Table.Column;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Rollup;
import dev.hotlog.event.Totals;
import dev.hotlog.log.Replay;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// The events that a report's numbers are made of: those that tell tokens or money or, by tool, those of a tool.
final class Explanation {
    /// So many rows are aligned together; what was printed before need not be kept.
    private static final int ROWS = 1000;

    private final Desk desk;
    private final History history;
    private final List<Grouping> by;
    private final GroupKey keys;
    private final PriceTable prices;
    private final Moments moments;
    private final ShortIds ids;
    private Table table;
    private int rows;
    private long listed;
    private final Totals totals = new Totals();
    private Cost cost = Cost.NONE;

    Explanation(Desk desk, History history, List<Grouping> by, GroupKey keys, ZoneId zone, PriceTable prices)
            throws IOException {
        this.desk = desk;
        this.history = history;
        this.by = by;
        this.keys = keys;
        this.prices = prices;
        moments = Moments.of("yyyy-MM-dd HH:mm:ss", zone);
        ids = ShortIds.of(history);
        table = new Table(columns());
    }

    int print(SessionFilter filter, Span span, boolean json) throws IOException {
        DamageSeen damage = new DamageSeen(desk.talk());
        if (json) {
            desk.page().json().writeStartArray();
        }
        try (Replay events =
                history.replay(EventFilter.ALL.of(filter).during(span)).onDamage(damage)) {
            for (EventView event : events) {
                Rollup cell = History.cell(event);
                Optional<List<Optional<String>>> key = keys.of(cell);
                if (key.isPresent() && counts(event)) {
                    listed++;
                    totals.add(cell.totals());
                    Cost own = prices.cost(cell);
                    cost = cost.plus(own);
                    if (json) {
                        write(event, key.get(), own);
                    } else {
                        row(event, key.get(), own);
                    }
                }
            }
        }
        if (json) {
            desk.page().json().writeEndArray();
            desk.page().endJson();
        } else {
            printRows();
            desk.page()
                    .line(desk.ink().paint(Colour.BOLD, Figures.count(listed, "event")) + "  "
                            + Tokens.line(Money.figures(totals::sum, cost))
                            + (cost.isPartial() ? ", no price for " + Money.share(cost) : ""));
        }
        return damage.exitCode();
    }

    private boolean counts(EventView event) {
        return by.contains(Grouping.TOOL) || Tokens.any(event::measure);
    }

    private void write(EventView event, List<Optional<String>> key, Cost own) throws IOException {
        JsonGenerator json = desk.page().json();
        json.writeStartObject();
        ReportJson.key(json, by, key);
        json.writeNumberProperty("offset", event.offset());
        json.writeStringProperty("session_id", event.sessionId());
        Unsigned.write(json, "seq", event.seq());
        Unsigned.write(json, "ts_ms", event.tsMillis());
        json.writeStringProperty("kind", event.kind().name());
        if (!by.contains(Grouping.MODEL)) {
            event.model().ifPresent(model -> json.writeStringProperty("model", model));
        }
        if (!by.contains(Grouping.TOOL)) {
            event.tool().ifPresent(tool -> json.writeStringProperty("tool", tool));
        }
        Money.writeOfEvent(json, event::measure, own);
        json.writeEndObject();
        desk.page().spillJson();
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        by.forEach(each -> columns.add(text(each.word().toUpperCase(Locale.ROOT))));
        columns.addAll(List.of(
                number("OFFSET").atLeast(9),
                text("SESSION").atLeast(9),
                number("SEQ").atLeast(7),
                text("TIME"),
                text("KIND").atLeast(11),
                text("MODEL").atLeast(17),
                number("INPUT").atLeast(9),
                number("OUTPUT").atLeast(9),
                number("CACHE WRITE"),
                number("CACHE READ"),
                number("COST").atLeast(9)));
        return columns;
    }

    private void row(EventView event, List<Optional<String>> key, Cost own) throws IOException {
        List<Cell> cells = new ArrayList<>();
        for (Optional<String> each : key) {
            cells.add(Names.cell(each));
        }
        cells.add(Cell.of(Long.toString(event.offset())));
        cells.add(new Cell(ids.of(event.sessionId()), Colour.YELLOW));
        cells.add(Cell.of(Long.toUnsignedString(event.seq())));
        cells.add(Cell.of(moments.text(event.cappedMillis())));
        boolean failed = History.isError(event);
        cells.add(new Cell(event.kind().name(), failed ? Colour.RED : Colour.PLAIN));
        cells.add(Cell.of(event.model().map(Names::model).orElse(Figures.ABSENT)));
        for (Measure measure : List.of(
                Measure.TOKENS_IN, Measure.TOKENS_OUT, Measure.CACHE_CREATION_TOKENS, Measure.CACHE_READ_TOKENS)) {
            cells.add(Cell.of(Figures.measure(event.measure(measure))));
        }
        cells.add(Cell.of(Money.text(own)));
        table.row(cells.toArray(Cell[]::new));
        if (++rows == ROWS) {
            printRows();
        }
    }

    private void printRows() throws IOException {
        if (rows > 0) {
            boolean first = listed <= ROWS;
            if (first) {
                table.print(desk.page(), desk.ink(), Table.ANY_WIDTH);
            } else {
                table.printOn(desk.page(), desk.ink(), Table.ANY_WIDTH);
            }
            table = new Table(columns());
            rows = 0;
        }
    }
}
