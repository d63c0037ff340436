// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.event.Damage;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What an import did.
///
/// @param agents in the order in which they were looked for, those alone that had files
/// @param problems what was met and named: the first thousand
/// @param moreProblems how many there were beyond these
/// @param missed those of the places looked at that had nothing to import
/// @param logDamage what the log cannot read of events that a file has too: such a file is not taken before the log is
///     repaired
public record ImportReport(
        List<AgentTally> agents, List<Problem> problems, long moreProblems, List<Path> missed, List<Damage> logDamage) {
    public ImportReport {
        agents = List.copyOf(agents);
        problems = List.copyOf(problems);
        missed = List.copyOf(missed);
        logDamage = List.copyOf(logDamage);
    }

    /// What was done with the files of one agent.
    ///
    /// @param agent its name
    /// @param files found
    /// @param read that had anything new to read
    /// @param unchanged since the last import, and so not opened
    /// @param replaced or cut short since the last import, and so read again from the start
    /// @param failed that could not be read to their end; folders of files that could not be entered count as well
    /// @param bytes read
    /// @param objects taken, most of them a line each
    /// @param events appended
    /// @param duplicates events that the log had already
    /// @param renumbered events appended under another key than their own, because another event had that
    /// @param badLines that were skipped
    /// @param damaged those of them that are not as they were written: where a format has checksums, as that of the
    ///     reference's log, and not merely a torn end
    public record AgentTally(
            String agent,
            long files,
            long read,
            long unchanged,
            long replaced,
            long failed,
            long bytes,
            long objects,
            long events,
            long duplicates,
            long renumbered,
            long badLines,
            long damaged) {}

    /// The same, with what is known besides; what is among its problems already is not told twice.
    public ImportReport withEarlier(List<Problem> earlier) {
        Set<Problem> all = new LinkedHashSet<>(problems);
        all.addAll(earlier);
        long added = all.size() - (long) problems.size();
        return new ImportReport(agents, List.copyOf(all), Math.max(0, moreProblems - added), missed, logDamage);
    }

    public long events() {
        return agents.stream().mapToLong(AgentTally::events).sum();
    }

    /// Whether anything was met that is not as it was written.
    public boolean isDamaged() {
        return !logDamage.isEmpty() || agents.stream().anyMatch(agent -> agent.damaged() > 0);
    }

    public long files() {
        return agents.stream().mapToLong(AgentTally::files).sum();
    }
}
