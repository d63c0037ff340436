// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The logs that lie as golden files in `src/test/resources/format/v1`, and what is in them.
///
/// Written once by [#main], with the folder as its argument, and kept for ever: every later version must read them.
final class GoldenLogs {
    /// Those there were when the logs were written.
    private static final List<Measure> MEASURES = Measure.ALL.subList(0, Measure.CACHE_CREATION_1H_TOKENS.ordinal());

    /// One event: the worked example of docs/format.md.
    static final String EXAMPLE = "example";
    /// Several segments, facts, cursors, every field.
    static final String ROLLED = "rolled";

    private GoldenLogs() {}

    static Event exampleEvent() {
        return Event.of("demo-1", 0)
                .ts(1_767_225_600_000L, true)
                .kind(Kind.MESSAGE)
                .source(Source.TAIL)
                .measure(Measure.TOKENS_OUT, 7)
                .model("opus")
                .payload("{\"type\":\"prompt\",\"text\":\"hi\"}")
                .build();
    }

    static List<Event> rolledEvents() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 160; i++) {
            Event.Builder event = Event.of("s-" + i % 3, i)
                    .ts(1_767_225_600_000L + i, i % 2 == 0)
                    .kind(i % 10 == 9 ? new Kind("Approval") : Kind.KNOWN.get(i % 7))
                    .source(i % 10 == 8 ? new Source("telepathy") : Source.KNOWN.get(i % 3))
                    .payload("{\"i\":" + i + ",\"text\":\"" + "grüße ".repeat(i % 5 * 40) + "\"}");
            if (i % 2 == 1) {
                event.tool("Bash").toolCallId("t" + i).stopReason("").model("opus");
                MEASURES.forEach(measure -> event.measure(measure, measure.ordinal()));
            }
            events.add(event.build());
        }
        return events;
    }

    static SessionFacts facts() {
        return new SessionFacts("s-1", Map.of(SessionFacts.AGENT, "claude-code", SessionFacts.TITLE, "grüße"));
    }

    static Cursor cursor() {
        return new Cursor("file:claude-code:/home/u/a.jsonl", "{\"position\":42}");
    }

    public static void main(String[] folder) throws IOException {
        Path resources = Path.of(folder[0]);
        Files.createDirectories(resources);
        try (HotLog log = HotLog.open(resources.resolve(EXAMPLE))) {
            log.append(exampleEvent());
        }
        try (HotLog log = HotLog.open(resources.resolve(ROLLED), LogProcess.SMALL)) {
            for (Event event : rolledEvents()) {
                log.append(event);
            }
            log.append(new Batch(List.of(), List.of(facts()), List.of(cursor())));
        }
    }
}
