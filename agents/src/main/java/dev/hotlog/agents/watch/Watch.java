// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.watch;

import dev.hotlog.agents.ingest.Agents;
import dev.hotlog.agents.ingest.ImportReport;
import dev.hotlog.agents.ingest.Importer;
import dev.hotlog.agents.ingest.Problem;
import dev.hotlog.agents.ingest.Progress;
import dev.hotlog.agents.ingest.Spool;
import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Follows what all agents of a home write, and takes it in: first what is new, and then what comes, within a second.
///
/// What changes the system tells ([FolderWatch]). Twice a second those files are looked at that were written to of late
/// ([RecentFiles]), and every minute everything is, for what nobody told of.
///
/// One thread runs it; another one may close it.
public final class Watch implements Closeable {
    /// Agents write many lines at once: so long what changes is gathered before it is read.
    private static final Duration GATHER = Duration.ofMillis(100);

    private static final Duration LOOK = Duration.ofMillis(500);

    /// What was told once is not told again each time it is met.
    private static final int MOST_TOLD = 10_000;

    private final HotLog log;
    private final Path home;
    private final Map<String, String> environment;
    private final Consumer<ImportReport> taken;

    private final Importer importer;
    private final FolderWatch folders;
    private final RecentFiles recent;
    private final SweepPace pace = new SweepPace();
    private final Set<Problem> told = new LinkedHashSet<>();
    private volatile boolean closed;

    /// @param log to append to; closed when this is
    /// @param directory the log's
    /// @param home whose agents are followed
    /// @param environment variables by which agents are told to look elsewhere
    /// @param taken is told what was taken in, and which problems are new, whenever there is either
    public Watch(
            HotLog log,
            Path directory,
            Path home,
            Map<String, String> environment,
            InstantSource clock,
            Progress progress,
            Consumer<ImportReport> taken)
            throws IOException {
        this.log = log;
        this.home = home;
        this.environment = environment;
        this.taken = taken;
        recent = new RecentFiles(clock);
        importer = new Importer(log, directory, (file, done, total) -> {
                    recent.add(file);
                    progress.at(file, done, total);
                })
                .withSpool(clock);
        Spool spool = Spool.of(directory);
        spool.make();
        List<Path> places = new ArrayList<>(Agents.followed(home, environment));
        places.add(spool.folder());
        folders = FolderWatch.of(places, this::unwatched);
    }

    /// Takes in what there is and what comes, until this is closed.
    ///
    /// @throws LogException when the log takes no more
    public void run() throws LogException, InterruptedException {
        try {
            sweep();
            while (!closed) {
                FolderWatch.Changes changes = folders.await(patience());
                if (!changes.isEmpty()) {
                    changes = changes.and(folders.gather(GATHER));
                }
                Set<Path> files = new LinkedHashSet<>(changes.files());
                files.addAll(recent.changed());
                if (changes.missed() || pace.isDue()) {
                    sweep();
                } else if (!files.isEmpty()) {
                    take(files);
                }
            }
        } catch (ClosedWatchServiceException e) {
            if (!closed) {
                throw e;
            }
        } catch (LogException.Stopped e) {
            if (!closed) {
                throw e;
            }
        }
    }

    private Duration patience() {
        Duration untilSweep = pace.untilDue();
        return recent.isEmpty() || untilSweep.compareTo(LOOK) < 0 ? untilSweep : LOOK;
    }

    private void sweep() throws LogException {
        pace.begin();
        folders.lookAgain();
        tell(importer.home(home, environment));
        pace.end();
    }

    private void take(Set<Path> files) throws LogException {
        files.forEach(recent::add);
        tell(importer.changed(home, environment, files));
    }

    private void unwatched(Path folder, IOException e) {
        pace.quicken();
        tell(new ImportReport(
                List.of(), List.of(new Problem(folder, 0, "cannot be watched: " + e)), 0, List.of(), List.of()));
    }

    private void tell(ImportReport report) {
        List<Problem> news = new ArrayList<>();
        for (Problem problem : report.problems()) {
            if (told.add(problem)) {
                news.add(problem);
            }
        }
        if (told.size() > MOST_TOLD) {
            told.clear();
        }
        if (report.events() > 0 || !news.isEmpty()) {
            taken.accept(new ImportReport(
                    report.agents(), news, report.moreProblems(), report.missed(), report.logDamage()));
        }
    }

    /// Ends it, wherever it is: what was taken in by then is on disk when this returns.
    @Override
    public void close() throws IOException {
        closed = true;
        try {
            log.close();
        } finally {
            folders.close();
        }
    }
}
