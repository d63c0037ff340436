// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.text;

import dev.hotlog.agents.report.BlockPace;
import dev.hotlog.agents.report.Blocks;
import dev.hotlog.agents.report.Report;
import dev.hotlog.cli.Table.Cell;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What there is to say of blocks beside their sums: the time before each in which none ran, and how fast the one that
/// runs now is used up.
final class BlockFields {
    private final Optional<BlockPace> pace;
    private final Map<Long, Long> gaps = new HashMap<>();

    /// @param report by block alone
    /// @param running the pace of the block that runs now; told where the report ends with that block
    BlockFields(Report report, Optional<BlockPace> running) {
        pace = running.filter(
                now -> !report.rows().isEmpty() && startMillis(report.rows().getLast()) == now.startMillis());
        long before = Long.MAX_VALUE;
        for (Report.Row row : report.rows()) {
            long start = startMillis(row);
            if (start > before) {
                gaps.put(start, start - before);
            }
            before = start + Blocks.LENGTH_MILLIS;
        }
    }

    Field<Report.Row> gap() {
        return Field.<Report.Row>of("gap_ms", row -> {
                    Long gap = gaps.get(startMillis(row));
                    return gap == null ? Value.ABSENT : new Value.Whole(gap);
                })
                .as(text("AFTER").keep(1), row -> {
                    Long gap = gaps.get(startMillis(row));
                    return new Cell(gap == null ? "" : Figures.span(gap), Colour.DIM);
                });
    }

    private static long startMillis(Report.Row row) {
        return OffsetDateTime.parse(row.key().getFirst().orElseThrow())
                .toInstant()
                .toEpochMilli();
    }

    /// Of the block that runs now; all others have none of them.
    List<Field<Report.Row>> ofPace() {
        return List.of(
                ofPace("left_ms", now -> new Value.Whole(now.leftMillis())),
                ofPace(
                        "tokens_per_minute",
                        now -> now.tokensPerMinute().isPresent()
                                ? new Value.Whole(
                                        Math.round(now.tokensPerMinute().getAsDouble()))
                                : Value.ABSENT),
                ofPace("projected_tokens", now -> Value.told(now.projectedTokens())),
                ofPace(
                        "projected_cost_usd",
                        now -> now.projectedMicros().isPresent()
                                ? new Value.Dollars(now.projectedMicros().getAsLong())
                                : Value.ABSENT));
    }

    private Field<Report.Row> ofPace(String name, Function<BlockPace, Value> value) {
        return Field.of(
                name,
                row -> pace.filter(now -> now.startMillis() == startMillis(row))
                        .map(value)
                        .orElse(Value.ABSENT));
    }

    /// Says in words how the block that runs now is used up.
    void tell(Desk desk) throws IOException {
        if (pace.isEmpty()) {
            return;
        }
        BlockPace now = pace.get();
        StringBuilder said =
                new StringBuilder("The last block runs for another ").append(Figures.span(now.leftMillis()));
        if (now.projectedTokens().isPresent()) {
            said.append(", at ")
                    .append(Figures.count(Math.round(now.tokensPerMinute().orElseThrow())))
                    .append(" tokens a minute: ")
                    .append(Figures.count(now.projectedTokens().getAsLong(), "token"));
            now.projectedMicros()
                    .ifPresent(micros -> said.append(" and ")
                            .append(now.cost().isPartial() ? Money.AT_LEAST : "")
                            .append(Tokens.money(micros)));
            said.append(" at its end");
        }
        desk.page().line();
        for (String line : desk.wrapped(said.append('.').toString(), 0)) {
            desk.page().line(line);
        }
    }
}
