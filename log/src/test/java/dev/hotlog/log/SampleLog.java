// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Damage;
import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Json;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RepairReport;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.Catalog;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.storage.DiskStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A small log on a real disk, of some segments, that tests damage: it knows what was appended, and where it lies.
final class SampleLog {
    static final HotLogOptions OPTIONS = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);
    private static final int BATCH = 7;

    private final Path directory;
    private final List<Event> events;
    private final Map<Long, Lies> frames = new TreeMap<>();

    /// Where the frame of an event lies.
    record Lies(String file, long from, long to) {
        boolean touches(String otherFile, long otherFrom, long otherTo) {
            return file.equals(otherFile) && from < otherTo && otherFrom < to;
        }
    }

    private SampleLog(Path directory, List<Event> events) {
        this.directory = directory;
        this.events = events;
    }

    /// A log of so many events, closed cleanly.
    static SampleLog of(Path directory, int count) throws LogException {
        List<Event> events = new ArrayList<>();
        try (HotLog log = HotLog.open(directory, OPTIONS)) {
            for (int from = 0; from < count; from += BATCH) {
                List<Event> batch = new ArrayList<>();
                for (int i = from; i < Math.min(count, from + BATCH); i++) {
                    batch.add(event(i));
                }
                events.addAll(batch);
                log.append(new Batch(
                        batch,
                        List.of(new SessionFacts("session-" + from % 3, Map.of("title", "after " + from))),
                        List.of(new Cursor("source", "line " + from))));
                log.flush();
            }
        }
        SampleLog sample = new SampleLog(directory, events);
        sample.locate();
        return sample;
    }

    static Event event(int i) {
        return Event.of("session-" + i % 3, i)
                .ts(1_700_000_000_000L + i, true)
                .payload(Json.of("{\"text\":\"" + "abcdefghij".repeat(20 + i % 17) + i + "\"}"))
                .build();
    }

    private void locate() throws LogException {
        Catalog catalog = Catalog.read(new DiskStorage(directory));
        for (SegmentFile segment : catalog.segments()) {
            SegmentWalk walk = new SegmentWalk(
                    segment,
                    new SegmentWalk.Stretch(
                            SegmentHeader.FIRST_FRAME,
                            segment.base(),
                            segment.sizeBytes(),
                            SegmentWalk.Stretch.UNKNOWN),
                    _ -> {});
            while (walk.advance()) {
                if (walk.isEvent()) {
                    Lies lies = new Lies(
                            segment.name(),
                            walk.frame().position(),
                            walk.frame().next());
                    frames.put(walk.offset(), lies);
                }
            }
        }
        assertThat(frames).hasSize(events.size());
    }

    /// The same log in another folder.
    SampleLog copyTo(Path target) throws IOException {
        Files.createDirectories(target);
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        SampleLog copy = new SampleLog(target, events);
        copy.frames.putAll(frames);
        return copy;
    }

    Path directory() {
        return directory;
    }

    int count() {
        return events.size();
    }

    Event appended(long offset) {
        return events.get((int) offset);
    }

    Lies frame(long offset) {
        return Optional.ofNullable(frames.get(offset)).orElseThrow();
    }

    List<String> segments() throws IOException {
        return files(".hotlog");
    }

    List<String> indexes() throws IOException {
        return files(".idx");
    }

    private List<String> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    /// The events of a file.
    List<Long> eventsIn(String file) {
        return frames.entrySet().stream()
                .filter(entry -> entry.getValue().file().equals(file))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// The events whose frames those bytes are of.
    List<Long> eventsIn(String file, long from, long to) {
        return frames.entrySet().stream()
                .filter(entry -> entry.getValue().touches(file, from, to))
                .map(Map.Entry::getKey)
                .toList();
    }

    byte[] bytes(String file) throws IOException {
        return Files.readAllBytes(directory.resolve(file));
    }

    /// How long a file is without the zeros at its end.
    long usedBytes(String file) throws IOException {
        byte[] bytes = bytes(file);
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    SampleLog write(String file, byte[] bytes) throws IOException {
        Files.write(directory.resolve(file), bytes);
        return this;
    }

    SampleLog flip(String file, long position) throws IOException {
        byte[] bytes = bytes(file);
        bytes[(int) position] ^= 0x10;
        return write(file, bytes);
    }

    SampleLog fill(String file, long from, long to, int with) throws IOException {
        byte[] bytes = bytes(file);
        Arrays.fill(bytes, (int) from, (int) Math.min(to, bytes.length), (byte) with);
        return write(file, bytes);
    }

    SampleLog swap(String file, long one, long other, int length) throws IOException {
        byte[] bytes = bytes(file);
        byte[] kept = Arrays.copyOfRange(bytes, (int) one, (int) one + length);
        System.arraycopy(bytes, (int) other, bytes, (int) one, length);
        System.arraycopy(kept, 0, bytes, (int) other, length);
        return write(file, bytes);
    }

    SampleLog truncate(String file, long length) throws IOException {
        return write(file, Arrays.copyOf(bytes(file), (int) length));
    }

    SampleLog delete(String file) throws IOException {
        Files.delete(directory.resolve(file));
        return this;
    }

    VerifyReport verify() throws LogException {
        return HotLogReader.verify(directory, _ -> {});
    }

    RepairReport repair() throws LogException {
        return HotLog.repair(new DiskStorage(directory), OPTIONS, InstantSource.system());
    }

    /// What replay tells of damage; every event that it gives is checked to be what was appended.
    List<Damage> replayTells() throws LogException {
        return replay(new ArrayList<>());
    }

    /// The offsets that replay gives.
    List<Long> replayed() throws LogException {
        List<Long> offsets = new ArrayList<>();
        replay(offsets);
        return offsets;
    }

    private List<Damage> replay(List<Long> offsets) throws LogException {
        List<Damage> told = new ArrayList<>();
        try (HotLogReader reader = HotLogReader.open(directory);
                Replay replay = reader.replay().onDamage(told::add)) {
            for (EventView event : replay) {
                offsets.add(event.offset());
                if (event.offset() < events.size()) {
                    assertThat(event.toEvent()).isEqualTo(appended(event.offset()));
                }
            }
        }
        return told;
    }

    /// That all events but those are replayed, in order, and found by their keys; and those are not.
    void hasAllBut(List<Long> lost) throws LogException {
        List<Long> expected = frames.keySet().stream()
                .filter(offset -> !lost.contains(offset))
                .toList();
        assertThat(replayed().stream().filter(offset -> offset < events.size())).containsExactlyElementsOf(expected);
        boolean isDamaged = !verify().damage().isEmpty();
        try (HotLogReader reader = HotLogReader.open(directory)) {
            for (long offset : frames.keySet()) {
                Event event = appended(offset);
                if (lost.contains(offset) && isDamaged) {
                    assertThatThrownBy(() -> reader.at(offset)).isInstanceOf(LogException.Damaged.class);
                } else if (lost.contains(offset)) {
                    assertThat(reader.at(offset)).isEmpty();
                } else {
                    assertThat(reader.offsetOf(event.sessionId(), event.seq())).hasValue(offset);
                    assertThat(reader.get(event.sessionId(), event.seq())).contains(event);
                }
            }
        }
    }

    /// That appending goes on, under offsets that were never given before.
    void goesOn() throws LogException {
        int next = 1_000_000;
        long offset;
        try (HotLog log = HotLog.open(directory, OPTIONS)) {
            offset = log.append(event(next));
        }
        assertThat(offset).isGreaterThanOrEqualTo(events.size());
        try (HotLogReader reader = HotLogReader.open(directory)) {
            assertThat(reader.get(event(next).sessionId(), next)).contains(event(next));
            assertThat(reader.at(offset)).contains(event(next));
        }
    }
}
