// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.history.Project;
import dev.hotlog.event.SessionFacts;
import java.util.Optional;

/// What things are called in tables.
final class Names {
    static final String UNKNOWN = "(unknown)";

    private Names() {}

    static Table.Cell cell(Optional<String> name) {
        return name.map(Table.Cell::of).orElseGet(() -> new Table.Cell(UNKNOWN, Colour.DIM));
    }

    /// A model without the date that ends some names.
    static String model(String name) {
        int dash = name.length() - 9;
        boolean dated = dash > 0
                && name.charAt(dash) == '-'
                && name.chars().skip(dash + 1L).allMatch(c -> c >= '0' && c <= '9');
        return dated ? name.substring(0, dash) : name;
    }

    static Optional<String> project(SessionFacts facts) {
        return facts.fact(SessionFacts.WORKSPACE).map(path -> new Project(path).name());
    }
}
