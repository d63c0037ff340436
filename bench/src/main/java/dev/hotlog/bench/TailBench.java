// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Durability;
import dev.hotlog.log.HotLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// How soon does another process see an event while the writer appends as fast as it can? (`bench/run tail`)
///
/// Timed: from before [HotLog#append] in the writer, by the group rule, until the event has come out of a
/// [dev.hotlog.log.Tail] in a reader's process; so the wait for the disk is part of it. Events of the second half of a
/// round count.
final class TailBench {
    private static final double ASKED_MICROS = 5_000;

    private TailBench() {}

    static List<Row> rows(Settings settings) throws IOException, InterruptedException {
        Samples medians = new Samples();
        Samples tails = new Samples();
        for (int i = 0; i < settings.rounds(); i++) {
            Progress.round("tail", i, settings.rounds());
            try (Scratch scratch = Scratch.in(settings.folder())) {
                String[] figures = round(scratch.folder().resolve("log"), settings.events());
                medians.add(Double.parseDouble(figures[0]));
                tails.add(Double.parseDouble(figures[1]));
            }
        }
        return List.of(Row.alone(
                "tail in another process, p50",
                Unit.MICROS,
                medians.median(),
                Asked.figureAtMost(ASKED_MICROS),
                String.format(Locale.ROOT, "the writer at full speed, the group rule; p99 %,.0f us", tails.median())));
    }

    private static String[] round(Path folder, int events) throws IOException, InterruptedException {
        Workload workload = new Workload();
        try (HotLog log = HotLog.open(folder)) {
            Process reader = new ProcessBuilder(List.of(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-cp",
                            ManagementFactory.getRuntimeMXBean().getClassPath(),
                            TailingReader.class.getName(),
                            folder.toString(),
                            Integer.toString(events)))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader told =
                    new BufferedReader(new InputStreamReader(reader.getInputStream(), StandardCharsets.UTF_8))) {
                told.readLine();
                for (int number = 0; number < events; number++) {
                    log.append(
                            workload.event(number).toBuilder()
                                    .ts(nowMicros(), true)
                                    .build(),
                            Durability.MEMORY);
                }
                log.flush();
                String figures = told.readLine();
                if (reader.waitFor() != 0 || figures == null) {
                    throw new IOException("the reader failed, exit code " + reader.exitValue());
                }
                return figures.split(" ", -1);
            }
        }
    }

    /// Events carry it in place of milliseconds.
    static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
