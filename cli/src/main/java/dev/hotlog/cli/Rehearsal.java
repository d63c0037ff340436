// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.Json;
import dev.hotlog.event.Kind;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs the command lines on stdin, one per line and split at blanks, in one JVM: what the launcher records as the
/// AOT cache's training run. How the commands end does not matter to it.
///
/// They find a log of several segments in the folder that the first argument names, since a log that is in use for
/// months has indexes on disk, which a small one does not read.
final class Rehearsal {
    private static final HotLogOptions SMALL_SEGMENTS = HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10);
    private static final int SESSIONS = 20;
    private static final int EVENTS_A_SESSION = 30;
    private static final long FIRST_MILLIS = 1_767_225_600_000L;
    private static final long STEP_MILLIS = 60_000;
    /// One that has a price, and one that has none.
    private static final List<String> MODELS = List.of("claude-opus-4-5", "rehearsal-1");
    private static final Json PAYLOAD = Json.of("{\"text\":\"" + "Rehearsed. ".repeat(40) + "\"}");

    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        fill(Path.of(args[0]));
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String command;
        while ((command = commands.readLine()) != null) {
            Main.run(command.strip().split(" +"), Surroundings.ofProcess());
        }
        System.exit(0); // as Main does: leaving takes classes too
    }

    private static void fill(Path folder) throws IOException {
        try (HotLog log = HotLog.open(folder, SMALL_SEGMENTS)) {
            for (int session = 0; session < SESSIONS; session++) {
                String id = "rehearsal-" + session;
                List<Event> events = new ArrayList<>();
                for (int seq = 0; seq < EVENTS_A_SESSION; seq++) {
                    events.add(event(id, session, seq));
                }
                SessionFacts facts = new SessionFacts(id, Map.of(SessionFacts.TITLE, "Rehearsal"));
                log.append(new Batch(events, List.of(facts), List.of(new Cursor(id, "done"))), Durability.MEMORY);
            }
        }
    }

    private static Event event(String session, int of, int seq) {
        return Event.of(session, seq)
                .ts(FIRST_MILLIS + (of * EVENTS_A_SESSION + seq) * STEP_MILLIS, true)
                .kind(seq % 2 == 0 ? Kind.TOOL_CALL : Kind.TOOL_RESULT)
                .model(MODELS.get(of % MODELS.size()))
                .tool("Bash")
                .toolCallId(session + "-" + seq / 2)
                .measure(Measure.TOKENS_IN, seq)
                .measure(Measure.TOKENS_OUT, seq)
                .payload(PAYLOAD)
                .build();
    }
}
