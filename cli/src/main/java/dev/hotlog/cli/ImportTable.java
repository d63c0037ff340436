// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Table.Column.number;
import static dev.hotlog.cli.Table.Column.text;

import dev.hotlog.agents.ingest.ImportReport;
import dev.hotlog.agents.ingest.ImportReport.AgentTally;
import dev.hotlog.cli.Table.Cell;
import java.io.IOException;
import java.util.List;

/// What an import took, agent by agent.
final class ImportTable {
    private final Desk desk;

    ImportTable(Desk desk) {
        this.desk = desk;
    }

    void print(ImportReport report) throws IOException {
        if (report.files() == 0) {
            return;
        }
        Table table = new Table(List.of(
                text("AGENT"),
                number("FILES").keep(3),
                number("UNCHANGED").keep(2),
                number("READ").keep(1),
                number("NEW EVENTS"),
                number("BAD LINES").keep(4),
                number("FAILED").keep(5)));
        for (AgentTally agent : report.agents()) {
            table.row(
                    Cell.of(agent.agent()),
                    Cell.of(Figures.count(agent.files())),
                    Cell.of(Figures.count(agent.unchanged())),
                    Cell.of(Figures.bytes(agent.bytes())),
                    new Cell(Figures.count(agent.events()), agent.events() > 0 ? Colour.GREEN : Colour.DIM),
                    wrong(agent.badLines()),
                    wrong(agent.failed()));
        }
        table.print(desk.page(), desk.ink(), desk.tableWidth());
        if (report.events() == 0) {
            desk.page().line("nothing new");
        }
    }

    private static Cell wrong(long number) {
        return new Cell(Figures.count(number), number > 0 ? Colour.YELLOW : Colour.PLAIN);
    }
}
