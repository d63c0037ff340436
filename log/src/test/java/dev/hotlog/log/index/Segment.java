// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Cursor;
import dev.hotlog.event.Event;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FactsFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/// A segment in memory, frame by frame, for tests: what indexes are built from, and the model that says what
/// they should answer.
final class Segment {
    static final SegmentHeader HEADER = new SegmentHeader(new UUID(0x1234L, 0x5678L), 5_000_000_000L, 7, 1, 0, 0);

    private final FrameWriter frames = new FrameWriter();
    private final Model model = new Model();
    private long offset = HEADER.base();

    Segment() {
        frames.begin(HEADER, SegmentHeader.FIRST_FRAME);
    }

    Segment event(Event event) {
        model.event(event, offset, frames.position());
        frames.event(event, offset++, false);
        return this;
    }

    Segment facts(SessionFacts facts) {
        frames.facts(facts, offset, false);
        model.facts(facts);
        return this;
    }

    Segment cursor(String source, String state) {
        frames.cursor(new Cursor(source, state), offset, false);
        model.cursor(source, state);
        return this;
    }

    Segment lost(long count) {
        frames.lost(offset, count);
        offset += count;
        return this;
    }

    Model model() {
        model.covered(frames.position());
        return model;
    }

    /// The file up to its last frame; its header is left blank.
    MemorySegment file() {
        MemorySegment file = Arena.ofAuto().allocate(frames.position(), Long.BYTES);
        MemorySegment written = MemorySegment.ofBuffer(frames.written());
        MemorySegment.copy(written, 0, file, SegmentHeader.FIRST_FRAME, written.byteSize());
        return file;
    }

    /// The index of all frames, read back one by one.
    LiveIndex live() {
        MemorySegment file = file();
        LiveIndex index = new LiveIndex(HEADER.base());
        FrameCursor frame = new FrameCursor(file, HEADER.place());
        EventFrame event = new EventFrame();
        for (long at = SegmentHeader.FIRST_FRAME; at < file.byteSize(); at = frame.next()) {
            if (!frame.moveTo(at, file.byteSize())) {
                throw new AssertionError("no frame at " + at);
            }
            switch (frame.type()) {
                case EVENT -> {
                    frame.readEvent(event, HEADER.base());
                    index.addEvent(event, at, frame.next());
                }
                case FACTS -> index.addFacts(FactsFrame.readFacts(frame.body()).orElseThrow(), frame.next());
                case CURSOR ->
                    index.addCursor(FactsFrame.readCursor(frame.body()).orElseThrow(), frame.next());
                case CLOSE, SEAL, LOST -> index.skipTo(frame.next());
            }
        }
        return index;
    }

    /// The file of the sealed index.
    MemorySegment encoded() {
        return joined(IndexEncoder.encode(live(), HEADER));
    }

    static MemorySegment joined(List<ByteBuffer> parts) {
        long bytes = parts.stream().mapToLong(ByteBuffer::remaining).sum();
        MemorySegment file = Arena.ofAuto().allocate(bytes, Long.BYTES);
        long at = 0;
        for (ByteBuffer part : parts) {
            MemorySegment.copy(MemorySegment.ofBuffer(part), 0, file, at, part.remaining());
            at += part.remaining();
        }
        return file;
    }

    SealedIndex sealed() {
        return opened(encoded());
    }

    static SealedIndex opened(MemorySegment file) {
        return switch (SealedIndex.open(file, HEADER)) {
            case SealedIndex.Verdict.Usable(var index) -> index;
            case SealedIndex.Verdict.OfAnother(var problem) -> throw new AssertionError(problem);
            case SealedIndex.Verdict.Unusable(var problem) -> throw new AssertionError(problem);
        };
    }
}
