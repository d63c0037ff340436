// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Events for tests.
final class Events {
    private static final List<Kind> KINDS = List.of(Kind.TOOL_CALL, Kind.TOOL_RESULT, Kind.COST, new Kind("dream"));
    private static final List<String> TEXTS = List.of("", "Bash", "Übersetzen", "opus", "x".repeat(100));
    private static final int LETTERS = 26;
    private static final long ANY_DAY = 1_760_000_000_000L;

    private Events() {}

    /// A small event that differs from others by its key.
    static Event event(String session, long seq) {
        return event(session, seq, 20);
    }

    /// As [#event(String, long)], with a payload of so many bytes.
    static Event event(String session, long seq, int payloadBytes) {
        return Event.of(session, seq)
                .ts(ANY_DAY + seq, true)
                .payload(text(session.hashCode() * 31L + seq, payloadBytes))
                .build();
    }

    static List<Event> events(String session, int count) {
        return events(session, 0, count, 20);
    }

    static List<Event> events(String session, long firstSeq, int count, int payloadBytes) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(session, firstSeq + i, payloadBytes));
        }
        return events;
    }

    /// An event with any of the fields there are.
    static Event any(String session, long seq, Random random, int payloadBytes) {
        Event.Builder event = Event.of(session, seq)
                .ts(ANY_DAY + random.nextInt(1 << 20), random.nextBoolean())
                .kind(KINDS.get(random.nextInt(KINDS.size())))
                .payload(text(random.nextLong(), payloadBytes));
        if (random.nextInt(4) == 0) {
            event.source(new Source("dreamt"));
        }
        if (random.nextBoolean()) {
            event.tool(TEXTS.get(random.nextInt(TEXTS.size())));
        }
        if (random.nextBoolean()) {
            event.model(TEXTS.get(random.nextInt(TEXTS.size())));
        }
        for (Measure measure : Measure.ALL) {
            if (random.nextInt(4) == 0) {
                event.measure(measure, random.nextLong(measure.max()));
            }
        }
        return event.build();
    }

    /// A JSON string of so many bytes, the two quotes among them.
    private static String text(long seed, int bytes) {
        byte[] text = new byte[Math.max(2, bytes)];
        new Random(seed).nextBytes(text);
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + Byte.toUnsignedInt(text[i]) % LETTERS);
        }
        text[0] = '"';
        text[text.length - 1] = '"';
        return new String(text, StandardCharsets.US_ASCII);
    }
}
