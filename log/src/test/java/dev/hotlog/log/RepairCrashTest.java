// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import dev.hotlog.event.VerifyReport;
import dev.hotlog.log.storage.Chooser;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.FaultyStorage;
import dev.hotlog.log.storage.ImageStorage;
import dev.hotlog.log.storage.Operation;
import dev.hotlog.log.storage.SimulatedDisk;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/// Power is cut at every operation of a repair, and of the repair after that: nothing that could be read is lost, the
/// damaged files are still there, and the next repair makes the log sound.
@Tag("exhaustive")
class RepairCrashTest {
    private static final int EVENTS = 700;
    private static final int SAMPLES = Integer.getInteger("hotlog.crash.samples", 20);
    private static final int AGAIN_ONE_IN = 25;
    private static final int SEALED = 1;

    private final DiskImage sound = sound();
    private final List<String> segments = segments(sound);
    private final Set<Long> seen = new HashSet<>();
    private final long seed = Seeds.next();
    private final Random random = new Random(seed);

    private static DiskImage sound() {
        FaultyStorage storage = new FaultyStorage();
        try (HotLog log = HotLog.open(storage, SampleLog.OPTIONS, InstantSource.system())) {
            for (int i = 0; i < EVENTS; i++) {
                log.append(SampleLog.event(i));
            }
        } catch (LogException e) {
            throw new AssertionError(e);
        }
        return storage.image();
    }

    private static List<String> segments(DiskImage image) {
        return image.files().keySet().stream()
                .filter(name -> name.endsWith(".hotlog") && !name.contains("/"))
                .toList();
    }

    private DiskImage filled(DiskImage image, String name, int from, int to) {
        byte[] bytes = image.bytes(name).clone();
        Arrays.fill(bytes, from, to, (byte) 0);
        return image.with(name, bytes);
    }

    @AfterEach
    void tell(TestInfo test) {
        System.out.printf("repair %s, seed %d: %,d different disks%n", test.getDisplayName(), seed, seen.size());
    }

    @Test
    void ofADamagedSegment() throws LogException {
        everywhere(filled(sound, segments.get(SEALED), 10_000, 10_512));
    }

    @Test
    void ofADamagedLastSegment() throws LogException {
        everywhere(filled(sound, segments.getLast(), 2_000, 2_512));
    }

    @Test
    void ofHeaders() throws LogException {
        everywhere(filled(filled(sound, segments.getFirst(), 0, 1024), segments.getLast(), 0, 1024));
    }

    @Test
    void ofMissingSegments() throws LogException {
        everywhere(sound.without(segments.get(SEALED)).without(segments.getLast()));
    }

    @Test
    void ofAnEmptySegmentAndADamagedIndex() throws LogException {
        String index = segments.getFirst().replace(".hotlog", ".idx");
        everywhere(filled(sound, index, 300, 400).with(segments.get(SEALED), new byte[0]));
    }

    @Test
    void ofATornEnd() throws LogException {
        byte[] bytes = sound.bytes(segments.getLast()).clone();
        bytes[bytes.length - 100] = 1;
        DiskImage torn = sound.with(segments.getLast(), bytes);
        VerifyReport report = HotLogReader.verify(new ImageStorage(torn), _ -> {});
        int from = (int) report.tornPosition();
        everywhere(torn, List.of(Arrays.copyOfRange(bytes, from, from + (int) report.tornBytes())));
    }

    private void everywhere(DiskImage damaged) throws LogException {
        List<byte[]> replaced = replaced(damaged);
        assertThat(replaced).isNotEmpty();
        everywhere(damaged, replaced);
    }

    private void everywhere(DiskImage damaged, List<byte[]> replaced) throws LogException {
        cutRepair(damaged, new Before(offsets(damaged), replaced), true);
        assertThat(seen).hasSizeGreaterThan(5);
    }

    /// What was there at first.
    ///
    /// @param readable the events
    /// @param replaced what repair puts something else in the place of
    private record Before(List<Long> readable, List<byte[]> replaced) {}

    /// The segments and indexes that are damaged, and the indexes of segments that are damaged or missing.
    private List<byte[]> replaced(DiskImage damaged) {
        List<byte[]> replaced = new ArrayList<>();
        for (String segment : segments) {
            String index = segment.replace(".hotlog", ".idx");
            byte[] file = damaged.files().get(segment);
            boolean isDamaged = !Arrays.equals(file, sound.bytes(segment));
            if (file != null && isDamaged) {
                replaced.add(file);
            }
            byte[] ofIndex = damaged.files().get(index);
            if (ofIndex != null && (isDamaged || !Arrays.equals(ofIndex, sound.bytes(index)))) {
                replaced.add(ofIndex);
            }
        }
        return replaced;
    }

    /// @param found what repair found
    private void cutRepair(DiskImage found, Before before, boolean again) throws LogException {
        List<Operation> trace = repaired(found).trace();
        SimulatedDisk disk = new SimulatedDisk(found, SimulatedDisk.USUAL_SECTOR_BYTES);
        for (int i = 0; i <= trace.size(); i++) {
            look(disk.crashed(Chooser.oldest()), before, again);
            look(disk.crashed(Chooser.newest()), before, again);
            for (int sample = 0; sample < SAMPLES; sample++) {
                look(disk.crashed(Chooser.random(random.nextLong())), before, again);
            }
            if (i < trace.size()) {
                disk.apply(trace.get(i));
            }
        }
    }

    private static FaultyStorage repaired(DiskImage found) throws LogException {
        FaultyStorage storage = new FaultyStorage(found);
        HotLog.repair(storage, SampleLog.OPTIONS, InstantSource.system());
        assertThat(storage.openFiles()).isZero();
        return storage;
    }

    private void look(DiskImage left, Before before, boolean again) throws LogException {
        if (!seen.add(left.fingerprint())) {
            return;
        }
        assertThat(offsets(left)).isEqualTo(before.readable);
        FaultyStorage storage = repaired(left);
        DiskImage mended = storage.image();
        assertThat(offsets(mended)).isEqualTo(before.readable);
        VerifyReport report = HotLogReader.verify(storage, _ -> {});
        assertThat(report.damage()).isEmpty();
        assertThat(report.isSound()).isTrue();
        for (byte[] file : before.replaced) {
            assertThat(isThere(file, mended)).as("%d bytes", file.length).isTrue();
        }
        try (HotLog log = HotLog.open(storage, SampleLog.OPTIONS, InstantSource.system())) {
            assertThat(log.append(SampleLog.event(EVENTS))).isGreaterThanOrEqualTo(EVENTS);
        }
        if (again && random.nextInt(AGAIN_ONE_IN) == 0) {
            cutRepair(left, before, false);
        }
    }

    private static boolean isThere(byte[] bytes, DiskImage image) {
        return image.files().values().stream().anyMatch(file -> Arrays.equals(file, bytes));
    }

    private static List<Long> offsets(DiskImage image) throws LogException {
        try (HotLogReader reader = HotLogReader.open(new ImageStorage(image));
                Replay replay = reader.replay().onDamage(_ -> {})) {
            return replay.events().map(event -> event.seq()).toList();
        }
    }
}
