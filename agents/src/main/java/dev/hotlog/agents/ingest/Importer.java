// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings what agents left behind into a log: once, and each time what is new.
///
/// What is wrong with a file is named in the report, and the next file is read. What is wrong with the log
/// ends the import with the log's exception; what was appended by then stays, and the next import goes on
/// after it. For one thread.
public final class Importer {
    private final HotLog log;
    private final Path directory;
    private final Progress progress;
    private final List<Transcript> transcripts = Agents.all();
    private Optional<InstantSource> spoolClock = Optional.empty();

    /// @param log to append to
    /// @param directory the log's, to look up what is there
    public Importer(HotLog log, Path directory, Progress progress) {
        this.log = log;
        this.directory = directory;
        this.progress = progress;
    }

    /// From now on each import takes in what hooks have spooled as well, after the transcripts.
    ///
    /// @param clock by which it tells a call that is in the writing from one that was cut short
    public Importer withSpool(InstantSource clock) {
        spoolClock = Optional.of(clock);
        return this;
    }

    /// Imports what the known agents have in a home.
    ///
    /// @param environment variables by which agents are told to look elsewhere (`CLAUDE_CONFIG_DIR`,
    ///     `CODEX_HOME`)
    public ImportReport home(Path home, Map<String, String> environment) throws LogException {
        Tally tally = new Tally();
        Search search = new Search(transcripts, tally);
        search.home(home, environment);
        return run(search.found(), tally);
    }

    /// Imports what some files tell that have changed in the places that the known agents' transcripts are followed in
    /// ([Transcript#followed]). Files that tell nothing are passed over.
    public ImportReport changed(Path home, Map<String, String> environment, Collection<Path> files)
            throws LogException {
        Tally tally = new Tally();
        Search search = new Search(transcripts, tally);
        search.changed(home, environment, files);
        return run(search.found(), tally);
    }

    /// Imports files, folders and homes, whosever they are.
    public ImportReport paths(List<Path> paths) throws LogException {
        Tally tally = new Tally();
        Search search = new Search(transcripts, tally);
        paths.forEach(search::path);
        return run(search.found(), tally);
    }

    private ImportReport run(List<FoundFile> files, Tally tally) throws LogException {
        List<PlannedFile> planned = new ArrayList<>();
        for (FoundFile file : files) {
            plan(file, tally).ifPresent(planned::add);
        }
        planned.sort(PlannedFile.OLDEST_FIRST);
        BytesDone bytes = new BytesDone(progress, planned);
        UsageLedger ledger = new UsageLedger(log::cursor);
        ImportRun shared = new ImportRun(log, directory, ledger, tally, bytes);
        for (PlannedFile file : planned) {
            Tally.OfAgent counts = tally.of(file.file().agent());
            counts.read++;
            try {
                switch (file.file()) {
                    case FoundFile.OfAgent found -> new TranscriptImport(shared, file, found.transcript()).run();
                    case FoundFile.OfWhole found ->
                        new WholeImport(shared, file, found.whole(), found.transcript()).run();
                    case FoundFile.OfSeedLog _ -> new SeedLogImport(shared, file).run();
                }
            } catch (LogException.KeyTaken e) {
                counts.failed++;
                ledger.discard();
                tally.problem(file.file().path(), 0, Reasons.of(e));
            } catch (LogException.Damaged e) {
                counts.failed++;
                ledger.discard();
                tally.logDamage(e.damage());
                tally.problem(file.file().path(), 0, "not taken: the log has an event of it that it cannot read");
            } catch (LogException e) {
                throw e;
            } catch (IOException e) {
                counts.failed++;
                ledger.discard();
                tally.problem(file.file().path(), 0, Reasons.of(e));
            }
            bytes.fileDone(file);
        }
        if (spoolClock.isPresent()) {
            new SpoolImport(shared, spoolClock.get().instant()).run();
        }
        log.flush();
        return tally.report();
    }

    /// What to read of a file; nothing when it is as it was.
    private Optional<PlannedFile> plan(FoundFile file, Tally tally) {
        Tally.OfAgent counts = tally.of(file.agent());
        counts.files++;
        String cursor = log.cursor(FileCursor.source(file.agent(), file.path())).orElse("");
        try {
            FileStamp stamp = FileStamp.of(file);
            if (!cursor.isEmpty() && FileCursor.stampIn(cursor).equals(stamp)) {
                counts.unchanged++;
                return Optional.empty();
            }
            return Optional.of(PlannedFile.of(file, stamp, cursor));
        } catch (IOException e) {
            counts.failed++;
            tally.problem(file.path(), 0, Reasons.of(e));
            return Optional.empty();
        }
    }
}
