// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.FaultyStorage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Events are found by their keys over many segments, in whatever order the seqs came.
class LookupTest {
    private static final HotLogOptions SMALL_SEGMENTS = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);
    private static final int EVENTS = 1_000;
    private static final int PAYLOAD_BYTES = 300;

    @Test
    void seqsThatGrowFromSegmentToSegmentAreFound() throws LogException {
        areFound(i -> i);
    }

    @Test
    void seqsThatSinkFromSegmentToSegmentAreFound() throws LogException {
        areFound(i -> EVENTS - i);
    }

    @Test
    void seqsThatComeCrosswiseAreFound() throws LogException {
        areFound(i -> i * 7L % EVENTS * 3);
    }

    @Test
    void seqsBeyondTheRangeOfALongAreFound() throws LogException {
        areFound(i -> Long.MIN_VALUE - EVENTS / 2 + i);
    }

    private interface Seqs {
        long of(int number);
    }

    private static void areFound(Seqs seqs) throws LogException {
        FaultyStorage storage = new FaultyStorage();
        List<Event> events = new ArrayList<>();
        try (HotLog log = HotLog.open(storage, SMALL_SEGMENTS, InstantSource.system());
                HotLogReader reader = HotLogReader.open(storage)) {
            for (int i = 0; i < EVENTS; i++) {
                Event event = Events.event("s" + i % 2, seqs.of(i), PAYLOAD_BYTES);
                log.append(event, Durability.MEMORY);
                events.add(event);
                if (i % 97 == 0) {
                    log.flush();
                    allAreThere(reader, log, events);
                }
            }
            log.flush();
            allAreThere(reader, log, events);
        }
        try (HotLogReader reader = HotLogReader.open(storage);
                HotLog log = HotLog.open(storage, SMALL_SEGMENTS, InstantSource.system())) {
            assertThat(reader.info().segments()).isGreaterThan(3);
            allAreThere(reader, log, events);
        }
    }

    private static void allAreThere(HotLogReader reader, HotLog log, List<Event> events) throws LogException {
        for (int offset = 0; offset < events.size(); offset++) {
            Event event = events.get(offset);
            assertThat(reader.offsetOf(event.sessionId(), event.seq())).hasValue(offset);
            assertThat(log.append(event, Durability.MEMORY)).isEqualTo(offset);
            String other = event.sessionId().equals("s0") ? "s1" : "s0";
            assertThat(reader.offsetOf(other, event.seq())).isEmpty();
            assertThat(log.offsetOf(other, event.seq())).isEmpty();
        }
    }
}
