// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import dev.hotlog.event.Event;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Json;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Source;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A view of an event in memory, moved from one to the next. For one thread.
public final class EventFrame implements EventView {
    private static final int RETRY_COUNT = 1 << Measure.RETRY_COUNT.ordinal();

    private MemorySegment file = MemorySegment.NULL;
    private long body;
    private int bodyLength;
    private long offset;
    private int flags;
    private long texts;
    private int sessionLength;
    private int payloadStart;
    // Runs of events share their session: its text is made once a run.
    private String lastSession = "";
    private byte[] lastSessionUtf8 = new byte[0];

    /// Moves to a body; false when it contradicts itself.
    boolean set(MemorySegment newFile, long newBody, int newLength, long newOffset) {
        if (newLength < EventLayout.MEASURES) {
            return false;
        }
        int newFlags = newFile.get(Bytes.U32, newBody + EventLayout.FLAGS);
        int lengths = EventLayout.MEASURES + EventLayout.measureBytes(newFlags);
        int textCount = Integer.bitCount(newFlags & EventLayout.TEXT_BITS);
        int start = lengths + textCount * Short.BYTES;
        if ((newFlags & ~EventLayout.KNOWN_BITS) != 0 || start > newLength) {
            return false;
        }
        int session = Bytes.u16(newFile, newBody + EventLayout.SESSION_LENGTH);
        int end = start + session;
        for (int i = 0; i < textCount; i++) {
            end += Bytes.u16(newFile, newBody + lengths + i * (long) Short.BYTES);
        }
        if (end > newLength || !codesFit(newFile, newBody, newFlags) || !isInRange(newFile, newBody, newFlags)) {
            return false;
        }
        file = newFile;
        body = newBody;
        bodyLength = newLength;
        offset = newOffset;
        flags = newFlags;
        texts = newBody + start;
        sessionLength = session;
        payloadStart = end;
        return true;
    }

    private static boolean codesFit(MemorySegment file, long body, int flags) {
        int kind = file.get(Bytes.U8, body + EventLayout.KIND);
        int source = file.get(Bytes.U8, body + EventLayout.SOURCE);
        return kind >= 0
                && kind <= Kind.KNOWN.size()
                && source >= 0
                && source <= Source.KNOWN.size()
                && kind == 0 == ((flags & EventLayout.KIND_TEXT) != 0)
                && source == 0 == ((flags & EventLayout.SOURCE_TEXT) != 0);
    }

    /// Whether the values are those that an event can have: not all that the layout can say are.
    private static boolean isInRange(MemorySegment file, long body, int flags) {
        long lengths = body + EventLayout.MEASURES + EventLayout.measureBytes(flags);
        int names = Integer.bitCount(flags & (EventLayout.KIND_TEXT | EventLayout.SOURCE_TEXT));
        for (int i = 0; i < names; i++) {
            if (Bytes.u16(file, lengths + i * (long) Short.BYTES) == 0) {
                return false;
            }
        }
        return (flags & RETRY_COUNT) == 0 || measureAt(file, body, flags, RETRY_COUNT) <= Measure.RETRY_COUNT.max();
    }

    private static long measureAt(MemorySegment file, long body, int flags, int bit) {
        long at = body + EventLayout.MEASURES + EventLayout.measureBytes(flags & (bit - 1));
        return bit == EventLayout.COST_BIT ? file.get(Bytes.U64, at) : Bytes.u32(file, at);
    }

    @Override
    public long offset() {
        return offset;
    }

    /// The whole body: two events are the same when these bytes are.
    public MemorySegment body() {
        return file.asSlice(body, bodyLength);
    }

    @Override
    public String sessionId() {
        if (!isLastSession()) {
            lastSessionUtf8 = Bytes.copy(file, texts, sessionLength);
            lastSession = new String(lastSessionUtf8, StandardCharsets.UTF_8);
        }
        return lastSession;
    }

    private boolean isLastSession() {
        if (lastSessionUtf8.length != sessionLength) {
            return false;
        }
        for (int i = 0; i < sessionLength; i++) {
            if (file.get(Bytes.U8, texts + i) != lastSessionUtf8[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isOfSession(String sessionId) {
        int length = sessionId.length();
        for (int i = 0; i < length; i++) {
            char c = sessionId.charAt(i);
            if (c >= 0x80) {
                return sessionUtf8().mismatch(MemorySegment.ofArray(sessionId.getBytes(StandardCharsets.UTF_8))) < 0;
            }
            if (i >= sessionLength || file.get(Bytes.U8, texts + i) != (byte) c) {
                return false;
            }
        }
        return length == sessionLength;
    }

    /// The session id's UTF-8 bytes.
    public MemorySegment sessionUtf8() {
        return file.asSlice(texts, sessionLength);
    }

    @Override
    public long seq() {
        return file.get(Bytes.U64, body + EventLayout.SEQ);
    }

    @Override
    public long tsMillis() {
        return file.get(Bytes.U64, body + EventLayout.TS);
    }

    @Override
    public boolean tsExact() {
        return (flags & EventLayout.TS_EXACT) != 0;
    }

    @Override
    public Kind kind() {
        int code = file.get(Bytes.U8, body + EventLayout.KIND);
        return code == 0 ? Kind.of(requiredText(EventLayout.KIND_TEXT)) : Kind.KNOWN.get(code - 1);
    }

    /// The kind's place in [Kind#KNOWN] plus one, or 0 when it is kept as a text.
    public int kindCode() {
        return file.get(Bytes.U8, body + EventLayout.KIND);
    }

    @Override
    public Source source() {
        int code = file.get(Bytes.U8, body + EventLayout.SOURCE);
        return code == 0 ? Source.of(requiredText(EventLayout.SOURCE_TEXT)) : Source.KNOWN.get(code - 1);
    }

    @Override
    public Optional<String> tool() {
        return text(EventLayout.TOOL);
    }

    @Override
    public Optional<String> toolCallId() {
        return text(EventLayout.TOOL_CALL_ID);
    }

    @Override
    public Optional<String> stopReason() {
        return text(EventLayout.STOP_REASON);
    }

    @Override
    public Optional<String> model() {
        return text(EventLayout.MODEL);
    }

    private Optional<String> text(int bit) {
        return (flags & bit) == 0 ? Optional.empty() : Optional.of(requiredText(bit));
    }

    private String requiredText(int bit) {
        long span = span(bit);
        return new String(Bytes.copy(file, Span.position(span), Span.lengthBytes(span)), StandardCharsets.UTF_8);
    }

    /// The memory that the view is set on; spans are places in it.
    public MemorySegment memory() {
        return file;
    }

    /// Where the session id lies, as a [Span]; so with the texts below, [Span#NONE] for one that is absent.
    public long sessionSpan() {
        return Span.of(texts, sessionLength);
    }

    public long modelSpan() {
        return span(EventLayout.MODEL);
    }

    public long toolSpan() {
        return span(EventLayout.TOOL);
    }

    public long stopReasonSpan() {
        return span(EventLayout.STOP_REASON);
    }

    private long span(int bit) {
        if ((flags & bit) == 0) {
            return Span.NONE;
        }
        int textBits = flags & EventLayout.TEXT_BITS;
        long length = texts - Integer.bitCount(textBits) * (long) Short.BYTES;
        long start = texts + sessionLength;
        for (int before = Integer.bitCount(textBits & (bit - 1)); before > 0; before--) {
            start += Bytes.u16(file, length);
            length += Short.BYTES;
        }
        return Span.of(start, Bytes.u16(file, length));
    }

    /// Which measures are present, one bit each by [Measure#ordinal()].
    public int presentMeasures() {
        return EventLayout.presentMeasures(flags);
    }

    @Override
    public boolean has(Measure measure) {
        return (flags & EventLayout.flagsOf(1 << measure.ordinal())) != 0;
    }

    @Override
    public long measure(Measure measure) {
        int bit = EventLayout.flagsOf(1 << measure.ordinal());
        return (flags & bit) == 0 ? Measure.ABSENT : measureAt(file, body, flags, bit);
    }

    @Override
    public Json payload() {
        return Json.of(file.asSlice(body + payloadStart, payloadLengthBytes()));
    }

    @Override
    public int payloadLengthBytes() {
        return bodyLength - payloadStart;
    }

    @Override
    public void copyPayload(byte[] target) {
        MemorySegment.copy(file, body + payloadStart, MemorySegment.ofArray(target), 0, payloadLengthBytes());
    }

    @Override
    public Event toEvent() {
        Event.Builder event = Event.of(sessionId(), seq())
                .ts(tsMillis(), tsExact())
                .kind(kind())
                .source(source())
                .payload(payload());
        if ((flags & EventLayout.TOOL) != 0) {
            event.tool(requiredText(EventLayout.TOOL));
        }
        if ((flags & EventLayout.TOOL_CALL_ID) != 0) {
            event.toolCallId(requiredText(EventLayout.TOOL_CALL_ID));
        }
        if ((flags & EventLayout.STOP_REASON) != 0) {
            event.stopReason(requiredText(EventLayout.STOP_REASON));
        }
        if ((flags & EventLayout.MODEL) != 0) {
            event.model(requiredText(EventLayout.MODEL));
        }
        for (int left = presentMeasures(); left != 0; left &= left - 1) {
            Measure measure = Measure.ALL.get(Integer.numberOfTrailingZeros(left));
            event.measure(measure, measure(measure));
        }
        return event.build();
    }
}
