// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/// A reader in a process of its own, beside an [AppendingProcess]: FOLDER PAYLOAD_BYTES. Follows the log and goes
/// through all of it again and again, until it is given a line; every event must be as it was appended, and none go
/// missing that was there. Ends with `read COUNT` or, at the first thing that is wrong, with a stack trace.
final class ReadingProcess {
    private ReadingProcess() {}

    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int payloadBytes = Integer.parseInt(arguments[1]);
        try (HotLogReader reader = HotLogReader.open(Path.of(arguments[0]));
                Tail tail = reader.tail(0)) {
            System.out.println("reading");
            long followed = 0;
            long replayed = 0;
            while (!in.ready()) {
                while (tail.next(Duration.ofMillis(1)) && followed % 500 != 499) {
                    check(tail.event(), followed++, payloadBytes);
                }
                replayed = replay(reader, replayed, payloadBytes);
                if (replayed > 0) {
                    isFound(reader, replayed - 1, payloadBytes);
                }
            }
            System.out.println("read " + Math.max(followed, replay(reader, replayed, payloadBytes)));
        }
    }

    private static long replay(HotLogReader reader, long atLeast, int payloadBytes) throws IOException {
        long next = Math.max(0, atLeast - 100);
        for (EventView event : reader.replay().from(next)) {
            check(event, next++, payloadBytes);
        }
        if (next < atLeast) {
            throw new AssertionError("there were " + atLeast + " events, and are " + next);
        }
        if (next % AppendingProcess.BATCH != 0) {
            throw new AssertionError(next + " events are not whole batches");
        }
        return next;
    }

    private static void check(EventView event, long offset, int payloadBytes) {
        Event expected = Events.event(AppendingProcess.SESSION, offset, payloadBytes);
        if (event.offset() != offset || !event.toEvent().equals(expected)) {
            throw new AssertionError("at " + offset + " is " + event.offset() + " " + event.toEvent());
        }
    }

    private static void isFound(HotLogReader reader, long offset, int payloadBytes) throws IOException {
        Event expected = Events.event(AppendingProcess.SESSION, offset, payloadBytes);
        if (!reader.get(AppendingProcess.SESSION, offset)
                .filter(expected::equals)
                .isPresent()) {
            throw new AssertionError("what replays at " + offset + " is not found");
        }
    }
}
