// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.seedlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Event;
import dev.hotlog.fuzz.Choices;
import dev.hotlog.fuzz.Edits;
import dev.hotlog.fuzz.Fuzzing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// A log of the reference that anything has happened to gives events that are in it, and tells what is none. Where
/// somebody made checksums right they may be any events.
public class SeedLogFuzzTest {
    private static final int EVENTS = 6;
    private static final int FRAME_BYTES = Integer.BYTES * 2;
    private static final Path FILE = file();
    private static final byte[] SOUND = sound();
    private static final List<Event> MADE = made();

    private static final Fuzzing FUZZING = Fuzzing.of(SeedLogFuzzTest.class, SeedLogFuzzTest::take)
            .mostBytes(48)
            .allocation(8 << 20, 0);

    private static Path file() {
        try {
            Path file = Files.createTempFile("hotlog-fuzz", "log.bin");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A small log, laid out by hand.
    private static byte[] sound() {
        ByteBuffer log = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        log.put("OHNEZIAK".getBytes(StandardCharsets.US_ASCII)).putInt(1);
        for (int i = 0; i < EVENTS; i++) {
            byte[] body = body(i);
            CRC32 crc = new CRC32();
            crc.update(body);
            log.putInt(body.length).put(body).putInt((int) crc.getValue());
        }
        byte[] bytes = new byte[log.position()];
        log.get(0, bytes);
        return bytes;
    }

    private static byte[] body(int i) {
        byte[] payload = ("{\"i\":" + i + ",\"text\":\"" + "x".repeat(20 * i) + "\"}").getBytes(StandardCharsets.UTF_8);
        int root = (payload.length + 7) & -8;
        ByteBuffer body = ByteBuffer.allocate(root + SeedRecord.ROOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        body.put(payload);
        shortText(body, root, "s-" + i % 2);
        body.putLong(root + 8, i).putLong(root + 16, 1_767_225_600_000L + i).put(root + 24, (byte) 1);
        shortText(body, root + 28, i % 2 == 0 ? "Message" : "ToolCall");
        shortText(body, root + 36, "Tail");
        body.put(root + 44, (byte) 1);
        shortText(body, root + 48, "Bash");
        body.put(root + 76, (byte) 1).putInt(root + 80, 7 * i);
        body.put(root + 96, (byte) 1).putLong(root + 104, -i);
        body.put(root + 140, (byte) 1).putShort(root + 142, (short) i);
        int at = root + 184;
        body.putInt(at, (payload.length & 0x3F) | 0x80 | ((payload.length & ~0x3F) << 2))
                .putInt(at + 4, -at);
        return body.array();
    }

    private static void shortText(ByteBuffer body, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < Long.BYTES; i++) {
            body.put(at + i, i < bytes.length ? bytes[i] : (byte) 0xFF);
        }
    }

    private static List<Event> made() {
        try {
            List<Event> events = new ArrayList<>();
            scan(SOUND, events);
            assertThat(events).hasSize(EVENTS);
            assertThat(events.getLast().payload().toString()).contains("xxxx");
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aLogThatAnythingHappenedToGivesEventsThatAreInIt() throws Exception {
        FUZZING.run(4_000);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        FUZZING.check(input);
    }

    private static void take(byte[] input) throws IOException {
        Choices choices = new Choices(input);
        boolean forged = choices.below(2) == 1;
        byte[] log = new Edits(choices).of(SOUND);
        if (forged) {
            makeRight(log);
        }
        List<Event> events = new ArrayList<>();
        scan(log, events);
        if (!forged) {
            assertThat(MADE).containsAll(events);
        }
    }

    private static void makeRight(byte[] log) {
        ByteBuffer bytes = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
        int at = SeedLog.HEADER_BYTES;
        while (at + FRAME_BYTES <= log.length) {
            int length = bytes.getInt(at);
            if (length < 0 || length > log.length - at - FRAME_BYTES) {
                return;
            }
            CRC32 crc = new CRC32();
            crc.update(log, at + Integer.BYTES, length);
            bytes.putInt(at + Integer.BYTES + length, (int) crc.getValue());
            at += FRAME_BYTES + length;
        }
    }

    private static void scan(byte[] log, List<Event> events) throws IOException {
        Files.write(FILE, log);
        try (FileChannel channel = FileChannel.open(FILE)) {
            if (!SeedLog.isOne(channel)) {
                return;
            }
            SeedLogScan scan = new SeedLogScan(channel, SeedLogScan.START, channel.size());
            long before = 0;
            for (Optional<SeedLogScan.Step> step = scan.next(); step.isPresent(); step = scan.next()) {
                assertThat(scan.mark().position()).isGreaterThan(before).isLessThanOrEqualTo(log.length);
                before = scan.mark().position();
                switch (step.get()) {
                    case SeedLogScan.Step.Taken taken -> events.add(taken.event());
                    case SeedLogScan.Step.Damaged damage ->
                        assertThat(damage.reason()).isNotEmpty();
                    case SeedLogScan.Step.Unfit unfit ->
                        assertThat(unfit.reason()).isNotEmpty();
                }
            }
            assertThat(scan.tornBytes()).isNotNegative();
        }
    }
}
