// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.ingest.ImportReport;
import dev.hotlog.agents.ingest.Problem;

/// What an import met and went on after.
final class ImportProblems {
    private static final int FIRST = 5;

    private final Desk desk;

    ImportProblems(Desk desk) {
        this.desk = desk;
    }

    /// @param all whether to name every one, as far as the report does
    void tell(ImportReport report, boolean all) {
        int shown = all
                ? report.problems().size()
                : Math.min(FIRST, report.problems().size());
        for (Problem problem : report.problems().subList(0, shown)) {
            desk.talk().say(problem.toString());
        }
        long more = report.problems().size() - shown + report.moreProblems();
        if (more > 0) {
            desk.talk()
                    .say("and " + Figures.count(more, "more problem")
                            + (all ? "" : " ('hotlog import --problems' lists all)"));
        }
    }
}
