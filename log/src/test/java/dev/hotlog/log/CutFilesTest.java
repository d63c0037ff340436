// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Damage;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Someone cuts files short that a reader has mapped: what is gone is damage, as on a disk that refuses it, and does
/// not
/// end the process.
class CutFilesTest {
    private static final String SEGMENT = ParityLog.FIRST_SEGMENT;
    private static final int EVENTS = 200;
    private static final int EVENT_BYTES = 1_000;
    /// Of the segment: a whole number of pages.
    private static final int LEFT_BYTES = 100 << 10;

    /// So many get the code compiled, which hears of faults otherwise than the interpreter.
    private static final int LOOKS = 20_000;

    @TempDir
    Path folder;

    private final List<Event> events = new ArrayList<>();

    @BeforeEach
    void fill() throws LogException {
        fill(HotLogOptions.DEFAULTS);
    }

    private void fill(HotLogOptions options) throws LogException {
        events.clear();
        try (HotLog log = HotLog.open(folder, options)) {
            for (int seq = 0; seq < EVENTS; seq++) {
                Event event = Events.event("s", seq, EVENT_BYTES);
                events.add(event);
                log.append(event);
            }
        }
    }

    private void cut(String name, long lengthBytes) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve(name), StandardOpenOption.WRITE)) {
            assertThat(file.size()).isGreaterThan(lengthBytes);
            file.truncate(lengthBytes);
        }
    }

    @Test
    void whatIsLeftOfASegmentIsReadAndTheRestTold() throws IOException {
        try (HotLogReader reader = HotLogReader.open(folder)) {
            assertThat(reader.nextOffset()).isEqualTo(EVENTS);
            cut(SEGMENT, LEFT_BYTES);
            List<Damage> told = new ArrayList<>();
            List<Event> left = reader.replay().onDamage(told::add).events().toList();
            assertThat(left).hasSizeBetween(EVENTS / 4, EVENTS - 1);
            assertThat(left).isEqualTo(events.subList(0, left.size()));
            assertThat(told).singleElement().satisfies(damage -> {
                assertThat(damage.file()).isEqualTo(SEGMENT);
                assertThat(damage.firstOffset()).isEqualTo(left.size());
                assertThat(damage.lostEvents()).isEqualTo(EVENTS - left.size());
            });
            assertThat(reader.get("s", 0)).hasValue(events.getFirst());
            assertThatThrownBy(() -> reader.get("s", EVENTS - 1)).isInstanceOf(LogException.Damaged.class);
            assertThatThrownBy(() -> reader.at(EVENTS - 1)).isInstanceOf(LogException.Damaged.class);
        }
    }

    @Test
    void aReaderWhoseFilesAreEmptiedTellsThatEverythingIsLost() throws IOException {
        try (HotLogReader reader = HotLogReader.open(folder)) {
            assertThat(reader.nextOffset()).isEqualTo(EVENTS);
            cut(SEGMENT, 0);
            List<Damage> told = new ArrayList<>();
            assertThat(reader.replay().onDamage(told::add).events()).isEmpty();
            assertThat(told)
                    .singleElement()
                    .satisfies(damage -> assertThat(damage.lostEvents()).isEqualTo(EVENTS));
        }
    }

    @Test
    void anIndexThatIsEmptiedIsBuiltAnew(@TempDir Path ofSeveralSegments) throws IOException {
        folder = ofSeveralSegments;
        fill(HotLogOptions.DEFAULTS.withSegmentBytes(LEFT_BYTES));
        try (HotLogReader reader = HotLogReader.open(folder)) {
            assertThat(reader.nextOffset()).isEqualTo(EVENTS);
            cut("00000000000000000000.idx", 0);
            assertThat(reader.get("s", 1)).hasValue(events.get(1));
            assertThat(reader.sessions())
                    .singleElement()
                    .satisfies(session -> assertThat(session.totals().events()).isEqualTo(EVENTS));
        }
    }

    @Test
    void anIndexThatIsEmptiedAfterItWasUsedIsBuiltAnew(@TempDir Path ofSeveralSegments) throws IOException {
        folder = ofSeveralSegments;
        fill(HotLogOptions.DEFAULTS.withSegmentBytes(LEFT_BYTES));
        try (HotLogReader reader = HotLogReader.open(folder)) {
            assertThat(reader.get("s", 1)).hasValue(events.get(1));
            cut("00000000000000000000.idx", 0);
            for (int look = 0; look < LOOKS; look++) {
                assertThat(reader.offsetOf("s", look % EVENTS)).hasValue(look % EVENTS);
            }
        }
    }

    @Test
    void aReaderGoesOnWithoutPublished() throws IOException {
        try (HotLogReader reader = HotLogReader.open(folder)) {
            assertThat(reader.nextOffset()).isEqualTo(EVENTS);
            cut("published", 0);
            for (int look = 0; look < LOOKS; look++) {
                assertThat(reader.nextOffset()).isEqualTo(EVENTS);
            }
        }
    }
}
