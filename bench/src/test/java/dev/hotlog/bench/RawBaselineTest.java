// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawBaselineTest {
    private static final int EVENTS = 1_000;
    /// Small segments, and groups that no clock ends.
    private static final HotLogOptions OPTIONS =
            HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10).withGroup(4096, 128, Duration.ofHours(1));

    @TempDir
    private Path folder;

    @Test
    void writesTheBytesOfTheLogAndSyncsAsOftenAsTheLogDid() throws IOException {
        SyncPlan plan = SyncPlan.of(OPTIONS);
        try (HotLog log = HotLog.open(folder.resolve("log"), OPTIONS);
                RawBaseline baseline = new RawBaseline(folder.resolve("raw"), plan)) {
            FrameSource source = new FrameSource(folder.resolve("log"));
            Workload workload = new Workload();
            append(log, workload.events(0, EVENTS / 2));
            List<FrameRun> first = source.next();
            baseline.write(first);
            append(log, workload.events(EVENTS / 2, EVENTS / 2));
            List<FrameRun> second = source.next();
            baseline.write(second);

            assertThat(count(first)).isEqualTo(EVENTS / 2);
            assertThat(count(second)).isEqualTo(EVENTS / 2);
            assertThat(second).hasSizeGreaterThan(1);
            assertThat(baseline.syncs()).isEqualTo((int) log.stats().forces());
            byte[] raw = Files.readAllBytes(folder.resolve("raw"));
            byte[] firstFrames = bytes(first.getFirst());
            int start = first.getFirst().start();
            assertThat(Arrays.copyOfRange(raw, start, start + firstFrames.length))
                    .isEqualTo(firstFrames);
            byte[] lastFrames = bytes(second.getLast());
            assertThat(Arrays.copyOfRange(raw, raw.length - lastFrames.length, raw.length))
                    .isEqualTo(lastFrames);
        }
    }

    @Test
    void writesTheSameWhereItMakesItsSpace() throws IOException {
        Path log = folder.resolve("log");
        try (HotLog writer = HotLog.open(log, OPTIONS)) {
            append(writer, new Workload().events(0, EVENTS));
        }
        SyncPlan plan = SyncPlan.of(OPTIONS);
        try (RawBaseline before = new RawBaseline(folder.resolve("before"), plan);
                RawBaseline making = RawBaseline.makingSpace(folder.resolve("making"), plan)) {
            before.write(FrameSource.all(log));
            making.write(FrameSource.all(log));
            assertThat(making.syncs()).isEqualTo(before.syncs());
        }
        byte[] same = Files.readAllBytes(folder.resolve("before"));
        byte[] longer = Files.readAllBytes(folder.resolve("making"));
        assertThat(Arrays.copyOf(longer, same.length)).isEqualTo(same);
        assertThat(Arrays.copyOfRange(longer, same.length, longer.length)).containsOnly(0);
    }

    @Test
    void syncsBehindTheFramesBehindWhichTheLogDid() throws IOException {
        // No rule but that each slice is flushed.
        HotLogOptions rare = OPTIONS.withGroup(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ofHours(1));
        try (HotLog log = HotLog.open(folder.resolve("log"), rare);
                RawBaseline baseline = RawBaseline.likeLog(folder.resolve("raw"))) {
            FrameSource source = new FrameSource(folder.resolve("log"));
            Workload workload = new Workload();
            int from = 0;
            for (int slice : List.of(1, 7, 30)) {
                append(log, workload.events(from, slice));
                from += slice;
            }
            List<FrameRun> runs = source.next();
            baseline.write(runs);

            assertThat(count(runs)).isEqualTo(from);
            assertThat(baseline.syncs()).isEqualTo(3);
            assertThat(baseline.syncs()).isEqualTo((int) log.stats().forces());
        }
    }

    private static void append(HotLog log, List<Event> events) throws IOException {
        for (Event event : events) {
            log.append(event, Durability.MEMORY);
        }
        log.flush();
    }

    private static long count(List<FrameRun> runs) {
        return runs.stream().mapToLong(run -> run.lengths().length).sum();
    }

    private static byte[] bytes(FrameRun run) {
        byte[] bytes = new byte[run.lengthBytes()];
        run.bytes().get(run.start(), bytes);
        return bytes;
    }
}
