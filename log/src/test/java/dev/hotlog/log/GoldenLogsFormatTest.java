// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Damage;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.LogException;
import dev.hotlog.event.SessionSummary;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Logs that an earlier build wrote are read for ever, whole and when something happened to them.
class GoldenLogsFormatTest {
    private static DiskImage golden(String name) throws IOException, URISyntaxException {
        Path folder = Path.of(GoldenLogsFormatTest.class
                        .getResource("/format/v1/" + name + "/" + ParityLog.FIRST_SEGMENT)
                        .toURI())
                .getParent();
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return new DiskImage(files);
    }

    private static List<Event> read(DiskImage image, List<Damage> damage) throws LogException {
        try (HotLogReader reader = HotLogReader.open(new FaultyStorage(image));
                Replay replay = reader.replay().onDamage(damage::add)) {
            return replay.events().toList();
        }
    }

    @Test
    void theRolledLogIsReadWhole() throws Exception {
        DiskImage image = golden(GoldenLogs.ROLLED);
        assertThat(image.files().keySet().stream().filter(name -> name.endsWith(".hotlog")))
                .hasSizeGreaterThan(1);
        try (HotLogReader reader = HotLogReader.open(new FaultyStorage(image));
                Replay replay = reader.replay()) {
            assertThat(replay.events().toList()).isEqualTo(GoldenLogs.rolledEvents());
            for (Event event : GoldenLogs.rolledEvents()) {
                assertThat(reader.get(event.sessionId(), event.seq())).contains(event);
            }
            assertThat(reader.facts("s-1")).contains(GoldenLogs.facts());
            assertThat(reader.cursor(GoldenLogs.cursor().source()))
                    .contains(GoldenLogs.cursor().state());
            assertThat(reader.sessions()
                            .mapToLong(session -> session.totals().events())
                            .sum())
                    .isEqualTo(GoldenLogs.rolledEvents().size());
        }
    }

    @Test
    void theExampleIsReadAndGoneOnWith() throws Exception {
        FaultyStorage storage = new FaultyStorage(golden(GoldenLogs.EXAMPLE));
        try (HotLog log = ParityLog.open(storage)) {
            assertThat(log.append(Events.event("s", 0))).isEqualTo(1);
        }
        assertThat(new ParityLog(storage).events()).containsExactly(GoldenLogs.exampleEvent(), Events.event("s", 0));
    }

    @Test
    void theExampleIsTheOneOfTheManual() throws Exception {
        byte[] segment = golden(GoldenLogs.EXAMPLE).bytes(ParityLog.FIRST_SEGMENT);
        String manual = Files.readString(Path.of("..", "docs", "format.md"));
        List<String> hex = manual.lines()
                .filter(line -> line.matches("    [0-9a-f]{4}  .*"))
                .toList();
        assertThat(hex).hasSizeGreaterThan(5);
        for (String line : hex) {
            int position = Integer.parseInt(line.strip().substring(0, 4), 16);
            byte[] bytes = HexFormat.of()
                    .parseHex(line.substring(10, Math.min(line.length(), 58)).replace(" ", ""));
            assertThat(Arrays.copyOfRange(segment, position, position + bytes.length))
                    .as(line)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void everySingleFlippedBitOfUsedBytesIsToldOrHarmless() throws Exception {
        DiskImage image = golden(GoldenLogs.EXAMPLE);
        int used = 1024 + 120;
        for (int bit = 0; bit < used * Byte.SIZE; bit++) {
            byte[] bytes = image.bytes(ParityLog.FIRST_SEGMENT).clone();
            bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            List<Damage> damage = new ArrayList<>();
            List<Event> events = read(image.with(ParityLog.FIRST_SEGMENT, bytes), damage);
            if (!events.equals(List.of(GoldenLogs.exampleEvent()))) {
                assertThat(events).as("bit %d", bit).isEmpty();
                assertThat(damage).as("bit %d", bit).isNotEmpty();
            }
        }
    }

    @Test
    void cutShortAnywhereItGivesWhatIsThereAndInventsNothing() throws Exception {
        DiskImage image = golden(GoldenLogs.ROLLED);
        String last = image.files().keySet().stream()
                .filter(name -> name.endsWith(".hotlog"))
                .reduce((_, second) -> second)
                .orElseThrow();
        List<Event> all = GoldenLogs.rolledEvents();
        byte[] bytes = image.bytes(last);
        for (int length = 0; length < bytes.length; length += length < 3000 ? 1 : 997) {
            DiskImage cut = image.with(last, Arrays.copyOf(bytes, length));
            List<Event> events = read(cut, new ArrayList<>());
            assertThat(all.subList(0, events.size())).as("length %d", length).isEqualTo(events);
        }
    }

    @Test
    void aSessionsSumsAreThoseOfItsEvents() throws Exception {
        try (HotLogReader reader = HotLogReader.open(new FaultyStorage(golden(GoldenLogs.ROLLED)))) {
            SessionSummary session = reader.session("s-0").orElseThrow();
            long errors = GoldenLogs.rolledEvents().stream()
                    .filter(event -> event.sessionId().equals("s-0"))
                    .filter(event -> event.kind().equals(Kind.ERROR))
                    .count();
            assertThat(session.totals().errors()).isEqualTo(errors);
        }
    }
}
