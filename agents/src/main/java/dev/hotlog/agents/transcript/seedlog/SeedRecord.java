// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.transcript.seedlog;

import dev.hotlog.event.Event;
import dev.hotlog.event.Json;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Source;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One event in a frame's body: a heap of texts, and at its end a root of 192 bytes, fields at fixed places.
///
/// ```
/// place  size  field                    place  size  field
///     0     8  session_id      text       124     8  latency_ms            u32?
///     8     8  seq             u64        132     8  ttft_ms               u32?
///    16     8  ts_ms           u64        140     4  retry_count           u16?
///    24     1  ts_exact        0 or 1     144     8  context_used_tokens   u32?
///    28     8  kind            text       152     8  context_max_tokens    u32?
///    36     8  source          text       160     8  cache_creation_tokens u32?
///    44    12  tool            text?      168     8  cache_read_tokens     u32?
///    56    12  tool_call_id    text?      176     8  system_prompt_tokens  u32?
///    68     8  tokens_in       u32?       184     8  payload_json          text
///    76     8  tokens_out      u32?
///    84     8  reasoning_tokens u32?      An optional field begins with 0 or 1; its value lies where
///    96    16  cost_usd_e6     i64?       it is aligned: +2 (u16), +4 (u32, text), +8 (i64).
///   112    12  stop_reason     text?
/// ```
///
/// A text of up to 8 bytes lies in its place, filled up with FF. A longer one has there its length and how far from
/// there, backwards, it begins; its first byte is then of the form 10xxxxxx, as no text's is.
final class SeedRecord {
    static final int ROOT_BYTES = 192;

    private static final int[] OPTIONS = {44, 56, 68, 76, 84, 96, 112, 124, 132, 140, 144, 152, 160, 168, 176};
    private static final int TS_EXACT = 24;
    private static final int INLINE_BYTES = 8;

    private final ByteBuffer body;
    private final int root;

    /// @param body from 0 to its limit, little-endian; good while this is used
    SeedRecord(ByteBuffer body) {
        this.body = body;
        this.root = body.limit() - ROOT_BYTES;
    }

    /// Whether these 192 bytes may be a root: every flag in it is 0 or 1.
    static boolean isPlausible(ByteBuffer bytes) {
        for (int place : OPTIONS) {
            if ((bytes.get(place) & 0xFE) != 0) {
                return false;
            }
        }
        return (bytes.get(TS_EXACT) & 0xFE) == 0;
    }

    /// @throws IllegalArgumentException when the bytes are no such record, or the event is one that a log does not
    ///     take
    Event toEvent() {
        ByteBuffer fields = body.slice(root, ROOT_BYTES);
        if (!isPlausible(fields)) {
            throw new IllegalArgumentException("a flag that is neither 0 nor 1");
        }
        Event.Builder event = Event.of(text(0), number(8))
                .ts(number(16), body.get(root + TS_EXACT) == 1)
                .kind(Kind.of(text(28)))
                .source(Source.of(text(36)))
                .tool(optionalText(44))
                .toolCallId(optionalText(56))
                .stopReason(optionalText(112))
                .payload(payload());
        unsigned(event, Measure.TOKENS_IN, 68);
        unsigned(event, Measure.TOKENS_OUT, 76);
        unsigned(event, Measure.REASONING_TOKENS, 84);
        unsigned(event, Measure.LATENCY_MS, 124);
        unsigned(event, Measure.TTFT_MS, 132);
        unsigned(event, Measure.CONTEXT_USED_TOKENS, 144);
        unsigned(event, Measure.CONTEXT_MAX_TOKENS, 152);
        unsigned(event, Measure.CACHE_CREATION_TOKENS, 160);
        unsigned(event, Measure.CACHE_READ_TOKENS, 168);
        unsigned(event, Measure.SYSTEM_PROMPT_TOKENS, 176);
        if (isPresent(140)) {
            event.measure(Measure.RETRY_COUNT, Short.toUnsignedLong(body.getShort(root + 140 + 2)));
        }
        if (isPresent(96)) {
            event.measure(Measure.COST_USD_E6, number(96 + 8));
        }
        return event.build();
    }

    private boolean isPresent(int place) {
        return body.get(root + place) == 1;
    }

    private long number(int place) {
        return body.getLong(root + place);
    }

    private void unsigned(Event.Builder event, Measure measure, int place) {
        if (isPresent(place)) {
            event.measure(measure, Integer.toUnsignedLong(body.getInt(root + place + 4)));
        }
    }

    private @Nullable String optionalText(int place) {
        return isPresent(place) ? text(place + 4) : null;
    }

    private String text(int place) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(textBytes(place)).toString();
        } catch (CharacterCodingException _) {
            throw new IllegalArgumentException("a text that is not UTF-8");
        }
    }

    private Json payload() {
        ByteBuffer bytes = textBytes(184);
        return Json.of(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    private ByteBuffer textBytes(int place) {
        int at = root + place;
        if ((body.get(at) & 0xC0) != 0x80) {
            int length = 0;
            while (length < INLINE_BYTES && body.get(at + length) != (byte) 0xFF) {
                length++;
            }
            return body.slice(at, length);
        }
        int encoded = body.getInt(at);
        long length = (encoded & 0x3F) | ((encoded & 0xFFFFFF00L) >>> 2);
        long start = (long) at + body.getInt(at + 4);
        if (length <= INLINE_BYTES || start < 0 || start + length > body.limit()) {
            throw new IllegalArgumentException("a text of " + length + " bytes at " + start + ", outside its frame");
        }
        return body.slice((int) start, (int) length);
    }
}
