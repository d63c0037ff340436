// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.bench.peer.Peer;
import dev.hotlog.bench.peer.Store;
import dev.hotlog.bench.peer.Sync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How long does the program take from start to end to answer from a [HistoryLog]? (`bench/run program`)
///
/// Timed: the process `./hotlog get`, `sessions` and `report`, launcher and JVM included, from before it is
/// started until it has ended. What it prints is dropped; its exit code is not. It was run before, so it is
/// built, its AOT cache is made, and what it reads is in the page cache.
///
/// Beside it `sqlite3`, SQLite's own program, asked the same in SQL of a database of the same events, in
/// turn. `get` reads one event in both. For `sessions` and `report` ours reads the sums that the log keeps,
/// and SQLite all rows: it keeps no sums, unless somebody makes tables and triggers for them.
final class ProgramBench {
    private static final double ASKED_GET_MILLIS = 200;
    private static final double ASKED_SESSIONS_MILLIS = 300;
    private static final double ASKED_REPORT_MILLIS = 400;
    private static final int WARM_UP_RUNS = 2;
    private static final int TRANSACTION = 10_000;
    /// As SQLite's peer names it.
    private static final String SQLITE_FILE = "events.db";
    private static final String SUMS =
            "sum(tokens_in), sum(tokens_out), sum(reasoning_tokens), sum(cache_creation_tokens), sum(cache_read_tokens)";

    private final Settings settings;
    private final HistoryLog log;

    private ProgramBench(Settings settings, HistoryLog log) {
        this.settings = settings;
        this.log = log;
    }

    /// What both programs are asked.
    ///
    /// @param words what ours is told
    /// @param sql what `sqlite3` is told
    private record Question(String what, List<String> words, String sql, double askedMillis) {}

    static List<Row> rows(Settings settings) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        try (Scratch scratch = Scratch.in(settings.folder())) {
            ProgramBench bench = written(settings, scratch);
            for (Question question : bench.questions()) {
                rows.add(bench.row(question));
            }
        }
        rows.addAll(TranscriptsBench.rows(settings));
        return rows;
    }

    /// @param peer SQLite, which fills the database
    static List<Row> rowsBeside(Settings settings, Peer peer) throws IOException, InterruptedException {
        String version;
        try {
            version = Command.of("sqlite3", "--version").output();
        } catch (IOException e) {
            return List.of(Row.skipped("program; sqlite3", e.toString()));
        }
        List<Row> rows = new ArrayList<>();
        try (Scratch scratch = Scratch.in(settings.folder())) {
            ProgramBench bench = written(settings, scratch);
            Path database = bench.fill(scratch.folder(), peer);
            for (Question question : bench.questions()) {
                rows.add(bench.rowBeside(question, database, "sqlite3 " + version.split(" ")[0]));
            }
        }
        return rows;
    }

    private static ProgramBench written(Settings settings, Scratch scratch) throws IOException, InterruptedException {
        HistoryLog log = HistoryLog.planned(scratch.folder().resolve("log"), settings.events());
        log.write();
        Command.hotlog(settings, List.of("--version")).output(); // tells when it has to be built
        return new ProgramBench(settings, log);
    }

    /// @return the database's file
    private Path fill(Path folder, Peer peer) throws IOException {
        Progress.say("program, filling the database");
        Path database = Files.createDirectory(folder.resolve("sqlite"));
        try (Store store = peer.open(database, Sync.NEVER)) {
            for (int from = 0; from < log.events(); from += TRANSACTION) {
                store.append(log.workload().events(from, Math.min(TRANSACTION, log.events() - from)));
            }
        }
        return database.resolve(SQLITE_FILE);
    }

    private List<Question> questions() {
        int middle = log.events() / 2;
        String session = log.workload().sessionId(middle);
        String seq = Long.toString(log.workload().seq(middle));
        return List.of(
                new Question(
                        "get",
                        List.of("get", session, seq),
                        "SELECT * FROM events WHERE session = '" + session + "' AND seq = " + seq,
                        ASKED_GET_MILLIS),
                new Question(
                        "sessions",
                        List.of("sessions"),
                        "SELECT session, max(model), min(ts_ms), max(ts_ms), count(*), " + SUMS
                                + " FROM events GROUP BY session ORDER BY max(ts_ms) DESC LIMIT 20",
                        ASKED_SESSIONS_MILLIS),
                new Question(
                        "report",
                        List.of("report"),
                        "SELECT date(ts_ms / 1000, 'unixepoch'), count(DISTINCT session), count(*), " + SUMS
                                + " FROM events GROUP BY 1 ORDER BY 1",
                        ASKED_REPORT_MILLIS));
    }

    private Command ours(Question question) {
        List<String> words = new ArrayList<>(List.of("--dir", log.folder().toString()));
        words.addAll(question.words);
        return Command.hotlog(settings, words);
    }

    private Row row(Question question) throws IOException, InterruptedException {
        Command ours = ours(question);
        Progress.say("program, " + question.what);
        for (int i = 0; i < WARM_UP_RUNS; i++) {
            ours.millis();
        }
        Samples figures = new Samples();
        for (int i = 0; i < settings.rounds(); i++) {
            figures.add(ours.millis());
        }
        return Row.alone(
                what(question),
                Unit.MILLIS,
                figures.median(),
                Asked.figureAtMost(question.askedMillis),
                question.what.equals("get") ? log.size() : "");
    }

    private Row rowBeside(Question question, Path database, String version) throws IOException, InterruptedException {
        Command ours = ours(question);
        Command theirs = Command.of("sqlite3", "-readonly", database.toString(), question.sql);
        Progress.say("program, " + question.what + " beside sqlite3");
        InTurn both = InTurn.of(ours, theirs, WARM_UP_RUNS, settings.rounds());
        return Row.of(
                what(question) + "; sqlite3",
                Unit.MILLIS,
                both.ours(),
                both.theirs(),
                Asked.NOTHING,
                String.format(Locale.ROOT, "%s: %s", version, question.sql));
    }

    private static String what(Question question) {
        return "program, ./hotlog " + question.what;
    }
}
