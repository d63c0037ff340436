// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.IndexFile;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.storage.Storage;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;

/// Ends a segment and begins the next. Runs in the committer's thread, with appenders held off.
final class SegmentRoll implements Committer.Roll {
    /// The writer is at full speed: the new segment does not begin small.
    private static final long FIRST_BYTES = 1 << 20;

    private final Storage storage;
    private final Keys keys;
    private final ReentrantLock keysLock;
    private final long segmentBytes;
    private final InstantSource clock;

    SegmentRoll(Storage storage, Keys keys, ReentrantLock keysLock, long segmentBytes, InstantSource clock) {
        this.storage = storage;
        this.keys = keys;
        this.keysLock = keysLock;
        this.segmentBytes = segmentBytes;
        this.clock = clock;
    }

    @Override
    public ActiveSegment roll(ActiveSegment full, long end, long nextOffset) throws LogException {
        SegmentHeader old = full.header();
        SegmentHeader header =
                new SegmentHeader(old.logId(), nextOffset, old.epoch() + 1, clock.millis(), old.epoch(), end);
        FrameWriter nothing = new FrameWriter();
        nothing.begin(header, SegmentHeader.FIRST_FRAME);
        // The new segment is there before the old one says that another follows.
        ActiveSegment next =
                ActiveSegment.create(storage, header, nothing, Math.min(FIRST_BYTES, segmentBytes), segmentBytes);
        full.mark(FrameType.SEAL, end, nextOffset);
        full.close();
        SegmentFile file = SegmentFile.open(storage, full.name());
        IndexFile.write(storage, file, keys.live());
        keysLock.lock();
        try {
            keys.rolled(IndexedSegment.sealed(storage, file, end, nextOffset), nextOffset);
        } finally {
            keysLock.unlock();
        }
        return next;
    }
}
