// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.seedlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedLogScanTest {
    /// Where in a record the flag lies that tells whether its time is exact.
    private static final int TS_EXACT = 24;

    @TempDir
    Path folder;

    private record Reading(
            List<Event> events,
            List<SeedLogScan.Step.Damaged> damage,
            List<SeedLogScan.Step.Unfit> unfit,
            long position) {}

    private Reading read(byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(Files.write(folder.resolve("log.bin"), bytes))) {
            assertThat(SeedLog.isOne(channel)).isTrue();
            List<Event> events = new ArrayList<>();
            List<SeedLogScan.Step.Damaged> damage = new ArrayList<>();
            List<SeedLogScan.Step.Unfit> unfit = new ArrayList<>();
            SeedLogScan scan = new SeedLogScan(channel, SeedLogScan.START, channel.size());
            for (Optional<SeedLogScan.Step> step = scan.next(); step.isPresent(); step = scan.next()) {
                switch (step.get()) {
                    case SeedLogScan.Step.Taken taken -> events.add(taken.event());
                    case SeedLogScan.Step.Damaged damaged -> damage.add(damaged);
                    case SeedLogScan.Step.Unfit one -> unfit.add(one);
                }
            }
            return new Reading(events, damage, unfit, scan.mark().position());
        }
    }

    private static byte[] golden() throws IOException {
        return Files.readAllBytes(Corpora.shared("seed-log/log.bin"));
    }

    private static List<JsonSlice> expected() throws IOException {
        try (var lines = Files.lines(Corpora.shared("seed-log/events.jsonl"))) {
            return lines.map(JsonSlice::of).collect(Collectors.toCollection(ArrayList::new));
        }
    }

    @Test
    void r12EveryEventOfTheReferenceComesThroughFieldByField() throws IOException {
        Reading reading = read(golden());
        List<JsonSlice> expected = expected();
        assertThat(expected).hasSize(203);
        assertThat(reading.damage()).isEmpty();
        assertThat(reading.unfit()).isEmpty();
        assertThat(reading.events()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertSame(reading.events().get(i), expected.get(i));
        }
    }

    private static void assertSame(Event event, JsonSlice told) {
        JsonSlice expected = told.at("event");
        assertThat(event.sessionId()).isEqualTo(expected.at("session_id").text());
        assertThat(Long.toUnsignedString(event.seq()))
                .isEqualTo(expected.at("seq").toString());
        assertThat(Long.toUnsignedString(event.tsMillis()))
                .isEqualTo(expected.at("ts_ms").toString());
        assertThat(event.tsExact()).isEqualTo(expected.at("ts_exact").isTrue());
        assertThat(event.kind()).isEqualTo(Kind.of(expected.at("kind").text()));
        assertThat(event.source()).isEqualTo(Source.of(expected.at("source").text()));
        assertThat(event.tool()).isEqualTo(optional(expected.at("tool")));
        assertThat(event.toolCallId()).isEqualTo(optional(expected.at("tool_call_id")));
        assertThat(event.stopReason()).isEqualTo(optional(expected.at("stop_reason")));
        for (Measure measure : Measure.ALL) {
            assertThat(event.find(measure))
                    .as(measure.jsonName())
                    .isEqualTo(expected.at(measure.jsonName()).number());
        }
        assertThat(event.payload().toString()).isEqualTo(told.at("payload_json").text());
    }

    private static Optional<String> optional(JsonSlice value) {
        return value.isText() ? Optional.of(value.text()) : Optional.empty();
    }

    @Test
    void aTornEndIsNoDamage() throws IOException {
        byte[] all = golden();
        int whole = read(all).events().size();
        for (int cut : new int[] {1, 4, 7, 8, 60, 200}) {
            Reading torn = read(Arrays.copyOf(all, all.length - cut));
            assertThat(torn.events()).as("cut by %d", cut).hasSize(whole - 1);
            assertThat(torn.damage()).isEmpty();
        }
        assertThat(read(Arrays.copyOf(all, all.length + 8)).damage()).isEmpty();
        assertThat(read(Arrays.copyOf(all, 12)).events()).isEmpty();
    }

    @Test
    void aDamagedFrameIsToldWithItsPositionAndTheNextIsRead() throws IOException {
        byte[] all = golden();
        int whole = read(all).events().size();
        byte[] flipped = all.clone();
        flipped[300] ^= 4;
        Reading reading = read(flipped);
        assertThat(reading.events()).hasSize(whole - 1);
        assertThat(reading.damage()).hasSize(1).first().satisfies(bad -> {
            assertThat(bad.position()).isEqualTo(212);
            assertThat(bad.reason()).contains("CRC-32").contains("224 bytes left out");
        });
    }

    @Test
    void aDamagedLengthCostsNoMoreThanItsFrame() throws IOException {
        byte[] all = golden();
        int whole = read(all).events().size();
        for (int value : new int[] {0, 7, 255}) {
            byte[] damaged = all.clone();
            damaged[213] = (byte) value;
            damaged[212] = (byte) value;
            Reading reading = read(damaged);
            assertThat(reading.events()).hasSize(whole - 1);
            assertThat(reading.damage()).hasSize(1);
            assertThat(reading.damage().getFirst().position()).isEqualTo(212);
        }
    }

    @Test
    void aFrameThatIsAsItWasWrittenAndHoldsNoEventIsNoDamage() throws IOException {
        byte[] all = golden();
        ByteBuffer bytes = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        int first = (int) SeedLogScan.START.position();
        int length = bytes.getInt(first);
        int crcAt = first + Integer.BYTES + length;
        bytes.put(crcAt - SeedRecord.ROOT_BYTES + TS_EXACT, (byte) 2);
        CRC32 crc = new CRC32();
        crc.update(all, first + Integer.BYTES, length);
        bytes.putInt(crcAt, (int) crc.getValue());
        Reading reading = read(all);

        assertThat(reading.events()).hasSize(expected().size() - 1);
        assertThat(reading.damage()).isEmpty();
        assertThat(reading.unfit()).singleElement().satisfies(unfit -> {
            assertThat(unfit.position()).isEqualTo(first);
            assertThat(unfit.reason()).contains("a flag that is neither 0 nor 1");
        });
    }

    @Test
    void anotherFileIsNotTakenForSuchALog() throws IOException {
        for (String text : List.of("", "{\"a\":1}", "OHNEZIAK\u0002\u0000\u0000\u0000")) {
            try (FileChannel channel = FileChannel.open(Files.writeString(folder.resolve("log.bin"), text))) {
                assertThat(SeedLog.isOne(channel)).isFalse();
            }
        }
    }
}
