// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Kind;
import dev.hotlog.event.LogException;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.event.Source;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/// What the reference can do: rows R1 to R11 of docs/parity.md.
class ParityFeaturesTest {
    private final ParityLog log = new ParityLog();

    @Test
    void r01TheHeaderTellsMagicAndVersionAndAWrongOneIsAnError() throws LogException {
        log.appended("s", 0, 1);
        byte[] head = log.bytes(ParityLog.FIRST_SEGMENT);
        assertThat(head).startsWith(0x89, 'H', 'O', 'T', 'L', 'O', 'G', '\n', 1, 0, 0, 0);
        log.changed(ParityLog.FIRST_SEGMENT, bytes -> {
            setVersion(bytes, 0, 2);
            setVersion(bytes, 512, 2);
        });
        assertThatThrownBy(log::reader)
                .isInstanceOf(LogException.UnsupportedFormat.class)
                .hasMessageContaining("later version");
        assertThatThrownBy(log::open).isInstanceOf(LogException.UnsupportedFormat.class);
        log.with(DiskImage.of(Map.of(ParityLog.FIRST_SEGMENT, "OHNEZIAK and more".getBytes(StandardCharsets.UTF_8))));
        assertThatThrownBy(log::reader)
                .isInstanceOf(LogException.UnsupportedFormat.class)
                .hasMessageContaining("not a hotlog file");
    }

    private static void setVersion(byte[] file, int header, int version) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(header + 8, version);
        CRC32C crc = new CRC32C();
        crc.update(file, header, 76);
        bytes.putInt(header + 76, (int) crc.getValue());
    }

    @Test
    void r02AppendGivesTheOffsetUnderWhichTheEventIsFound() throws LogException {
        try (HotLog writer = log.open()) {
            for (long seq = 0; seq < 10; seq++) {
                assertThat(writer.append(Events.event("s", seq))).isEqualTo(seq);
            }
        }
        try (HotLogReader reader = log.reader()) {
            assertThat(reader.at(7)).contains(Events.event("s", 7));
        }
    }

    @Test
    void r03EveryOptionalFieldTellsAbsentFromZeroAndFromEmpty() throws LogException {
        List<Event> events = new ArrayList<>();
        events.add(Event.of("bare", 0).build());
        Event.Builder zeros =
                Event.of("zeros", 0).tool("").toolCallId("").stopReason("").model("");
        Measure.ALL.forEach(measure -> zeros.measure(measure, 0));
        events.add(zeros.build());
        Event.Builder full = Event.of("full", -1)
                .ts(-1, true)
                .kind(Kind.COST)
                .source(Source.PROXY)
                .tool("Bash")
                .toolCallId("t1")
                .stopReason("end_turn")
                .model("m")
                .payload("{\"a\":1}");
        Measure.ALL.forEach(measure -> full.measure(measure, measure.max()));
        events.add(full.build());
        events.add(Event.of("least", 0)
                .measure(Measure.COST_USD_E6, Long.MIN_VALUE)
                .build());
        for (Measure one : Measure.ALL) {
            events.add(Event.of("one", one.ordinal()).measure(one, 5).build());
        }
        try (HotLog writer = log.open()) {
            writer.append(Batch.of(events));
        }
        assertThat(log.events()).isEqualTo(events);
        assertThat(log.events().getFirst().find(Measure.TOKENS_IN)).isEmpty();
        assertThat(log.events().get(1).find(Measure.TOKENS_IN)).isEqualTo(OptionalLong.of(0));
        assertThat(log.events().getFirst().tool()).isEmpty();
        assertThat(log.events().get(1).tool()).contains("");
        assertThat(log.events().get(3).has(Measure.COST_USD_E6)).isTrue();
    }

    @Test
    void r04AGroupIsForcedOnceEnoughBytesOrEventsWait() throws LogException {
        assertThat(forces(HotLogOptions.DEFAULTS.withGroup(4096, Integer.MAX_VALUE, Duration.ofDays(1)), 60, 1000))
                .isEqualTo(15);
        assertThat(forces(HotLogOptions.DEFAULTS.withGroup(Integer.MAX_VALUE, 128, Duration.ofDays(1)), 1280, 10))
                .isEqualTo(10);
    }

    private static long forces(HotLogOptions options, int events, int payloadBytes) throws LogException {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog writer = HotLog.open(storage, options, InstantSource.system())) {
            for (int seq = 0; seq < events; seq++) {
                writer.append(Events.event("s", seq, payloadBytes));
            }
            writer.flush();
            return writer.stats().forces();
        }
    }

    @Test
    void r05FlushedIsOnDiskAndFound() throws LogException {
        HotLog writer = log.open();
        writer.append(Events.event("s", 0));
        writer.flush();
        assertThat(writer.durableOffset()).isEqualTo(1);
        ParityLog after = new ParityLog(log.storage().crashed(1));
        assertThat(after.replayed()).containsExactly(0L);
        try (HotLogReader reader = after.reader()) {
            assertThat(reader.offsetOf("s", 0)).hasValue(0);
        }
    }

    @Test
    void r06ClosingFlushes() throws LogException {
        log.appended("s", 0, 3);
        assertThat(new ParityLog(log.storage().crashed(1)).replayed()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void r07ReplayGivesOffsetAndEventInOrderFromAMappedFile() throws LogException {
        assertThatThrownBy(log::reader).isInstanceOf(LogException.Missing.class);
        log.appended("s", 0, 0);
        assertThat(log.replayed()).isEmpty();
        log.appended("s", 0, 5);
        long expected = 0;
        try (HotLogReader reader = log.reader();
                Replay replay = reader.replay()) {
            for (EventView event : replay) {
                assertThat(event.offset()).isEqualTo(expected);
                assertThat(event.toEvent()).isEqualTo(Events.event("s", expected));
                expected++;
            }
        }
        assertThat(expected).isEqualTo(5);
    }

    @Test
    void r08ASessionTellsItsFirstAndLastOffsetAndItsLastSeq() throws LogException {
        try (HotLog writer = log.open()) {
            writer.append(Events.event("other", 0));
            writer.append(Events.event("s", 4));
            writer.append(Events.event("other", 1));
            writer.append(Events.event("s", 9));
        }
        try (HotLogReader reader = log.reader()) {
            SessionSummary session = reader.session("s").orElseThrow();
            assertThat(session.firstOffset()).isEqualTo(1);
            assertThat(session.lastOffset()).isEqualTo(3);
            assertThat(session.lastSeq()).isEqualTo(9);
        }
    }

    @Test
    void r09SeqsAreNumbersUpTo64Bits() throws LogException {
        List<Long> seqs = List.of(0L, 9L, 10L, 100L, Long.MAX_VALUE, -1L);
        try (HotLog writer = log.open()) {
            for (long seq : seqs) {
                writer.append(Events.event("s", seq));
            }
        }
        try (HotLogReader reader = log.reader()) {
            for (int i = 0; i < seqs.size(); i++) {
                assertThat(reader.offsetOf("s", seqs.get(i))).hasValue(i);
            }
            assertThat(reader.session("s").orElseThrow().lastSeq()).isEqualTo(-1L);
        }
    }

    @Test
    void r10AnOffsetIsLookedUpWithoutAWriter() throws LogException {
        log.appended("s", 0, 3);
        try (HotLogReader reader = log.reader()) {
            assertThat(reader.offsetOf("s", 2)).hasValue(2);
            assertThat(reader.offsetOf("s", 3)).isEmpty();
            assertThat(reader.offsetOf("t", 2)).isEmpty();
        }
    }

    @Test
    void r11NamesFromTheFutureAreReadAsTheyAre() throws LogException {
        Event event = Event.of("s", 0)
                .kind(Kind.of("Approval"))
                .source(Source.of("telepathy"))
                .build();
        try (HotLog writer = log.open()) {
            writer.append(event);
        }
        assertThat(log.events()).containsExactly(event);
        assertThat(Kind.of("ToolCall")).isEqualTo(Kind.TOOL_CALL).isEqualTo(Kind.of("tool_call"));
        assertThat(Source.of("Proxy")).isEqualTo(Source.PROXY);
    }

    @Test
    void forcedIsOnDiskWhenItReturns() throws LogException {
        HotLog writer = log.open();
        writer.append(Events.event("s", 0), Durability.FORCED);
        assertThat(new ParityLog(log.storage().crashed(1)).replayed()).containsExactly(0L);
    }
}
