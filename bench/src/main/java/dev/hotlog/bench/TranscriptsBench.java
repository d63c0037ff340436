// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// How long do transcripts take to become a report of tokens by day, beside `ccusage`?
/// (`bench/run program`)
///
/// Timed, on the same [ClaudeHome], in turn: `hotlog import` and then `hotlog report`, two processes, first
/// with a log that is not there, then again with that log and nothing new in the transcripts; and
/// `ccusage claude daily --offline`, its native program without the launcher in JavaScript. Ours reads every
/// line once, keeps every event and syncs it; then it reads the sizes and times of the files and the log's
/// sums. `ccusage` reads every line each time and keeps nothing. Before that, both must come to the same
/// tokens.
final class TranscriptsBench {
    private static final int MOST_SESSIONS = 200;
    private static final int LINES_A_SESSION = 500;
    private static final int WARM_UP_RUNS = 1;
    private static final String WHAT = "program, import and report; ccusage";
    private static final String AGAIN = "program, the same again; ccusage";

    private static final Pattern OUR_TOKENS = Pattern.compile("\"tokens_out\":(\\d+)");
    private static final Pattern THEIR_TOTAL =
            Pattern.compile("\"totals\"\\s*:\\s*\\{[^}]*\"outputTokens\"\\s*:\\s*(\\d+)");

    private final Settings settings;
    private final Scratch scratch;
    private final Command theirs;
    private final Command theirJson;
    private int logs;

    private TranscriptsBench(Settings settings, Scratch scratch, Ccusage ccusage, ClaudeHome home) {
        this.settings = settings;
        this.scratch = scratch;
        Map<String, String> environment = Map.of(
                "HOME",
                home.folder().toString(),
                "CLAUDE_CONFIG_DIR",
                home.folder().resolve(".claude").toString());
        this.theirs = Command.of(ccusage.words("claude", "daily", "--offline")).with(environment);
        this.theirJson = Command.of(ccusage.words("claude", "daily", "--offline", "--json"))
                .with(environment);
    }

    static List<Row> rows(Settings settings) throws IOException, InterruptedException {
        Ccusage ccusage;
        try {
            ccusage = Ccusage.find(settings);
        } catch (IOException e) {
            return List.of(Row.skipped(WHAT, e.toString()));
        }
        int sessions = Math.min(settings.events() / LINES_A_SESSION, MOST_SESSIONS);
        try (Scratch scratch = Scratch.in(settings.folder())) {
            ClaudeHome home = ClaudeHome.write(scratch.folder().resolve("home"), sessions, LINES_A_SESSION);
            return new TranscriptsBench(settings, scratch, ccusage, home).rows(home);
        }
    }

    private List<Row> rows(ClaudeHome home) throws IOException, InterruptedException {
        check(home);
        Samples first = new Samples();
        Samples again = new Samples();
        Samples theirFirst = new Samples();
        Samples theirAgain = new Samples();
        for (int i = -WARM_UP_RUNS; i < settings.rounds(); i++) {
            Progress.round("program, transcripts", Math.max(i, 0), settings.rounds());
            String log = newLog();
            double firstMillis = importAndReport(home, log);
            double theirFirstMillis = theirs.millis();
            double againMillis = importAndReport(home, log);
            double theirAgainMillis = theirs.millis();
            if (i >= 0) {
                first.add(firstMillis);
                theirFirst.add(theirFirstMillis);
                again.add(againMillis);
                theirAgain.add(theirAgainMillis);
            }
        }
        String note = home.size() + "; ccusage " + Ccusage.VERSION + ", native, reads all of it and keeps nothing; ours"
                + " keeps every event";
        String againNote = "nothing new in the transcripts: ours looks at the files and reads its log";
        return List.of(
                Row.of(WHAT, Unit.MILLIS, first, theirFirst, Asked.NOTHING, note),
                Row.of(AGAIN, Unit.MILLIS, again, theirAgain, Asked.NOTHING, againNote));
    }

    private String newLog() {
        return scratch.folder().resolve("log-" + logs++).toString();
    }

    private double importAndReport(ClaudeHome home, String log) throws IOException, InterruptedException {
        return importing(home, log).millis()
                + Command.hotlog(settings, List.of("--dir", log, "report")).millis();
    }

    private Command importing(ClaudeHome home, String log) {
        return Command.hotlog(
                settings,
                List.of("--dir", log, "import", "--home", home.folder().toString()));
    }

    private void check(ClaudeHome home) throws IOException, InterruptedException {
        String log = newLog();
        importing(home, log).millis();
        Command report = Command.hotlog(settings, List.of("--dir", log, "report", "--json"));
        check("hotlog", sum(OUR_TOKENS, report.output()), home);
        check("ccusage", sum(THEIR_TOTAL, theirJson.output()), home);
    }

    private static long sum(Pattern number, String json) {
        return number.matcher(json)
                .results()
                .map((MatchResult found) -> found.group(1))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static void check(String program, long tokens, ClaudeHome home) {
        if (tokens != home.outputTokens()) {
            throw new IllegalStateException(
                    program + " counts " + tokens + " tokens of output; there are " + home.outputTokens());
        }
    }
}
