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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The events that a report's numbers are made of: those that tell tokens or money or, by tool, those of a tool.
final class Explanation {
    /// So many rows are aligned together; what was printed before need not be kept.
    private static final int ROWS_TOGETHER = 1000;

    private static final Map<Measure, Column> TOKENS = Map.of(
            Measure.TOKENS_IN, number("INPUT").keep(6),
            Measure.TOKENS_OUT, number("OUTPUT").keep(7),
            Measure.CACHE_CREATION_TOKENS, number("CACHE WRITE").keep(4),
            Measure.CACHE_READ_TOKENS, number("CACHE READ").keep(5));

    private final Desk desk;
    private final History history;
    private final List<Grouping> by;
    private final GroupKey keys;
    private final PriceTable prices;
    private final Moments moments;
    private final ShortIds ids;
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
    }

    /// An event and what it adds to the report.
    private record Part(EventView event, List<Optional<String>> key, Totals totals, Cost cost) {}

    int print(SessionFilter filter, Span span, Form form) throws IOException {
        DamageSeen damage = new DamageSeen(desk.talk());
        Listing.Rows<Part> rows = new Listing<>(desk, fields()).in(form, ROWS_TOGETHER);
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
                    rows.row(new Part(event, key.get(), cell.totals(), own));
                }
            }
        }
        rows.end();
        if (form == Form.TABLE) {
            printSum();
        }
        return damage.exitCode();
    }

    private void printSum() throws IOException {
        String sum = Figures.count(listed, "event") + "  " + Tokens.line(Money.figures(totals::sum, cost))
                + (cost.isPartial() ? ", no price for " + Money.share(cost) : "");
        for (String line : desk.wrapped(sum, 0)) {
            desk.page().line(desk.ink().paint(Colour.BOLD, line));
        }
    }

    private boolean counts(EventView event) {
        return by.contains(Grouping.TOOL) || Tokens.any(event::measure);
    }

    private List<Field<Part>> fields() {
        List<Field<Part>> fields = new ArrayList<>();
        for (int i = 0; i < by.size(); i++) {
            fields.add(key(by.get(i), i));
        }
        fields.add(ofEvent("offset", event -> new Value.Whole(event.offset()))
                .as(number("OFFSET").keep(8), part -> Cell.of(Long.toString(part.event.offset()))));
        fields.add(ofEvent("session_id", event -> new Value.Text(event.sessionId()))
                .as(text("SESSION").keep(9), part -> new Cell(ids.of(part.event.sessionId()), Colour.YELLOW)));
        fields.add(ofEvent("seq", event -> new Value.Unsigned(event.seq()))
                .as(number("SEQ").keep(1)));
        fields.add(ofEvent("ts_ms", event -> new Value.Unsigned(event.tsMillis()))
                .as(text("TIME"), part -> Cell.of(moments.text(part.event.cappedMillis()))));
        fields.add(ofEvent("kind", event -> new Value.Text(event.kind().name()))
                .as(text("KIND").keep(2), part -> kind(part.event)));
        if (!by.contains(Grouping.MODEL)) {
            fields.add(ofEvent("model", event -> Value.told(event.model()))
                    .as(text("MODEL").keep(3), part -> Cell.of(model(part.event))));
        }
        if (!by.contains(Grouping.TOOL)) {
            fields.add(ofEvent("tool", event -> Value.told(event.tool())));
        }
        UsageFields<Part> usage = new UsageFields<>(Part::totals, Part::cost);
        fields.addAll(usage.tokens(TOKENS));
        fields.add(usage.money(number("COST")));
        fields.add(Field.of("cost_from", part -> Value.told(Money.source(part.event::measure, part.cost))));
        return fields;
    }

    private static Field<Part> key(Grouping grouping, int at) {
        Column column = text(grouping.word().toUpperCase(Locale.ROOT));
        return Field.<Part>of(grouping.word(), part -> Value.known(part.key.get(at)))
                .as(grouping.isTime() ? column : column.bending());
    }

    private static Field<Part> ofEvent(String name, Function<EventView, Value> value) {
        return Field.of(name, part -> value.apply(part.event));
    }

    private static Cell kind(EventView event) {
        return new Cell(event.kind().name(), History.isError(event) ? Colour.RED : Colour.PLAIN);
    }

    private static String model(EventView event) {
        return event.model().map(Names::model).orElse(Figures.ABSENT);
    }
}
