// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Event;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A new log, and beside it a file that gets the same bytes from [RawBaseline]. Both grow slice by slice in turn,
/// so that a disk that is slow for a second is slow for both.
final class SideBySide implements AutoCloseable {
    private final Scratch scratch;
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
        log = HotLog.open(scratch.folder().resolve("log"), options);
        frames = new FrameSource(scratch.folder().resolve("log"));
        baseline = making.make(scratch.folder().resolve("raw"));
    }

    /// Appends a slice, and then writes its frames.
    void take(List<Event> slice, Appending appending) throws IOException {
        long start = System.nanoTime();
        appending.append(log, slice);
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
