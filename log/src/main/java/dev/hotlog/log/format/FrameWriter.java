// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import dev.hotlog.event.Cursor;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.Source;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Lays frames into memory, one behind the other, as they will lie in one write to a segment. For one thread.
///
/// The memory grows with what is laid into it and is kept for the next write, up to [#KEPT_BYTES].
public final class FrameWriter {
    /// After a write larger than this the memory is given back.
    private static final int KEPT_BYTES = 4 << 20;

    private static final int FIRST_BYTES = 64 << 10;
    private static final int MAX_FACTS = 0xFFFF;
    private static final int MAX_SOURCE_BYTES = 4096;
    /// A Java char becomes three bytes of UTF-8 at most; a surrogate pair four, so two a char.
    private static final int UTF8_BYTES_A_CHAR = 3;

    private final CRC32C crc = new CRC32C();
    private MemorySegment memory = MemorySegment.NULL;
    private ByteBuffer view = ByteBuffer.allocate(0);
    private int end;
    private Place place = new Place(0);
    private long base;
    private long writePosition;
    private boolean inNewFile;

    public FrameWriter() {
        allocate(FIRST_BYTES);
    }

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
        end = 0;
        if (memory.byteSize() > KEPT_BYTES) {
            allocate(FIRST_BYTES);
        }
        place = header.place();
        base = header.base();
        writePosition = position;
        inNewFile = newFile;
    }

    /// Goes on in other memory, with what has been laid; when there is none to be had, in what there was.
    private void allocate(long bytes) {
        // Memory outside the heap: the channel writes it without a copy. Freed by the collector, once none refers to
        // it.
        MemorySegment other = Arena.ofAuto().allocate(bytes, Bytes.ALIGNMENT);
        ByteBuffer otherView = other.asByteBuffer();
        MemorySegment.copy(memory, 0, other, 0, end);
        memory = other;
        view = otherView;
    }

    private void ensure(long bytes) {
        if (end + bytes > memory.byteSize()) {
            if (end + bytes > Integer.MAX_VALUE - Bytes.ALIGNMENT) {
                throw new IllegalArgumentException("a batch of more than 2 GiB");
            }
            // A large event gets what it needs and little more; many small ones do not make it grow at every step.
            long size = memory.byteSize();
            long grown = size + (size < KEPT_BYTES ? size : size / 4);
            allocate(Math.min(Math.max(Bytes.aligned(end + bytes), grown), Integer.MAX_VALUE - Bytes.ALIGNMENT));
        }
    }

    /// How many bytes have been laid.
    public int lengthBytes() {
        return end;
    }

    /// Where in the file the write ends, with all that has been laid.
    public long position() {
        return writePosition + end;
    }

    /// Where in the file the byte at `start` of the write will lie.
    public long position(int start) {
        return writePosition + start;
    }

    /// Takes back everything behind that length.
    public void rewindTo(int lengthBytes) {
        end = lengthBytes;
    }

    /// The bytes of the write: a buffer that is good until the next [#begin].
    public ByteBuffer written() {
        return view.duplicate().position(0).limit(end);
    }

    /// Lays an event down.
    ///
    /// @param more whether its batch goes on
    /// @throws IllegalArgumentException when it is over a limit; nothing is laid then
    public void event(Event event, long offset, boolean more) {
        int start = end;
        try {
            ensure(FrameHeader.BYTES + boundOf(event) + Bytes.ALIGNMENT);
            end += FrameHeader.BYTES;
            body(event);
            finish(start, FrameType.EVENT, offset, more);
        } catch (IllegalArgumentException e) {
            end = start;
            throw e;
        }
    }

    private static long boundOf(Event event) {
        return EventLayout.MEASURES
                + (Measure.ALL.size() + 1) * (long) Integer.BYTES
                + Integer.bitCount(EventLayout.TEXT_BITS) * (long) Short.BYTES
                + boundOf(event.sessionId())
                + boundOf(event.kind().name())
                + boundOf(event.source().name())
                + boundOf(event.tool().orElse(""))
                + boundOf(event.toolCallId().orElse(""))
                + boundOf(event.stopReason().orElse(""))
                + boundOf(event.model().orElse(""))
                + event.payload().lengthBytes();
    }

    private static long boundOf(String text) {
        return UTF8_BYTES_A_CHAR * (long) text.length();
    }

    private void body(Event event) {
        int body = end;
        int kind = Kind.KNOWN.indexOf(event.kind()) + 1;
        int source = Source.KNOWN.indexOf(event.source()) + 1;
        @Nullable String kindText = kind == 0 ? event.kind().name() : null;
        @Nullable String sourceText = source == 0 ? event.source().name() : null;
        @Nullable String tool = event.tool().orElse(null);
        @Nullable String toolCallId = event.toolCallId().orElse(null);
        @Nullable String stopReason = event.stopReason().orElse(null);
        @Nullable String model = event.model().orElse(null);
        int flags = event.presentMeasures()
                | (event.tsExact() ? EventLayout.TS_EXACT : 0)
                | (kindText == null ? 0 : EventLayout.KIND_TEXT)
                | (sourceText == null ? 0 : EventLayout.SOURCE_TEXT)
                | (tool == null ? 0 : EventLayout.TOOL)
                | (toolCallId == null ? 0 : EventLayout.TOOL_CALL_ID)
                | (stopReason == null ? 0 : EventLayout.STOP_REASON)
                | (model == null ? 0 : EventLayout.MODEL);
        memory.set(Bytes.U64, body + EventLayout.SEQ, event.seq());
        memory.set(Bytes.U64, body + EventLayout.TS, event.tsMillis());
        memory.set(Bytes.U32, body + EventLayout.FLAGS, flags);
        memory.set(Bytes.U8, body + EventLayout.KIND, (byte) kind);
        memory.set(Bytes.U8, body + EventLayout.SOURCE, (byte) source);
        end = body + EventLayout.MEASURES;
        measures(event);
        int lengths = end;
        end += Integer.bitCount(flags & EventLayout.TEXT_BITS) * Short.BYTES;
        int session = text("session_id", event.sessionId(), EventLayout.MAX_TEXT_BYTES);
        memory.set(Bytes.U16, body + EventLayout.SESSION_LENGTH, (short) session);
        lengths = optionalText(lengths, kindText);
        lengths = optionalText(lengths, sourceText);
        lengths = optionalText(lengths, tool);
        lengths = optionalText(lengths, toolCallId);
        lengths = optionalText(lengths, stopReason);
        optionalText(lengths, model);
        event.payload().copyTo(memory, end);
        end += event.payload().lengthBytes();
    }

    /// @param length where the text's length belongs, when there is a text
    /// @return where the next one's does
    private int optionalText(int length, @Nullable String text) {
        if (text == null) {
            return length;
        }
        memory.set(Bytes.U16, length, (short) text("a text", text, EventLayout.MAX_TEXT_BYTES));
        return length + Short.BYTES;
    }

    private void measures(Event event) {
        for (int left = event.presentMeasures(); left != 0; left &= left - 1) {
            Measure measure = Measure.ALL.get(Integer.numberOfTrailingZeros(left));
            if (measure == Measure.COST_USD_E6) {
                memory.set(Bytes.U64, end, event.measure(measure));
                end += Long.BYTES;
            } else {
                memory.set(Bytes.U32, end, (int) event.measure(measure));
                end += Integer.BYTES;
            }
        }
    }

    /// Lays down what was told of a session. `offset` is the one that the next event takes.
    ///
    /// @throws IllegalArgumentException when it is over a limit; nothing is laid then
    public void facts(SessionFacts facts, long offset, boolean more) {
        int start = end;
        try {
            long bound = FrameHeader.BYTES + 2 * Short.BYTES + boundOf(facts.sessionId()) + Bytes.ALIGNMENT;
            for (Map.Entry<String, String> fact : facts.facts().entrySet()) {
                bound += boundOf(fact.getKey()) + boundOf(fact.getValue()) + 2 * Short.BYTES;
            }
            ensure(bound);
            end += FrameHeader.BYTES;
            int body = end;
            end += 2 * Short.BYTES;
            int session = text("session_id", facts.sessionId(), EventLayout.MAX_TEXT_BYTES);
            memory.set(Bytes.U16, body, (short) session);
            memory.set(Bytes.U16, body + Short.BYTES, (short) countOf(facts));
            List<String> names = facts.facts().keySet().stream().sorted().toList();
            for (String name : names) {
                prefixed("a fact's name", name, EventLayout.MAX_TEXT_BYTES);
                prefixed("a fact", facts.facts().getOrDefault(name, ""), EventLayout.MAX_TEXT_BYTES);
            }
            finish(start, FrameType.FACTS, offset, more);
        } catch (IllegalArgumentException e) {
            end = start;
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
        int start = end;
        try {
            ensure(FrameHeader.BYTES
                    + 2 * Short.BYTES
                    + boundOf(cursor.source())
                    + boundOf(cursor.state())
                    + Bytes.ALIGNMENT);
            end += FrameHeader.BYTES;
            prefixed("a cursor's source", cursor.source(), MAX_SOURCE_BYTES);
            prefixed("a cursor's state", cursor.state(), EventLayout.MAX_TEXT_BYTES);
            finish(start, FrameType.CURSOR, offset, more);
        } catch (IllegalArgumentException e) {
            end = start;
            throw e;
        }
    }

    private void prefixed(String what, String text, int most) {
        int length = end;
        end += Short.BYTES;
        memory.set(Bytes.U16, length, (short) text(what, text, most));
    }

    /// Lays down a frame without a body: [FrameType#CLOSE] or [FrameType#SEAL].
    public void mark(FrameType type, long offset) {
        int start = end;
        ensure(FrameHeader.BYTES);
        end += FrameHeader.BYTES;
        finish(start, type, offset, false);
    }

    /// Lays down in place of `count` events from `offset` on that they were lost.
    public void lost(long offset, long count) {
        int start = end;
        ensure(FrameHeader.BYTES + Long.BYTES);
        memory.set(Bytes.U64, end + FrameHeader.BYTES, count);
        end += FrameHeader.BYTES + Long.BYTES;
        finish(start, FrameType.LOST, offset, false);
    }

    /// Lays down a frame of another file anew, bound to its new place.
    public void copy(FrameCursor frame, long offset) {
        int start = end;
        ensure(FrameHeader.BYTES + frame.bodyLength() + Bytes.ALIGNMENT);
        end += FrameHeader.BYTES;
        MemorySegment.copy(frame.body(), 0, memory, end, frame.bodyLength());
        end += frame.bodyLength();
        // A batch of which the end was lost must not wait for it: the new file is forced whole before it counts.
        finish(start, frame.type(), offset, false);
    }

    private void finish(int start, FrameType type, long offset, boolean more) {
        int length = end - start - FrameHeader.BYTES;
        if (length > FrameHeader.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "an event of " + length + " bytes; the most is " + FrameHeader.MAX_LENGTH);
        }
        while (end % Bytes.ALIGNMENT != 0) {
            memory.set(Bytes.U8, end++, (byte) 0);
        }
        memory.set(Bytes.U32, start + FrameHeader.WORD, FrameHeader.word(length, type, more));
        memory.set(Bytes.U32, start + FrameHeader.OFFSET, (int) (offset - base));
        memory.set(Bytes.U32, start + FrameHeader.BEHIND, inNewFile ? 0 : start / Bytes.ALIGNMENT);
        seal(start, end);
    }

    private void seal(int start, int frameEnd) {
        view.limit(frameEnd).position(start + FrameHeader.WORD);
        crc.reset();
        crc.update(view);
        memory.set(Bytes.U32, start, place.bind((int) crc.getValue(), writePosition + start));
    }

    /// Sets `event` on the frame laid from `start` on.
    public void readEvent(int start, EventFrame event) {
        int length = FrameHeader.lengthBytes(memory.get(Bytes.U32, start + FrameHeader.WORD));
        long offset = base + Bytes.u32(memory, start + FrameHeader.OFFSET);
        if (!event.set(memory, start + FrameHeader.BYTES, length, offset)) {
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
        int length = FrameHeader.lengthBytes(memory.get(Bytes.U32, start + FrameHeader.WORD));
        return (int) Bytes.aligned(start + FrameHeader.BYTES + length);
    }

    /// Ends the batch with the frame laid from `start` on, which had said that more follows.
    public void endBatch(int start) {
        int word = memory.get(Bytes.U32, start + FrameHeader.WORD);
        memory.set(Bytes.U32, start + FrameHeader.WORD, FrameHeader.withoutMore(word));
        seal(start, next(start));
    }

    /// Writes the text as UTF-8 at the end; gives its length in bytes.
    private int text(String what, String text, int most) {
        int start = end;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return longText(what, text, start, most);
            }
            memory.set(Bytes.U8, end++, (byte) c);
        }
        return checked(what, end - start, most);
    }

    private int longText(String what, String text, int start, int most) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment.copy(utf8, 0, memory, Bytes.U8, start, utf8.length);
        end = start + utf8.length;
        return checked(what, utf8.length, most);
    }

    private static int checked(String what, int lengthBytes, int most) {
        if (lengthBytes > most) {
            throw new IllegalArgumentException(what + " of " + lengthBytes + " bytes; the most is " + most);
        }
        return lengthBytes;
    }
}
