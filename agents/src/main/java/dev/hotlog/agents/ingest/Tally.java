// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.event.Damage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Counts what an import does while it does it.
final class Tally {
    private static final int MAX_PROBLEMS = 1000;

    static final class OfAgent {
        long files;
        long read;
        long unchanged;
        long replaced;
        long failed;
        long bytes;
        long objects;
        long events;
        long duplicates;
        long renumbered;
        long badLines;
        long damaged;

        private ImportReport.AgentTally report(String agent) {
            return new ImportReport.AgentTally(
                    agent,
                    files,
                    read,
                    unchanged,
                    replaced,
                    failed,
                    bytes,
                    objects,
                    events,
                    duplicates,
                    renumbered,
                    badLines,
                    damaged);
        }
    }

    private final Map<String, OfAgent> agents = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Path> missed = new ArrayList<>();
    private final Set<Damage> logDamage = new LinkedHashSet<>();
    private long moreProblems;

    OfAgent of(String agent) {
        return agents.computeIfAbsent(agent, _ -> new OfAgent());
    }

    void problem(Path file, long line, String reason) {
        problem(new Problem(file, line, reason));
    }

    void problem(Problem problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        } else {
            moreProblems++;
        }
    }

    /// How many there were so far, those included that are too many to be told.
    long problems() {
        return problems.size() + moreProblems;
    }

    /// A place that was to be looked at has nothing to import.
    void missed(Path place, String reason) {
        missed.add(place);
        problem(place, 0, reason);
    }

    /// The log cannot read an event that it has of a file.
    void logDamage(Damage damage) {
        logDamage.add(damage);
    }

    ImportReport report() {
        List<ImportReport.AgentTally> all = new ArrayList<>();
        agents.forEach((agent, tally) -> all.add(tally.report(agent)));
        return new ImportReport(all, problems, moreProblems, missed, List.copyOf(logDamage));
    }
}
