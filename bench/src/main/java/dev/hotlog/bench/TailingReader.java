// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.log.HotLogReader;
import dev.hotlog.log.Tail;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// A process that follows a log and tells how long each event took to come to it: from the time that the event has,
/// microseconds by the system's clock, which both processes share.
final class TailingReader {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private TailingReader() {}

    /// The arguments are the log's folder, and how many events to wait for. Prints a line when it is ready, and then
    /// the median and the 99th percentile in microseconds.
    public static void main(String[] words) throws IOException, InterruptedException {
        long events = Long.parseLong(words[1]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Samples micros = new Samples();
        try (HotLogReader reader = HotLogReader.open(Path.of(words[0]));
                Tail tail = reader.tail(0)) {
            out.println("ready");
            for (long i = 0; i < events; i++) {
                if (!tail.next(PATIENCE)) {
                    throw new IOException("event " + i + " of " + events + " did not come");
                }
                // The events of the second half: the code that follows them is compiled by then.
                if (i >= events / 2) {
                    micros.add((double) (TailBench.nowMicros() - tail.event().tsMillis()));
                }
            }
        }
        out.println(micros.median() + " " + micros.percentile(99));
    }
}
