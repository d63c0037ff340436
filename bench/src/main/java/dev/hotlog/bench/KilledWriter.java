// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Durability;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/// A process that goes on with a log until it is killed, in the middle of appending.
final class KilledWriter {
    private static final int LEAST_EVENTS = 1_000;

    private KilledWriter() {}

    /// Lets it append to the log for a moment, and kills it.
    static void run(HistoryLog log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        ManagementFactory.getRuntimeMXBean().getClassPath(),
                        KilledWriter.class.getName(),
                        log.folder().toString(),
                        Integer.toString(log.events())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int told = process.getInputStream().read();
        process.destroyForcibly().waitFor();
        if (told < 0) {
            throw new IOException("a writer ended before it was killed");
        }
    }

    /// The arguments are the log's folder, and how many events it was planned to have.
    public static void main(String[] words) throws IOException {
        HistoryLog planned = HistoryLog.planned(Path.of(words[0]), Integer.parseInt(words[1]));
        Workload workload = planned.workload();
        try (HotLog log = HotLog.open(planned.folder())) {
            long first = log.nextOffset();
            for (long number = first; ; number++) {
                log.append(workload.event(number), Durability.MEMORY);
                if (number == first + LEAST_EVENTS) {
                    System.out.println("appending");
                    System.out.flush();
                }
            }
        }
    }
}
