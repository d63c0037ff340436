// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.Json;
import dev.hotlog.event.LogException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lookups in a log of many segments and many sessions, each in a few of these, and one that is in all.
class ManySessionsTest {
    private static final HotLogOptions OPTIONS = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);
    private static final int EVENTS = 6_000;
    private static final int EVENTS_A_SESSION = 10;
    private static final Json PAYLOAD = Json.of("{\"text\":\"" + "abcdefghij".repeat(20) + "\"}");

    @TempDir
    private Path folder;

    /// Every tenth is of the one session.
    private static Event event(int number) {
        Event.Builder event = number % 10 == 0
                ? Event.of("everywhere", number)
                : Event.of("session-" + number / EVENTS_A_SESSION, number % EVENTS_A_SESSION);
        return event.ts(1_700_000_000_000L + number, true).payload(PAYLOAD).build();
    }

    private static void append(HotLog log, int from, int to) throws LogException {
        for (int number = from; number < to; number++) {
            log.append(event(number), Durability.MEMORY);
        }
        log.flush();
    }

    private static void assertFound(HotLogReader reader, int events) throws LogException {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < events; number++) {
            numbers.add(number);
        }
        Collections.shuffle(numbers, new Random(1));
        for (int number : numbers) {
            Event event = event(number);
            assertThat(reader.get(event.sessionId(), event.seq())).contains(event);
            assertThat(reader.get(event.sessionId(), EVENTS + number)).isEmpty();
        }
        assertThat(reader.get("nobody", 0)).isEmpty();
    }

    @Test
    void eachEventIsFoundWhateverWasAskedBeforeAndWhileTheLogGrows() throws LogException {
        int half = EVENTS / 2;
        try (HotLog log = HotLog.open(folder, OPTIONS);
                HotLogReader reader = HotLogReader.open(folder)) {
            append(log, 0, half);
            assertFound(reader, half);
            append(log, half, EVENTS);
            assertFound(reader, EVENTS);
            // The writer asks the same to tell what it has already.
            for (int number = 0; number < EVENTS; number++) {
                assertThat(log.append(Batch.of(List.of(event(number))), Durability.MEMORY)
                                .duplicates())
                        .isOne();
            }
        }
    }

    @Test
    void anIndexThatIsLostOrDamagedMakesNoDifference() throws IOException {
        try (HotLog log = HotLog.open(folder, OPTIONS)) {
            append(log, 0, EVENTS);
        }
        List<Path> indexes;
        try (Stream<Path> files = Files.list(folder)) {
            indexes = files.filter(file -> file.toString().endsWith(".idx"))
                    .sorted()
                    .toList();
        }
        assertThat(indexes).hasSizeGreaterThan(10);
        Files.delete(indexes.get(2));
        byte[] damaged = Files.readAllBytes(indexes.get(5));
        for (int at = 1 << 12; at < damaged.length; at += 1 << 12) {
            damaged[at] ^= 1;
        }
        Files.write(indexes.get(5), damaged);
        try (HotLogReader reader = HotLogReader.open(folder)) {
            assertFound(reader, EVENTS);
        }
    }
}
