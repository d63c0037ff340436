// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.agents.ingest.ImportReport;
import dev.hotlog.agents.ingest.Importer;
import dev.hotlog.agents.ingest.Problem;
import dev.hotlog.agents.ingest.ProblemList;
import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What agents left behind, taken in.
final class ImportCommand implements VerbCommand {
    private static final Path NOWHERE = Path.of("");

    final List<Path> paths = new ArrayList<>();

    @Nullable
    Path home;

    boolean allProblems;

    final JsonOption json = new JsonOption();

    private final Desk desk;

    ImportCommand(Desk desk) {
        this.desk = desk;
    }

    @Override
    public void declare(Options options) {
        options.paths("PATH", "Transcripts, or folders of them; else this user's home.", paths);
        options.path("--home", "DIR", "Look for transcripts as in that user's home.", value -> home = value);
        options.flag(
                "--problems",
                "List all that was passed over, by earlier imports and 'watch' as well.",
                () -> allProblems = true);
        json.declare(options);
        options.footer("""
                Knows the transcripts of Claude Code, Codex, OpenCode, Pi, OpenClaw, Gemini CLI, Qwen Code, GitHub
                Copilot CLI, Droid, Kimi, Cursor, Amp, Goose and Aider. Importing again takes in only what is new.
                Without PATH or --home, what hooks have told is taken in too (see 'hotlog hooks --help').
                Exit code 0 even when some lines made no sense; 1 when a PATH is not there or holds no transcript;
                3 when a part of one was damaged, and left out; 5 when one could not be read.""");
    }

    @Override
    public Integer call() throws IOException, Refusal {
        if (paths.contains(NOWHERE) || NOWHERE.equals(home)) {
            throw Refusal.usage("an empty name is no file or folder; '.' is the folder you are in");
        }
        if (!paths.isEmpty() && paths.stream().noneMatch(Files::exists)) {
            // Nothing to make a log for.
            throw Refusal.notFound(paths.getFirst() + ": no such file or folder");
        }
        try {
            return imported();
        } catch (LogException.Locked e) {
            Refusal refusal = refusal(e);
            if (!allProblems) {
                throw refusal;
            }
            desk.talk().say(refusal.getMessage() + "; what was passed over until now:");
            tell(new ImportReport(List.of(), List.of(), 0, List.of(), List.of()), aside());
            return Exit.FINE;
        }
    }

    private int imported() throws IOException {
        List<Problem> aside = aside(); // Before more is put there, which is told as it is met.
        ImportReport report;
        DamageSeen damage;
        try (HotLog log = HotLog.open(desk.directory())) {
            damage = desk.tellRecovery(log.recovery());
            Progress progress = new Progress(desk, "read");
            report = take(new Importer(
                    log,
                    desk.directory(),
                    (file, done, total) -> progress.done(done, total, String.valueOf(file.getFileName()))));
        } finally {
            desk.talk().endProgress();
        }
        tell(report, aside);
        DamageSeen.atOpening(report.logDamage(), desk);
        return damage.exitCode(exitCode(report));
    }

    private void tell(ImportReport taken, List<Problem> aside) throws IOException {
        ImportReport report = allProblems ? taken.withEarlier(earlierProblems()).withEarlier(aside) : taken;
        if (json.on) {
            ImportJson.write(desk.page(), report);
        } else {
            new ImportTable(desk).print(report);
        }
        desk.page().flush();
        new ImportProblems(desk).tell(report, allProblems);
        if (allProblems && report.problems().isEmpty() && !json.on) {
            desk.talk().say("nothing was passed over");
        }
    }

    private List<Problem> earlierProblems() throws IOException {
        ProblemList list = new ProblemList(desk.directory());
        if (!paths.isEmpty()) {
            return list.paths(places());
        }
        if (home != null) {
            return list.home(home, Map.of());
        }
        return list.home(desk.around().home(), desk.around().env());
    }

    /// What hooks told that made no sense, of this user alone.
    private List<Problem> aside() throws IOException {
        boolean own = paths.isEmpty() && home == null;
        return allProblems && own ? new ProblemList(desk.directory()).spool() : List.of();
    }

    private Refusal refusal(LogException.Locked e) {
        OptionalLong watch = WatchCommand.processBehind(e);
        if (watch.isEmpty()) {
            return Refusal.locked(Objects.requireNonNullElse(e.getMessage(), ""));
        }
        String running = "'hotlog watch' is running (process " + watch.getAsLong() + "), and ";
        return Refusal.locked(
                paths.isEmpty() && home == null
                        ? running + "takes in by itself what this user's agents write"
                        : running + "has the log; what it does not follow can be imported once it has ended");
    }

    private List<Path> places() {
        List<Path> all = new ArrayList<>(paths);
        if (home != null) {
            all.add(home);
        }
        return all;
    }

    private ImportReport take(Importer importer) throws LogException {
        if (!paths.isEmpty()) {
            return importer.paths(places());
        }
        // Where an agent was told to look elsewhere goes for this user's home alone.
        return home == null
                ? importer.withSpool(desk.around().clock())
                        .home(desk.around().home(), desk.around().env())
                : importer.home(home, Map.of());
    }

    private int exitCode(ImportReport report) {
        if (report.isDamaged()) {
            return Exit.DAMAGED;
        }
        boolean unreadable = report.agents().stream().anyMatch(agent -> agent.failed() > 0)
                || report.problems().stream()
                        .map(Problem::file)
                        .anyMatch(file -> Files.exists(file) && !Files.isReadable(file));
        if (unreadable) {
            return Exit.SYSTEM;
        }
        // Who named no place looks for transcripts; to have none is no failure.
        boolean missed = report.missed().stream().anyMatch(place -> paths.contains(place) || place.equals(home));
        return missed ? Exit.NO : Exit.FINE;
    }
}
