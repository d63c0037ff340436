// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.commit;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.ActiveSegment;
import dev.hotlog.log.segment.IndexedSegment;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.storage.Storage;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// What happens where a segment ends: the next one is made, and the old one's index handed on to be written. Runs in
/// the committer's thread, with appenders held off.
final class SegmentTurn implements Committer.Turn {
    /// The writer is at full speed: the new segment does not begin small.
    private static final long FIRST_BYTES = 1 << 20;
    /// Who appends so much at once is likely to fill a segment that is half full, and gets the next one's space
    /// prepared, if half of it or more came in writes that need space made beforehand …
    private static final long BUSY_BYTES = 8 << 20;
    /// … if segments are so long that it pays.
    private static final long MIN_SEGMENT_BYTES = 2 * BUSY_BYTES;
    /// On closing, frames are indexed for the next opening once there are so many bytes of them …
    private static final long UNINDEXED_BYTES = 1 << 20;
    /// … and they are this part of the segment, so that opening and closing again and again costs little.
    private static final int UNINDEXED_PART = 8;

    private final Storage storage;
    private final Keys keys;
    private final ReentrantLock keysLock;
    private final long segmentBytes;
    private final InstantSource clock;
    private final IndexWriter indexes = new IndexWriter();
    private final SpareFile spare;

    /// Committed since the segment or the log was opened.
    private long appendedBytes;
    /// The part of it that came in small writes.
    private long smallBytes;

    SegmentTurn(Storage storage, Keys keys, ReentrantLock keysLock, long segmentBytes, InstantSource clock) {
        this.storage = storage;
        this.keys = keys;
        this.keysLock = keysLock;
        this.segmentBytes = segmentBytes;
        this.clock = clock;
        this.spare = new SpareFile(
                storage,
                segmentBytes,
                Thread.ofPlatform().daemon().name("hotlog-space").factory());
    }

    @Override
    public void committed(long bytes, long end) {
        appendedBytes += bytes;
        smallBytes += bytes < ActiveSegment.LARGE_WRITE_BYTES ? bytes : 0;
        boolean busy = appendedBytes >= BUSY_BYTES && smallBytes >= appendedBytes / 2;
        if (busy && end >= segmentBytes / 2 && segmentBytes >= MIN_SEGMENT_BYTES) {
            spare.prepare();
        }
    }

    @Override
    public boolean release() {
        return spare.release();
    }

    @Override
    public ActiveSegment roll(ActiveSegment full, long end, long nextOffset) throws LogException {
        SegmentHeader old = full.header();
        SegmentHeader header =
                new SegmentHeader(old.logId(), nextOffset, old.epoch() + 1, clock.millis(), old.epoch(), end);
        String name = SegmentName.segment(nextOffset);
        if (storage.has(name)) {
            throw new LogException.UnsupportedFormat(
                    storage.directory().resolve(name) + " is in the way: repair moves it");
        }
        // The new segment is there before the old one says that another follows.
        ActiveSegment next = create(header);
        appendedBytes = 0;
        smallBytes = 0;
        try {
            seal(full, end, nextOffset);
        } catch (LogException | RuntimeException | Error e) {
            next.closeAfter(e);
            throw e;
        }
        return next;
    }

    private ActiveSegment create(SegmentHeader header) throws LogException {
        FrameWriter nothing = new FrameWriter();
        Optional<ActiveSegment.Space> space = spare.take();
        if (space.isPresent() && !storage.has(SegmentName.SPARE)) {
            space.get().file().close(); // Somebody tidied up.
            space = Optional.empty();
        }
        return space.isPresent()
                ? ActiveSegment.createIn(space.get(), SegmentName.SPARE, storage, header, nothing, segmentBytes)
                : ActiveSegment.create(storage, header, nothing, FIRST_BYTES, segmentBytes);
    }

    private void seal(ActiveSegment full, long end, long nextOffset) throws LogException {
        full.mark(FrameType.SEAL, end, nextOffset);
        full.close();
        SegmentFile file = SegmentFile.open(storage, full.name());
        // Nobody adds to it: appenders are held off, and go on with the next one.
        IndexedSegment filled = indexed(file, end, nextOffset);
        keysLock.lock();
        try {
            keys.rolled(filled, nextOffset);
        } finally {
            keysLock.unlock();
        }
        indexes.write(filled);
    }

    @Override
    public void close(ActiveSegment last, long end, long nextOffset) throws LogException {
        spare.release();
        long unindexed = end - keys.indexedEnd();
        if (unindexed >= UNINDEXED_BYTES && unindexed >= end / UNINDEXED_PART) {
            SegmentFile file = SegmentFile.open(storage, last.name());
            indexed(file, end, nextOffset).index().moveToFile();
        }
    }

    /// Reads the keys without their lock: see [Keys].
    private IndexedSegment indexed(SegmentFile file, long end, long nextOffset) {
        boolean liveIsWhole = keys.indexedEnd() == SegmentHeader.FIRST_FRAME;
        return liveIsWhole
                ? IndexedSegment.filled(storage, file, end, nextOffset, keys.live())
                : IndexedSegment.rebuilt(storage, file, end, nextOffset);
    }

    @Override
    public void end() {
        indexes.await();
        spare.release();
    }
}
