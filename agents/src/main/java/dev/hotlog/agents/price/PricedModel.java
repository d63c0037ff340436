// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.price;

import dev.hotlog.event.PromptSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One model of a table, under all its names: its price by date and by the size of the prompt.
final class PricedModel {
    private final List<ModelPattern> patterns;
    private final List<Row> rows = new ArrayList<>();

    PricedModel(List<ModelPattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /// @param fromMillis the first moment at which the price holds, in milliseconds since 1970 UTC
    /// @param overTokens the price is for larger prompts alone; 0 for any
    record Row(long fromMillis, long overTokens, Price price) {}

    List<ModelPattern> patterns() {
        return patterns;
    }

    /// @return false when there is one of that date and size already
    boolean add(Row row) {
        boolean there = rows.stream()
                .anyMatch(other -> other.fromMillis == row.fromMillis && other.overTokens == row.overTokens);
        return !there && rows.add(row);
    }

    boolean matches(String name) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(name));
    }

    /// The price at that time: of the rows of the latest date, the one of the largest prompts that the call's reaches.
    Optional<Price> at(long millis, PromptSize prompt) {
        Row best = null;
        for (Row row : rows) {
            boolean holds = row.fromMillis <= millis && (row.overTokens == 0 || isOver(prompt, row.overTokens));
            if (holds && (best == null || isCloser(row, best))) {
                best = row;
            }
        }
        return Optional.ofNullable(best).map(Row::price);
    }

    private static boolean isOver(PromptSize prompt, long tokens) {
        return prompt.compareTo(PromptSize.of(tokens)) > 0;
    }

    private static boolean isCloser(Row row, Row other) {
        return row.fromMillis != other.fromMillis
                ? row.fromMillis > other.fromMillis
                : row.overTokens > other.overTokens;
    }
}
