// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// The events that are measured with, the same in every run: 100 sessions in turn, about 300 bytes of JSON each,
/// six of the twelve optional numbers set.
///
/// Event `n` is the `n / 100`th of session `n % 100`, 20 ms after the one before it, so that each session has one
/// every two seconds. All else comes from one of 4,096 templates. A workload of more sessions has a hundred at a time:
/// when these have had their events, the next hundred begin. For one thread.
final class Workload {
    static final int SESSIONS = 100;

    private static final long SEED = 20_260_101;
    private static final int TEMPLATES = 4_096;
    private static final long FIRST_MILLIS = 1_767_225_600_000L;
    private static final long STEP_MILLIS = 20;
    private static final int LEAST_PAYLOAD_BYTES = 200;
    private static final int MOST_PAYLOAD_BYTES = 400;
    private static final int MOST_NUMBER = 60_000;

    private static final List<Kind> KINDS =
            List.of(Kind.TOOL_CALL, Kind.TOOL_RESULT, Kind.MESSAGE, Kind.TOOL_CALL, Kind.TOOL_RESULT, Kind.COST);
    private static final List<String> TOOLS = List.of("Bash", "Read", "Edit", "Grep", "Write", "Task");
    private static final List<String> MODELS = List.of("claude-opus-4-5", "claude-sonnet-4-5", "gpt-5.1-codex");
    /// The reference's twelve.
    private static final List<Measure> NUMBERS = Measure.ALL.subList(0, Measure.CACHE_CREATION_1H_TOKENS.ordinal());

    private static final List<String> WORDS = List.of(
            "the",
            "test",
            "fails",
            "because",
            "file",
            "was",
            "read",
            "src/main/java/App.java",
            "line",
            "returned",
            "null",
            "commit",
            "and",
            "then",
            "rename",
            "it",
            "to",
            "segment",
            "expected",
            "42");

    private final long eventsEach;
    private final long stepMillis;
    private final List<String> sessionIds = new ArrayList<>();
    private final List<Event.Builder> templates = new ArrayList<>();

    Workload() {
        this(SESSIONS, Integer.MAX_VALUE, STEP_MILLIS);
    }

    /// One of other sessions, and another time from event to event.
    ///
    /// @param sessions of more than a hundred a multiple of that
    /// @param eventsEach how many events a session has before the next begin; after the last, the first go on
    Workload(int sessions, long eventsEach, long stepMillis) {
        this.eventsEach = eventsEach;
        this.stepMillis = stepMillis;
        Random random = new Random(SEED);
        for (int i = 0; i < sessions; i++) {
            sessionIds.add(new UUID(random.nextLong(), random.nextLong()).toString());
        }
        for (int i = 0; i < TEMPLATES; i++) {
            templates.add(template(random, KINDS.get(i % KINDS.size())));
        }
    }

    private Event.Builder template(Random random, Kind kind) {
        boolean ofTool = kind.equals(Kind.TOOL_CALL) || kind.equals(Kind.TOOL_RESULT);
        Event.Builder template = Event.of(sessionIds.getFirst(), 0)
                .kind(kind)
                .source(random.nextInt(4) == 0 ? Source.HOOK : Source.TAIL)
                .payload(payload(random, kind));
        if (ofTool) {
            template.tool(oneOf(random, TOOLS)).toolCallId("toolu_" + Long.toHexString(random.nextLong()));
        } else {
            template.model(oneOf(random, MODELS)).stopReason(random.nextInt(3) == 0 ? "end_turn" : null);
        }
        List<Measure> measures = new ArrayList<>(NUMBERS);
        Collections.shuffle(measures, random);
        for (Measure measure : measures.subList(0, measures.size() / 2)) {
            template.measure(measure, random.nextInt(MOST_NUMBER));
        }
        return template;
    }

    private static String payload(Random random, Kind kind) {
        int length = random.nextInt(LEAST_PAYLOAD_BYTES, MOST_PAYLOAD_BYTES);
        StringBuilder json = new StringBuilder("{\"type\":\"").append(kind).append("\",\"text\":\"");
        while (json.length() < length) {
            json.append(oneOf(random, WORDS)).append(' ');
        }
        return json.append("\"}").toString();
    }

    private static String oneOf(Random random, List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    String sessionId(long number) {
        long first = turn(number) * atOnce() % sessionIds.size();
        return sessionIds.get((int) (first + number % atOnce()));
    }

    long seq(long number) {
        long round = turn(number) * atOnce() / sessionIds.size();
        return round * eventsEach + number / atOnce() % eventsEach;
    }

    private int atOnce() {
        return Math.min(SESSIONS, sessionIds.size());
    }

    /// How many times the sessions at work have changed.
    private long turn(long number) {
        return number / (atOnce() * eventsEach);
    }

    Event event(long number) {
        return templates
                .get((int) (number % TEMPLATES))
                .key(sessionId(number), seq(number))
                .ts(FIRST_MILLIS + number * stepMillis, true)
                .build();
    }

    /// Which event of the workload as it comes has that time.
    static long numberAt(long tsMillis) {
        return (tsMillis - FIRST_MILLIS) / STEP_MILLIS;
    }

    /// Events in a row. They share their texts and payloads and take about 150 bytes of memory each.
    List<Event> events(long from, int count) {
        List<Event> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(event(from + i));
        }
        return events;
    }

    /// What reading the first so many events must come to.
    Tally tally(long events) {
        long sum = 0;
        for (long number = 0; number < events; number++) {
            sum += Tally.digest(event(number));
        }
        return new Tally(events, sum);
    }
}
