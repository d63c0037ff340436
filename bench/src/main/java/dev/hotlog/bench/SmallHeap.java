// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.agents.history.History;
import dev.hotlog.agents.history.SessionFilter;
import dev.hotlog.agents.history.Span;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A process of 64 MiB of heap, which opens a log to append to, and then answers from it.
final class SmallHeap {
    private static final int MIB = 1 << 20;
    private static final int ASKED_MIB = 64;
    private static final int PAGE = 50;

    private SmallHeap() {}

    /// The heap in use after opening, all of the JVM's own included; infinite when 64 MiB did not do.
    static Row row(HistoryLog log) throws IOException, InterruptedException {
        Progress.say("opening a log in " + ASKED_MIB + " MiB");
        Process process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx" + ASKED_MIB + "m",
                        "-cp",
                        ManagementFactory.getRuntimeMXBean().getClassPath(),
                        SmallHeap.class.getName(),
                        log.folder().toString(),
                        log.workload().sessionId(0)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        process.waitFor();
        double opened = told.isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(told.getFirst());
        String limit = "a JVM with -Xmx" + ASKED_MIB + "m, after kill -9; ";
        String note = switch (told.size()) {
            case 0 -> limit + "it could not open the log";
            case 1 -> limit + "it opened the log and could not answer";
            default -> limit + "then a lookup and the first page of sessions: " + told.getLast() + " MiB";
        };
        return Row.alone("open, heap in use", Unit.MIB, opened, Asked.figureAtMost(ASKED_MIB), note);
    }

    /// The arguments are the log's folder and a session in it. Tells the MiB in use once it is open, and
    /// again when questions were answered.
    public static void main(String[] words) throws IOException {
        Path folder = Path.of(words[0]);
        try (HotLog log = HotLog.open(folder)) {
            tellHeapInUse();
            if (log.nextOffset() == 0) {
                throw new IllegalStateException("an empty log");
            }
            try (History history = History.open(folder)) {
                OptionalLong first = history.offsetOf(words[1], 0);
                try (Stream<SessionSummary> sessions = history.sessions(SessionFilter.ALL, Span.ALWAYS)) {
                    if (first.isEmpty() || sessions.limit(PAGE).toList().isEmpty()) {
                        throw new IllegalStateException("an answer is missing");
                    }
                }
                tellHeapInUse();
            }
        }
    }

    private static void tellHeapInUse() {
        System.gc();
        System.out.println(
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / MIB);
    }
}
