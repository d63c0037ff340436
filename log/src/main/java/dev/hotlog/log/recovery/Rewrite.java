// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FactsFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.segment.SegmentFile;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.SegmentWalk;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;

/// Writes a segment anew, with every frame that can be read under its offset, in bounded memory. What was lost is put
/// down as lost.
///
/// Its frames claim that all before them is on disk. That comes true before the file has its name, since all of it is
/// forced first; without its name nobody believes it.
final class Rewrite {
    private static final int WRITE_BYTES = 4 << 20;

    private final Storage storage;
    private final SegmentHeader header;
    private final FrameWriter frames = new FrameWriter();
    private final EventFrame event = new EventFrame();
    private long lostEvents;
    private long end;

    /// @param header of the new file
    Rewrite(Storage storage, SegmentHeader header) {
        this.storage = storage;
        this.header = header;
        frames.beginInNewFile(header, SegmentHeader.FIRST_FRAME);
    }

    /// Writes what can be read of a segment. The file is durable when this returns, but still in the making.
    ///
    /// @param mark with which it ends
    void copy(SegmentFile from, SegmentWalk.Stretch stretch, FrameType mark) throws LogException {
        try (StoredFile file = storage.create(making())) {
            begin(file);
            SegmentWalk walk = new SegmentWalk(from, stretch, this::lose);
            while (walk.advance()) {
                take(walk.frame(), walk.offset(), from.base());
                if (frames.lengthBytes() >= WRITE_BYTES) {
                    write(file);
                }
            }
            finish(file, mark, stretch.toOffset());
        }
    }

    /// Writes that all events from the segment's first on are lost.
    void loseAll(FrameType mark, long endOffset) throws LogException {
        try (StoredFile file = storage.create(making())) {
            begin(file);
            lose(header.base(), endOffset - header.base());
            finish(file, mark, endOffset);
        }
    }

    private void begin(StoredFile file) throws LogException {
        file.write(header.toBytes(), 0);
    }

    /// Of the new file.
    SegmentHeader header() {
        return header;
    }

    /// The name of the file until it takes its own.
    String making() {
        return SegmentName.inTheMaking(SegmentName.segment(header.base()));
    }

    private void take(FrameCursor frame, long offset, long base) {
        switch (frame.type()) {
            case EVENT -> {
                if (frame.readEvent(event, base)) {
                    frames.copy(frame, offset);
                } else {
                    lose(offset, 1);
                }
            }
            case FACTS -> copyIf(FactsFrame.readFacts(frame.body()).isPresent(), frame, offset);
            case CURSOR -> copyIf(FactsFrame.readCursor(frame.body()).isPresent(), frame, offset);
            case LOST -> copyIf(frame.offsets() > 0, frame, offset);
            case CLOSE, SEAL -> {}
        }
    }

    private void copyIf(boolean isConsistent, FrameCursor frame, long offset) {
        if (isConsistent) {
            frames.copy(frame, offset);
        }
    }

    private void lose(Damage gap) {
        lose(gap.firstOffset(), gap.lostEvents());
    }

    private void lose(long offset, long count) {
        if (count > 0) {
            frames.lost(offset, count);
            lostEvents += count;
        }
    }

    private void write(StoredFile file) throws LogException {
        long position = frames.position() - frames.lengthBytes();
        long next = frames.position();
        file.write(frames.written(), position);
        frames.beginInNewFile(header, next);
    }

    private void finish(StoredFile file, FrameType mark, long endOffset) throws LogException {
        end = frames.position();
        frames.mark(mark, endOffset);
        write(file);
        file.force();
    }

    /// How many events were newly put down as lost.
    long lostEvents() {
        return lostEvents;
    }

    /// The position of the mark with which the new file ends.
    long end() {
        return end;
    }
}
