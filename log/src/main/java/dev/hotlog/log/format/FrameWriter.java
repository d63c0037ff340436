// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import dev.hotlog.event.Cursor;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.Source;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lays frames into memory, one behind the other, as they will lie in one write to a segment. For one thread.
public final class FrameWriter {
    private static final int MAX_FACTS = 0xFFFF;
    private static final int MAX_SOURCE_BYTES = 4096;

    private final FrameMemory memory = new FrameMemory();
    private Place place = new Place(0);
    private long base;
    private long writePosition;
    private boolean inNewFile;

    /// Begins a new write.
    ///
    /// @param header of the segment that the frames are for
    /// @param position in that file where the write begins; all bytes before will be on disk when it is made
    public void begin(SegmentHeader header, long position) {
        begin(header, position, false);
    }

    /// Begins frames of a file that is forced whole before it takes its name: each of them proves all that lies
    /// before it.
    ///
    /// @param position in that file where these frames begin
    public void beginInNewFile(SegmentHeader header, long position) {
        begin(header, position, true);
    }

    private void begin(SegmentHeader header, long position, boolean newFile) {
        memory.clear();
        place = header.place();
        base = header.base();
        writePosition = position;
        inNewFile = newFile;
    }

    /// How many bytes have been laid.
    public int lengthBytes() {
        return memory.end();
    }

    /// Where in the file the write ends, with all that has been laid.
    public long position() {
        return writePosition + memory.end();
    }

    /// Where in the file the byte at `start` of the write will lie.
    public long position(int start) {
        return writePosition + start;
    }

    /// Takes back everything behind that length.
    public void rewindTo(int lengthBytes) {
        memory.rewindTo(lengthBytes);
    }

    /// The bytes of the write: a buffer that is good until the next [#begin].
    public ByteBuffer written() {
        return memory.laid();
    }

    /// Lays an event down.
    ///
    /// @param more whether its batch goes on
    /// @throws IllegalArgumentException when it is over a limit; nothing is laid then
    public void event(Event event, long offset, boolean more) {
        int start = memory.end();
        try {
            memory.ensure(FrameHeader.BYTES + boundOf(event) + Bytes.ALIGNMENT);
            memory.skip(FrameHeader.BYTES);
            body(event);
            finish(start, FrameType.EVENT, offset, more);
        } catch (IllegalArgumentException e) {
            memory.rewindTo(start);
            throw e;
        }
    }

    private static long boundOf(Event event) {
        return EventLayout.MEASURES
                + (Measure.ALL.size() + 1) * (long) Integer.BYTES
                + Integer.bitCount(EventLayout.TEXT_BITS) * (long) Short.BYTES
                + FrameMemory.boundOf(event.sessionId())
                + FrameMemory.boundOf(event.kind().name())
                + FrameMemory.boundOf(event.source().name())
                + FrameMemory.boundOf(event.tool().orElse(""))
                + FrameMemory.boundOf(event.toolCallId().orElse(""))
                + FrameMemory.boundOf(event.stopReason().orElse(""))
                + FrameMemory.boundOf(event.model().orElse(""))
                + event.payload().lengthBytes();
    }

    private void body(Event event) {
        int body = memory.end();
        int kind = Kind.KNOWN.indexOf(event.kind()) + 1;
        int source = Source.KNOWN.indexOf(event.source()) + 1;
        @Nullable String kindText = kind == 0 ? event.kind().name() : null;
        @Nullable String sourceText = source == 0 ? event.source().name() : null;
        @Nullable String tool = event.tool().orElse(null);
        @Nullable String toolCallId = event.toolCallId().orElse(null);
        @Nullable String stopReason = event.stopReason().orElse(null);
        @Nullable String model = event.model().orElse(null);
        int flags = EventLayout.flagsOf(event.presentMeasures())
                | (event.tsExact() ? EventLayout.TS_EXACT : 0)
                | (kindText == null ? 0 : EventLayout.KIND_TEXT)
                | (sourceText == null ? 0 : EventLayout.SOURCE_TEXT)
                | (tool == null ? 0 : EventLayout.TOOL)
                | (toolCallId == null ? 0 : EventLayout.TOOL_CALL_ID)
                | (stopReason == null ? 0 : EventLayout.STOP_REASON)
                | (model == null ? 0 : EventLayout.MODEL);
        memory.skip(EventLayout.MEASURES);
        memory.setU64(body + EventLayout.SEQ, event.seq());
        memory.setU64(body + EventLayout.TS, event.tsMillis());
        memory.setU32(body + EventLayout.FLAGS, flags);
        memory.setU8(body + EventLayout.KIND, kind);
        memory.setU8(body + EventLayout.SOURCE, source);
        measures(event);
        int lengths = memory.end();
        memory.skip(Integer.bitCount(flags & EventLayout.TEXT_BITS) * Short.BYTES);
        int session = memory.text("session_id", event.sessionId(), EventLayout.MAX_TEXT_BYTES);
        memory.setU16(body + EventLayout.SESSION_LENGTH, session);
        lengths = optionalText(lengths, kindText);
        lengths = optionalText(lengths, sourceText);
        lengths = optionalText(lengths, tool);
        lengths = optionalText(lengths, toolCallId);
        lengths = optionalText(lengths, stopReason);
        optionalText(lengths, model);
        memory.json(event.payload());
    }

    /// @param length where the text's length belongs, when there is a text
    /// @return where the next one's does
    private int optionalText(int length, @Nullable String text) {
        if (text == null) {
            return length;
        }
        memory.setU16(length, memory.text("a text", text, EventLayout.MAX_TEXT_BYTES));
        return length + Short.BYTES;
    }

    private void measures(Event event) {
        for (int left = event.presentMeasures(); left != 0; left &= left - 1) {
            Measure measure = Measure.ALL.get(Integer.numberOfTrailingZeros(left));
            if (measure == Measure.COST_USD_E6) {
                memory.u64(event.measure(measure));
            } else {
                memory.u32((int) event.measure(measure));
            }
        }
    }

    /// Lays down what was told of a session. `offset` is the one that the next event takes.
    ///
    /// @throws IllegalArgumentException when it is over a limit; nothing is laid then
    public void facts(SessionFacts facts, long offset, boolean more) {
        int start = memory.end();
        try {
            long bound = FrameHeader.BYTES + 2 * Short.BYTES + FrameMemory.boundOf(facts.sessionId()) + Bytes.ALIGNMENT;
            for (Map.Entry<String, String> fact : facts.facts().entrySet()) {
                bound += FrameMemory.boundOf(fact.getKey()) + FrameMemory.boundOf(fact.getValue()) + 2 * Short.BYTES;
            }
            memory.ensure(bound);
            memory.skip(FrameHeader.BYTES);
            int body = memory.end();
            memory.skip(2 * Short.BYTES);
            int session = memory.text("session_id", facts.sessionId(), EventLayout.MAX_TEXT_BYTES);
            memory.setU16(body, session);
            memory.setU16(body + Short.BYTES, countOf(facts));
            List<String> names = facts.facts().keySet().stream().sorted().toList();
            for (String name : names) {
                prefixed("a fact's name", name, EventLayout.MAX_TEXT_BYTES);
                prefixed("a fact", facts.facts().getOrDefault(name, ""), EventLayout.MAX_TEXT_BYTES);
            }
            finish(start, FrameType.FACTS, offset, more);
        } catch (IllegalArgumentException e) {
            memory.rewindTo(start);
            throw e;
        }
    }

    private static int countOf(SessionFacts facts) {
        int count = facts.facts().size();
        if (count > MAX_FACTS) {
            throw new IllegalArgumentException(count + " facts at once; the most is " + MAX_FACTS);
        }
        return count;
    }

    /// Lays down a cursor. `offset` is the one that the next event takes.
    ///
    /// @throws IllegalArgumentException when it is over a limit; nothing is laid then
    public void cursor(Cursor cursor, long offset, boolean more) {
        int start = memory.end();
        try {
            memory.ensure(FrameHeader.BYTES
                    + 2 * Short.BYTES
                    + FrameMemory.boundOf(cursor.source())
                    + FrameMemory.boundOf(cursor.state())
                    + Bytes.ALIGNMENT);
            memory.skip(FrameHeader.BYTES);
            prefixed("a cursor's source", cursor.source(), MAX_SOURCE_BYTES);
            prefixed("a cursor's state", cursor.state(), EventLayout.MAX_TEXT_BYTES);
            finish(start, FrameType.CURSOR, offset, more);
        } catch (IllegalArgumentException e) {
            memory.rewindTo(start);
            throw e;
        }
    }

    private void prefixed(String what, String text, int most) {
        int length = memory.end();
        memory.skip(Short.BYTES);
        memory.setU16(length, memory.text(what, text, most));
    }

    /// Lays down a frame without a body: [FrameType#CLOSE] or [FrameType#SEAL].
    public void mark(FrameType type, long offset) {
        int start = memory.end();
        memory.ensure(FrameHeader.BYTES);
        memory.skip(FrameHeader.BYTES);
        finish(start, type, offset, false);
    }

    /// Lays down in place of `count` events from `offset` on that they were lost.
    public void lost(long offset, long count) {
        int start = memory.end();
        memory.ensure(FrameHeader.BYTES + Long.BYTES);
        memory.skip(FrameHeader.BYTES);
        memory.u64(count);
        finish(start, FrameType.LOST, offset, false);
    }

    /// Lays down a frame of another file anew, bound to its new place.
    public void copy(FrameCursor frame, long offset) {
        int start = memory.end();
        memory.ensure(FrameHeader.BYTES + frame.bodyLength() + Bytes.ALIGNMENT);
        memory.skip(FrameHeader.BYTES);
        memory.bytes(frame.body());
        // A batch of which the end was lost must not wait for it: the new file is forced whole before it counts.
        finish(start, frame.type(), offset, false);
    }

    private void finish(int start, FrameType type, long offset, boolean more) {
        int length = memory.end() - start - FrameHeader.BYTES;
        if (length > FrameHeader.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "an event of " + length + " bytes; the most is " + FrameHeader.MAX_LENGTH);
        }
        memory.align();
        memory.setU32(start + FrameHeader.WORD, FrameHeader.word(length, type, more));
        memory.setU32(start + FrameHeader.OFFSET, (int) (offset - base));
        memory.setU32(start + FrameHeader.BEHIND, inNewFile ? 0 : start / Bytes.ALIGNMENT);
        seal(start, memory.end());
    }

    private void seal(int start, int frameEnd) {
        int crc = memory.crcOf(start + FrameHeader.WORD, frameEnd);
        memory.setU32(start, place.bind(crc, writePosition + start));
    }

    /// Sets `event` on the frame laid from `start` on.
    public void readEvent(int start, EventFrame event) {
        int length = FrameHeader.lengthBytes(memory.u32At(start + FrameHeader.WORD));
        long offset = base + Integer.toUnsignedLong(memory.u32At(start + FrameHeader.OFFSET));
        if (!event.set(memory.whole(), start + FrameHeader.BYTES, length, offset)) {
            throw new AssertionError("an event that cannot be read back");
        }
    }

    /// Sets `event` on the frame at that position of the file, when it is one of this write's.
    public boolean readEventAt(long position, EventFrame event) {
        if (position < writePosition || position >= position()) {
            return false;
        }
        readEvent((int) (position - writePosition), event);
        return true;
    }

    /// Where in the write the frame behind the one at `start` begins.
    public int next(int start) {
        int length = FrameHeader.lengthBytes(memory.u32At(start + FrameHeader.WORD));
        return (int) Bytes.aligned(start + FrameHeader.BYTES + length);
    }

    /// Ends the batch with the frame laid from `start` on, which had said that more follows.
    public void endBatch(int start) {
        int word = memory.u32At(start + FrameHeader.WORD);
        memory.setU32(start + FrameHeader.WORD, FrameHeader.withoutMore(word));
        seal(start, next(start));
    }
}
