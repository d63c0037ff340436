// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What imports have passed over, by whatever command, in the files that are there now: the log keeps it with what
/// else it knows of a file. Reads beside a writer, and takes nothing in. For one thread.
public final class ProblemList {
    private final Path directory;
    private final Tally tally = new Tally();
    private final Search search = new Search(Agents.all(), tally);

    /// @param directory the log's
    public ProblemList(Path directory) {
        this.directory = directory;
    }

    /// Of what the known agents have in a home.
    ///
    /// @param environment variables by which agents are told to look elsewhere
    /// @throws LogException.Missing when there is no log
    public List<Problem> home(Path home, Map<String, String> environment) throws LogException {
        search.home(home, environment);
        return known();
    }

    /// Of files, folders and homes, whosever they are.
    ///
    /// @throws LogException.Missing when there is no log
    public List<Problem> paths(List<Path> paths) throws LogException {
        paths.forEach(search::path);
        return known();
    }

    /// Of what hooks told: it lies aside.
    public List<Problem> spool() throws IOException {
        return Spool.of(directory).aside().stream()
                .map(file -> new Problem(file, 0, "no call of a hook: put aside"))
                .toList();
    }

    private List<Problem> known() throws LogException {
        ImportReport looked = tally.report();
        List<Problem> problems = looked.problems().stream()
                .filter(problem -> !looked.missed().contains(problem.file()))
                .collect(Collectors.toCollection(ArrayList::new));
        try (HotLogReader log = HotLogReader.open(directory)) {
            for (FoundFile found : search.found()) {
                Path file = found.path();
                Optional<String> cursor = log.cursor(FileCursor.source(found.agent(), file));
                cursor.map(text -> FileCursor.parse(text, file).reached().passedOver())
                        .ifPresent(passedOver -> problems.addAll(passedOver.problems()));
            }
        }
        return problems;
    }
}
