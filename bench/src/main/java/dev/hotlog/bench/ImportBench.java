// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How long does a large home take to come into the log, and then to be reported on? (`bench/run import`)
///
/// The home is a [CorpusHome] of real transcripts, of several agents, which lie beside the project (`../shared`);
/// without them this is skipped. Timed are whole processes, launcher and JVM included: `hotlog import` under
/// `-Xmx128m` into a log that is not there; the same again, with nothing new; `report --by day` and `sessions`,
/// beside `ccusage daily` and `ccusage session`, which read all of the home each time, in turn.
final class ImportBench {
    private static final Path CORPUS = Path.of("..", "shared", "corpora", "open", "home");
    private static final long MOST_BYTES = 500_000_000;
    /// So that smaller settings take less: at a million events, all.
    private static final long BYTES_AN_EVENT = 500;

    private static final double ASKED_MEGABYTES_A_SECOND = 100;
    private static final double ASKED_AGAIN_MILLIS = 500;
    private static final double ASKED_ANSWER_MILLIS = 250;
    private static final int WARM_UP_RUNS = 1;
    private static final String WHAT = "import, a home of transcripts";

    private final Settings settings;
    private final Scratch scratch;
    private final CorpusHome home;
    private int logs;

    private ImportBench(Settings settings, Scratch scratch, CorpusHome home) {
        this.settings = settings;
        this.scratch = scratch;
        this.home = home;
    }

    static List<Row> rows(Settings settings) throws IOException, InterruptedException {
        Path corpus = settings.root().resolve(CORPUS);
        if (!Files.isDirectory(corpus)) {
            return List.of(Row.skipped(WHAT, "there are no transcripts in " + corpus));
        }
        try (Scratch scratch = Scratch.in(settings.folder())) {
            long bytes = Math.min(MOST_BYTES, settings.events() * BYTES_AN_EVENT);
            Progress.say("import, writing a home");
            CorpusHome home = CorpusHome.write(scratch.folder().resolve("home"), corpus, bytes);
            return new ImportBench(settings, scratch, home).rows();
        }
    }

    private List<Row> rows() throws IOException, InterruptedException {
        Samples speed = new Samples();
        Samples again = new Samples();
        String log = "";
        for (int i = -WARM_UP_RUNS; i < settings.rounds(); i++) {
            Progress.round("import", Math.max(i, 0), settings.rounds());
            log = scratch.folder().resolve("log-" + logs++).toString();
            double millis = importing(log).millis();
            double againMillis = importing(log).millis();
            if (i >= 0) {
                speed.add(home.megabytesASecond(millis));
                again.add(againMillis);
            }
        }
        List<Row> rows = new ArrayList<>();
        rows.add(Row.alone(
                WHAT,
                Unit.MEGABYTES_A_SECOND,
                speed.median(),
                Asked.figureAtLeast(ASKED_MEGABYTES_A_SECOND),
                home.size() + ", -Xmx128m"));
        rows.add(Row.alone(
                "import, the same again",
                Unit.MILLIS,
                again.median(),
                Asked.figureAtMost(ASKED_AGAIN_MILLIS),
                "nothing new in it"));
        rows.addAll(answers(log));
        return rows;
    }

    private Command importing(String log) {
        return hotlog(log, "import", "--home", home.folder().toString()).with(Map.of("HOTLOG_OPTS", "-Xmx128m"));
    }

    private Command hotlog(String log, String... words) {
        List<String> all = new ArrayList<>(List.of("--dir", log));
        all.addAll(List.of(words));
        return Command.hotlog(settings, all);
    }

    private List<Row> answers(String log) throws IOException, InterruptedException {
        Command report = hotlog(log, "report", "--by", "day");
        Command sessions = hotlog(log, "sessions");
        String what = "import, report --by day; ccusage daily";
        String whatOfSessions = "import, sessions; ccusage session";
        try {
            Ccusage ccusage = Ccusage.find(settings);
            return List.of(
                    beside(what, report, theirs(ccusage, "daily")),
                    beside(whatOfSessions, sessions, theirs(ccusage, "session")));
        } catch (IOException e) {
            return List.of(Row.skipped(what, e.toString()), Row.skipped(whatOfSessions, e.toString()));
        }
    }

    private Command theirs(Ccusage ccusage, String question) {
        return Command.of(ccusage.words(question, "--offline"))
                .with(Map.of("HOME", home.folder().toString()));
    }

    private Row beside(String what, Command ours, Command theirs) throws IOException, InterruptedException {
        Progress.say(what);
        InTurn both = InTurn.of(ours, theirs, WARM_UP_RUNS, settings.rounds());
        return Row.of(
                what,
                Unit.MILLIS,
                both.ours(),
                both.theirs(),
                Asked.figureAtMost(ASKED_ANSWER_MILLIS),
                "ccusage " + Ccusage.VERSION + ", native, reads all of the home each time");
    }
}
