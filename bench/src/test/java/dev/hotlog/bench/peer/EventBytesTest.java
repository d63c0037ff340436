// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Source;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventBytesTest {
    private static final Event FULL = full();
    private static final Event BARE = Event.of("bare", 0).build();

    private final EventBytes bytes = new EventBytes();

    private static Event full() {
        Event.Builder event = Event.of("full", 300)
                .ts(1_767_225_600_123L, true)
                .kind(Kind.COST)
                .source(Source.PROXY)
                .tool("Bash")
                .toolCallId("toolu_1")
                .stopReason("")
                .model("größer")
                .payload("{\"a\":1}");
        for (Measure measure : Measure.ALL) {
            event.measure(measure, measure == Measure.COST_USD_E6 ? -5 : 100 + measure.ordinal());
        }
        return event.build();
    }

    @Test
    void anEventComesBackAsItWas() {
        for (Event event : List.of(FULL, BARE)) {
            assertThat(EventBytes.event(event.sessionId(), event.seq(), ByteBuffer.wrap(bytes.valueBytes(event))))
                    .isEqualTo(event);
        }
    }

    @Test
    void whatAScanReadsIsFoundWithoutTheRest() {
        List<List<Long>> read = new ArrayList<>();
        for (Event event : List.of(FULL, BARE)) {
            ByteBuffer key = bytes.key(event.sessionId(), event.seq());
            EventBytes.read(
                    EventBytes.seq(key),
                    bytes.value(event),
                    (seq, millis, tokensOut, payload) -> read.add(List.of(seq, millis, tokensOut, (long) payload)));
        }
        assertThat(read)
                .containsExactly(List.of(300L, 1_767_225_600_123L, 101L, 7L), List.of(0L, 0L, Measure.ABSENT, 0L));
    }

    @Test
    void keysSortBySessionAndThenBySeq() {
        assertThat(Arrays.compareUnsigned(EventBytes.keyBytes("a", 255), EventBytes.keyBytes("a", 256)))
                .isNegative();
        assertThat(Arrays.compareUnsigned(EventBytes.keyBytes("a", 256), EventBytes.keyBytes("b", 0)))
                .isNegative();
    }
}
