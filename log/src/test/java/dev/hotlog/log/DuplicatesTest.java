// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.FaultyStorage;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
    private final FaultyStorage storage = new FaultyStorage();
    private HotLog log;

    @BeforeEach
    void open() throws LogException {
        log = HotLog.open(storage, Script.OPTIONS.withSegmentBytes(1 << 20), InstantSource.system());
    }

    @AfterEach
    void close() throws LogException {
        log.close();
    }

    @Test
    void theSameEventIsFoundThoughTheFileHasGrownAcrossItSinceItWasMapped() throws LogException {
        List<Event> events = Events.events("s", 0, 30, 9_000);
        for (Event event : events) {
            log.append(event, Durability.FORCED);
            // Maps the file as long as it is now.
            assertThat(log.append(events.getFirst(), Durability.FORCED)).isZero();
        }
        for (int i = 0; i < events.size(); i++) {
            assertThat(log.append(events.get(i), Durability.FORCED)).isEqualTo(i);
        }
    }

    @Test
    void anEventUnderATakenKeyLeavesNothingBehind() throws LogException {
        Event event = Events.event("s", 1);
        Event other = event.toBuilder().payload("{}").build();
        log.append(event, Durability.FORCED);
        assertThatThrownBy(() -> log.append(other, Durability.FORCED)).isInstanceOf(LogException.KeyTaken.class);
        assertThat(log.append(Events.event("s", 2), Durability.FORCED)).isEqualTo(1);
        try (HotLogReader reader = HotLogReader.open(storage)) {
            assertThat(reader.replay().events()).containsExactly(event, Events.event("s", 2));
        }
    }

    @Test
    void aBatchWithAnEventUnderATakenKeyLeavesNothingBehind() throws LogException {
        log.append(Events.event("s", 1), Durability.FORCED);
        Event other = Events.event("s", 1).toBuilder().payload("{}").build();
        Batch batch =
                new Batch(List.of(Events.event("s", 2), other), List.of(), List.of(new Cursor("file", "all of it")));
        assertThatThrownBy(() -> log.append(batch, Durability.FORCED))
                .isInstanceOf(LogException.KeyTaken.class)
                .hasMessage("another event has seq 1 of session s (offset=0)");
        assertThat(log.nextOffset()).isEqualTo(1);
        assertThat(log.cursor("file")).isEmpty();
        assertThat(log.offsetOf("s", 2)).isEmpty();
    }

    @Test
    void aBatchWithTwoEventsOfOneKeyIsRefused() throws LogException {
        Event event = Events.event("s", 1);
        Event other = event.toBuilder().payload("{}").build();
        assertThatThrownBy(() -> log.append(Batch.of(event, other))).isInstanceOf(LogException.KeyTaken.class);
        assertThat(log.nextOffset()).isZero();
        assertThat(log.append(Batch.of(event, event)).duplicates()).isOne();
    }

    @Test
    void anEventThatTheFileHadNoRoomForWhenItWasMappedIsFound() throws LogException {
        List<Event> events = Events.events("s", 0, 30, 9_000);
        for (Event event : events.subList(0, 3)) {
            log.append(event, Durability.FORCED);
        }
        assertThat(log.offsetOf("s", 0)).hasValue(0);
        for (Event event : events.subList(3, 30)) {
            log.append(event, Durability.FORCED);
        }
        assertThat(log.offsetOf("s", 20)).hasValue(20);
    }

    @Test
    void theSameEventAgainIsOnDiskWhenTheAppendThatAskedForItReturns() throws LogException {
        Event event = Events.event("s", 0);
        log.append(event, Durability.MEMORY);
        assertThat(log.append(event, Durability.FORCED)).isZero();
        assertThat(log.durableOffset()).isEqualTo(1);

        Batch batch = Batch.of(Events.events("t", 2));
        log.append(batch, Durability.MEMORY);
        Receipt receipt = log.append(batch, Durability.FORCED);
        assertThat(receipt.duplicates()).isEqualTo(2);
        assertThat(receipt.offset(1)).isEqualTo(2);
        assertThat(log.durableOffset()).isEqualTo(3);
    }

    @Test
    void anEventTwiceInABatchHasOneOffset() throws LogException {
        Event event = Events.event("s", 1);
        Receipt receipt = log.append(Batch.of(Events.event("s", 0), event, event));
        assertThat(receipt.duplicates()).isOne();
        assertThat(receipt.offset(1)).isEqualTo(1);
        assertThat(receipt.offset(2)).isEqualTo(1);
    }
}
