// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.LogException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A log whose index has outgrown the heap.
@Timeout(120)
class OutOfMemoryIT {
    private static final HotLogOptions OPTIONS =
            HotLogOptions.DEFAULTS.withSegmentBytes(1 << 30).withGroup(1 << 20, Integer.MAX_VALUE, Duration.ofHours(1));
    /// Far more than that heap has room to index.
    private static final int MOST_EVENTS = 10_000_000;

    @TempDir
    private Path folder;

    /// Appends until memory runs out, which the next doubling of the index's tables brings about, and says how the log
    /// takes it.
    public static void main(String[] directory) throws LogException {
        HotLog log = HotLog.open(Path.of(directory[0]), OPTIONS);
        int seq = 0;
        try {
            while (seq < MOST_EVENTS) {
                log.append(Event.of("s", seq).build(), Durability.MEMORY);
                seq++;
            }
        } catch (OutOfMemoryError _) {
            System.out.println("refused " + seq);
        }
        System.out.println("durable " + log.durableOffset());
        try {
            log.append(Event.of("t", 0).build(), Durability.FORCED);
        } catch (LogException.Stopped e) {
            System.out.println("then: " + e.getMessage());
        }
        try {
            log.close();
        } catch (LogException.Stopped e) {
            System.out.println("at last: " + e.getMessage());
        }
    }

    @Test
    void aLogThatCannotIndexWhatIsAppendedStopsAndKeepsWhatWasOnDisk() throws Exception {
        List<String> told;
        try (Child child = Child.start(List.of("-Xmx24m"), OutOfMemoryIT.class, folder)) {
            told = child.rest();
            assertThat(child.exitValue()).isZero();
        }
        String stopped = "the log stopped: what was appended could not be indexed";
        assertThat(told).endsWith("then: " + stopped, "at last: " + stopped);
        long refused = number(told, "refused ");
        long durable = number(told, "durable ");
        assertThat(durable).isPositive().isLessThanOrEqualTo(refused);
        try (HotLogReader reader = HotLogReader.open(folder)) {
            long next = 0;
            for (EventView event : reader.replay()) {
                assertThat(event.seq()).isEqualTo(next++);
            }
            assertThat(next).isBetween(durable, refused);
            assertThat(reader.get("t", 0)).isEmpty();
        }
        try (HotLog next = HotLog.open(folder)) {
            assertThat(next.append(Event.of("t", 0).build(), Durability.FORCED)).isBetween(durable, refused);
        }
    }

    private static long number(List<String> told, String word) {
        return told.stream()
                .filter(line -> line.startsWith(word))
                .mapToLong(line -> Long.parseLong(line.substring(word.length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(word + "is not among " + told));
    }
}
