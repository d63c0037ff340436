// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Event;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import dev.hotlog.log.segment.SegmentName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A new log, and beside it a file that gets the same bytes from [RawBaseline]. Both grow slice by slice in turn,
/// so that a disk that is slow for a second is slow for both. The log's turn ends when it writes no more: what another
/// of its threads still does for the next segment is on its clock.
final class SideBySide implements AutoCloseable {
    private static final long LOOK_AGAIN_NANOS = 50_000;

    private final Scratch scratch;
    private final Path logFolder;
    private final long segmentBytes;
    private final HotLog log;
    private final FrameSource frames;
    private final RawBaseline baseline;
    private long events;
    private long frameBytes;
    private long nanos;

    /// How the events of a slice are appended; this is what is timed.
    interface Appending {
        void append(HotLog log, List<Event> slice) throws IOException;
    }

    /// How the baseline is made, in a file that is not there.
    interface Making {
        RawBaseline make(Path file) throws IOException;
    }

    SideBySide(Settings settings, HotLogOptions options, Making making) throws IOException {
        scratch = Scratch.in(settings.folder());
        logFolder = scratch.folder().resolve("log");
        segmentBytes = options.segmentBytes();
        log = HotLog.open(logFolder, options);
        frames = new FrameSource(logFolder);
        baseline = making.make(scratch.folder().resolve("raw"));
    }

    /// Appends a slice, and then writes its frames.
    void take(List<Event> slice, Appending appending) throws IOException {
        long start = System.nanoTime();
        appending.append(log, slice);
        awaitSpare();
        nanos += System.nanoTime() - start;
        events += slice.size();
        List<FrameRun> runs = frames.next();
        long found = runs.stream().mapToLong(run -> run.lengths().length).sum();
        if (found != slice.size()) {
            throw new IllegalStateException("appended " + slice.size() + " events; found " + found);
        }
        frameBytes += runs.stream().mapToLong(FrameRun::lengthBytes).sum();
        baseline.write(runs);
    }

    /// Waits while the file of the next segment is being filled.
    private void awaitSpare() throws IOException {
        Path spare = logFolder.resolve(SegmentName.SPARE);
        while (Files.exists(spare) && Files.size(spare) < segmentBytes) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /// What appending has taken.
    long nanos() {
        return nanos;
    }

    /// How often the log has synced.
    long syncs() {
        return log.stats().forces();
    }

    long frameBytes() {
        return frameBytes;
    }

    RawBaseline baseline() {
        return baseline;
    }

    @Override
    public void close() throws IOException {
        try (scratch;
                baseline;
                log) {
            long appended = log.stats().events();
            if (appended != events) {
                throw new IllegalStateException("gave " + events + " events; the log counts " + appended);
            }
        }
    }
}
