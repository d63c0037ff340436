// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// A writer in a process of its own: FOLDER SEGMENT_BYTES PAYLOAD_BYTES. It says `open OFFSET` or why not; then, after
/// a line on its stdin, it appends events of session `s`, whose seqs are their offsets, three at a time with a cursor,
/// for ever. Each acknowledged batch is told as `acknowledged OFFSET`, the offset behind it.
final class AppendingProcess {
    static final String SESSION = "s";
    static final String SOURCE = "source";
    static final int BATCH = 3;

    private AppendingProcess() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        HotLogOptions options = HotLogOptions.DEFAULTS.withSegmentBytes(Integer.parseInt(arguments[1]));
        int payloadBytes = Integer.parseInt(arguments[2]);
        try (HotLog log = HotLog.open(Path.of(arguments[0]), options)) {
            out.println("open " + log.nextOffset());
            in.readLine();
            for (long next = log.nextOffset(); ; next += BATCH) {
                log.append(batch(next, payloadBytes), Durability.FORCED);
                out.println("acknowledged " + (next + BATCH));
            }
        } catch (LogException e) {
            out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    static Batch batch(long next, int payloadBytes) {
        return new Batch(
                Events.events(SESSION, next, BATCH, payloadBytes),
                List.of(),
                List.of(new Cursor(SOURCE, Long.toString(next + BATCH))));
    }
}
