// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench.peer;

import dev.hotlog.event.Event;
import dev.hotlog.event.Json;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Source;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An event as stores of bytes keep it: about as few bytes as its fields and texts have, and the fields that a scan
/// reads are found without reading the others.
///
/// ```
/// key    session id, then seq with its highest byte first, so that bytes sort as keys do
/// value  time 8, exact 1, kind 1, source 1, present measures 4, payload's length 4,
///        measures 4 each (the cost 8), payload, four texts: each its length 2, -1 for absent, and its bytes
/// ```
///
/// An instance has room for one key and one value, outside the heap, which the next write replaces.
final class EventBytes {
    private static final int MOST_KEY_BYTES = 511;
    private static final int MOST_VALUE_BYTES = 1 << 20;
    /// Where in a value it lies; so the others.
    static final int TIME = 0;
    static final int PRESENT = 11;
    static final int PAYLOAD_LENGTH = 15;
    private static final int MEASURES = 19;
    /// For a measure that is absent.
    static final int NO_PLACE = -1;
    private static final short NO_TEXT = -1;

    private final ByteBuffer key = ByteBuffer.allocateDirect(MOST_KEY_BYTES);
    private final ByteBuffer value = ByteBuffer.allocateDirect(MOST_VALUE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final MemorySegment valueBytes = MemorySegment.ofBuffer(value);

    /// Good until the next call.
    ByteBuffer key(String sessionId, long seq) {
        return key.clear()
                .put(sessionId.getBytes(StandardCharsets.UTF_8))
                .putLong(seq)
                .flip();
    }

    static byte[] keyBytes(String sessionId, long seq) {
        byte[] id = sessionId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(id.length + Long.BYTES).put(id).putLong(seq).array();
    }

    /// The seq at the end of a key, whose highest byte comes first.
    static long seq(ByteBuffer key) {
        return key.getLong(key.limit() - Long.BYTES);
    }

    /// Good until the next call.
    ByteBuffer value(Event event) {
        value.clear()
                .putLong(event.tsMillis())
                .put((byte) (event.tsExact() ? 1 : 0))
                .put((byte) Kind.KNOWN.indexOf(event.kind()))
                .put((byte) Source.KNOWN.indexOf(event.source()))
                .putInt(event.presentMeasures())
                .putInt(event.payload().lengthBytes());
        for (Measure measure : Measure.ALL) {
            if (event.has(measure)) {
                putMeasure(measure, event.measure(measure));
            }
        }
        event.payload().copyTo(valueBytes, value.position());
        value.position(value.position() + event.payload().lengthBytes());
        putText(event.tool());
        putText(event.toolCallId());
        putText(event.stopReason());
        putText(event.model());
        return value.flip();
    }

    byte[] valueBytes(Event event) {
        ByteBuffer written = value(event);
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        return bytes;
    }

    private void putMeasure(Measure measure, long number) {
        if (bytesOf(measure) == Integer.BYTES) {
            value.putInt((int) number);
        } else {
            value.putLong(number);
        }
    }

    private static int bytesOf(Measure measure) {
        return measure == Measure.COST_USD_E6 ? Long.BYTES : Integer.BYTES;
    }

    private void putText(Optional<String> text) {
        if (text.isEmpty()) {
            value.putShort(NO_TEXT);
            return;
        }
        byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
        value.putShort((short) bytes.length).put(bytes);
    }

    /// The time of the event whose value begins at a buffer's first byte; the order of the buffer is changed.
    static long millis(ByteBuffer stored) {
        return stored.order(ByteOrder.LITTLE_ENDIAN).getLong(TIME);
    }

    /// Tells what a scan reads of a value that begins at a buffer's first byte; the order of the buffer is changed.
    static void read(long seq, ByteBuffer stored, Store.Fields fields) {
        long millis = millis(stored);
        fields.event(seq, millis, tokensOut(stored), stored.getInt(PAYLOAD_LENGTH));
    }

    private static long tokensOut(ByteBuffer stored) {
        int place = tokensOutPlace(stored.getInt(PRESENT));
        return place == NO_PLACE ? Measure.ABSENT : Integer.toUnsignedLong(stored.getInt(place));
    }

    /// Where in a value with these measures the tokens of the output lie, four bytes. Before them lie only measures of
    /// four bytes.
    static int tokensOutPlace(int present) {
        int bit = 1 << Measure.TOKENS_OUT.ordinal();
        return (present & bit) == 0 ? NO_PLACE : MEASURES + Integer.BYTES * Integer.bitCount(present & (bit - 1));
    }

    /// The event whose value a buffer holds from its first byte on; the order of the buffer is changed.
    static Event event(String sessionId, long seq, ByteBuffer stored) {
        ByteBuffer from = stored.order(ByteOrder.LITTLE_ENDIAN).position(0);
        Event.Builder event = Event.of(sessionId, seq)
                .ts(from.getLong(), from.get() != 0)
                .kind(Kind.KNOWN.get(from.get()))
                .source(Source.KNOWN.get(from.get()));
        int present = from.getInt();
        byte[] payload = new byte[from.getInt()];
        for (Measure measure : Measure.ALL) {
            if ((present & 1 << measure.ordinal()) != 0) {
                boolean isInt = bytesOf(measure) == Integer.BYTES;
                event.measure(measure, isInt ? Integer.toUnsignedLong(from.getInt()) : from.getLong());
            }
        }
        from.get(payload);
        return event.payload(Json.of(payload))
                .tool(text(from))
                .toolCallId(text(from))
                .stopReason(text(from))
                .model(text(from))
                .build();
    }

    private static @Nullable String text(ByteBuffer from) {
        short length = from.getShort();
        if (length == NO_TEXT) {
            return null;
        }
        byte[] bytes = new byte[Short.toUnsignedInt(length)];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
