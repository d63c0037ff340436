// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Random frames from a seed: sessions whose seqs run, jump, go back and reach beyond [Long#MAX_VALUE], sessions that
/// have facts only, known and open kinds, cursors that move, gaps in the offsets.
final class Workload {
    private static final List<String> TOOLS = List.of("Bash", "Read", "Edit", "", "Übersetzen", "mcp__a__b");
    private static final List<String> MODELS = List.of("opus", "sonnet", "", "a-model-with-a-name-of-some-length");
    private static final Kind OPEN = new Kind("dream");
    private static final Kind ODDLY_SPELT = new Kind("Error");
    private static final List<Kind> KINDS =
            List.of(Kind.TOOL_CALL, Kind.TOOL_RESULT, Kind.MESSAGE, Kind.ERROR, Kind.COST, OPEN, ODDLY_SPELT);

    private final Random random;
    private final List<String> sessions = new ArrayList<>();
    private final Map<String, Long> nextSeqs = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    private final Segment segment = new Segment();

    private Workload(long seed, int sessionCount) {
        random = new Random(seed);
        for (int i = 0; i < sessionCount; i++) {
            sessions.add(
                    switch (i % 3) {
                        case 0 -> "s" + i;
                        case 1 -> "session-größer-" + i;
                        default -> "x".repeat(1 + i * 7 % 1000) + i;
                    });
        }
    }

    static Segment of(long seed, int sessionCount, int frames) {
        Workload workload = new Workload(seed, sessionCount);
        for (int i = 0; i < frames; i++) {
            workload.frame();
        }
        return workload.segment;
    }

    private void frame() {
        String session = any(sessions);
        switch (random.nextInt(20)) {
            case 0 -> segment.facts(new SessionFacts(session, facts()));
            case 1 -> segment.facts(new SessionFacts("only told of " + random.nextInt(5), facts()));
            case 2 -> segment.cursor("file " + random.nextInt(30), "é".repeat(random.nextInt(200)));
            case 3 -> segment.lost(1 + random.nextInt(1000));
            default -> segment.event(event(session));
        }
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            facts.put(
                    any(List.of(SessionFacts.AGENT, SessionFacts.MODEL, SessionFacts.TITLE, "")),
                    any(List.of("claude", "", "title " + random.nextInt())));
        }
        return facts;
    }

    private Event event(String session) {
        long seq = freeSeq(session);
        Event.Builder event = Event.of(session, seq)
                .ts(tsMillis(), true)
                .kind(any(KINDS))
                .payload("x".repeat(random.nextInt(10) == 0 ? random.nextInt(100_000) : 10));
        if (random.nextBoolean()) {
            event.tool(any(TOOLS));
        }
        if (random.nextBoolean()) {
            event.model(any(MODELS));
        }
        if (random.nextBoolean()) {
            event.stopReason(any(List.of("error", "end_turn", "errors")));
        }
        for (Measure measure : Measure.ALL) {
            if (random.nextInt(4) == 0) {
                event.measure(measure, random.nextInt(3) * (measure.max() / (random.nextBoolean() ? 2 : 1000)));
            }
        }
        if (random.nextInt(6) == 0) {
            event.measure(Measure.COST_USD_E6, -random.nextLong(1L << 40));
        }
        return event.build();
    }

    /// Within an hour, within some days, or anywhere.
    private long tsMillis() {
        return random.nextLong(
                switch (random.nextInt(10)) {
                    case 0 -> 1L << 50;
                    case 1, 2, 3 -> 300_000_000;
                    default -> 4_000_000;
                });
    }

    /// By session: consecutive from 0; consecutive across the sign; jumping anywhere; going back.
    private long freeSeq(String session) {
        int manner = sessions.indexOf(session) % 4;
        long first = manner == 1 ? Long.MAX_VALUE - 3 : manner == 3 ? 1_000_000 : 0;
        long seq = nextSeqs.getOrDefault(session, first);
        while (!keys.add(session + "/" + seq)) {
            seq++;
        }
        nextSeqs.put(
                session,
                switch (manner) {
                    case 2 -> random.nextLong();
                    case 3 -> seq - random.nextInt(3);
                    default -> seq + 1;
                });
        return seq;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
