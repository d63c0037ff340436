// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.price.Cost;
import dev.hotlog.cli.Table.Cell;
import dev.hotlog.cli.Table.Column;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Totals;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The fields that say what was used and what that cost, wherever they are listed.
///
/// @param <R> what there is a row of
record UsageFields<R>(Function<R, Totals> totals, Function<R, Cost> cost) {
    /// What was counted.
    ///
    /// @param columns of those that people see
    List<Field<R>> tokens(Map<Measure, Column> columns) {
        return Tokens.COUNTED.stream().map(measure -> tokens(measure, columns)).toList();
    }

    private Field<R> tokens(Measure measure, Map<Measure, Column> columns) {
        Field<R> field = Field.<R>of(
                        measure.jsonName(),
                        row -> Value.measure(totals.apply(row).sum(measure)))
                .summed();
        Column column = columns.get(measure);
        return column == null ? field : field.as(column);
    }

    /// All tokens together.
    Field<R> all(Column column) {
        return Field.<R>shown(column, row -> Cell.of(Tokens.all(totals.apply(row))))
                .summed();
    }

    Field<R> money() {
        return Field.of("cost_usd", row -> {
            Cost known = cost.apply(row);
            return known.isKnown() ? new Value.Dollars(known.micros()) : Value.ABSENT;
        });
    }

    Field<R> money(Column column) {
        return money().as(column, row -> Cell.of(Money.text(cost.apply(row)))).summed();
    }

    /// How many tokens the cost is without.
    Field<R> unpriced() {
        return Field.of("unpriced_tokens", row -> {
            Cost known = cost.apply(row);
            return Money.any(known) ? new Value.Whole(known.unpricedTokens()) : Value.ABSENT;
        });
    }
}
