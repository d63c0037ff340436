// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.Catalog;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.storage.DiskStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Finds the frames of events in a log's files, whether it is still written to or not.
final class FrameSource {
    private final Path log;
    private long base;
    private int position = SegmentHeader.FIRST_FRAME;

    FrameSource(Path log) {
        this.log = log;
    }

    static List<FrameRun> all(Path log) throws LogException {
        return new FrameSource(log).next();
    }

    /// All frames behind those given before, in order, segment by segment. Each is checked, which also brings
    /// its bytes into memory.
    List<FrameRun> next() throws LogException {
        List<FrameRun> runs = new ArrayList<>();
        for (SegmentFile segment : Catalog.read(new DiskStorage(log)).segments()) {
            if (segment.base() >= base) {
                int start = segment.base() == base ? position : SegmentHeader.FIRST_FRAME;
                FrameRun run = run(segment, start);
                base = segment.base();
                position = run.end();
                runs.add(run);
            }
        }
        return runs;
    }

    private static FrameRun run(SegmentFile segment, int start) {
        IntStream.Builder lengths = IntStream.builder();
        IntStream.Builder writes = IntStream.builder();
        FrameCursor frame = segment.frames();
        long write = start;
        long at = start;
        while (frame.moveTo(at, segment.sizeBytes()) && frame.type() == FrameType.EVENT) {
            if (frame.durableBefore() > write) {
                writes.add((int) (at - write));
                write = at;
            }
            lengths.add((int) (frame.next() - at));
            at = frame.next();
        }
        if (at > write) {
            writes.add((int) (at - write));
        }
        return new FrameRun(
                segment, start, lengths.build().toArray(), writes.build().toArray());
    }
}
