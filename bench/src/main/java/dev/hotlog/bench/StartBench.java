// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;
import java.util.List;

/// How long does the program take from start to end when it has next to nothing to do? (`bench/run start`)
///
/// Timed: the process `./hotlog --version`, from before it is started until it has ended, launcher and JVM
/// included. It was run before, so it is built, its AOT cache is made, and its files are in the page cache.
///
/// The baseline is `java --version` of the same Java: a JVM that starts and ends, without a cache or a launcher.
final class StartBench {
    private static final double ASKED_MILLIS = 250;
    private static final int RUNS = 21;
    private static final int WARM_UP_RUNS = 3;

    private StartBench() {}

    static List<Row> rows(Settings settings) throws IOException, InterruptedException {
        Command ours = Command.hotlog(settings, List.of("--version"));
        Command java = Command.of(ProcessHandle.current().info().command().orElse("java"), "--version");
        Progress.say("start, " + RUNS + " runs");
        ours.output(); // tells when it has to be built
        for (int i = 0; i < WARM_UP_RUNS; i++) {
            ours.millis();
            java.millis();
        }
        Samples figures = new Samples();
        Samples baseline = new Samples();
        for (int i = 0; i < RUNS; i++) {
            figures.add(ours.millis());
            baseline.add(java.millis());
        }
        String note = RUNS + " runs; the baseline is java --version";
        return List.of(Row.of(
                "start, ./hotlog --version", Unit.MILLIS, figures, baseline, Asked.figureAtMost(ASKED_MILLIS), note));
    }
}
