// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.history.EventFilter;
import dev.hotlog.agents.history.History;
import dev.hotlog.event.Event;
import dev.hotlog.event.Json;
import dev.hotlog.event.Kind;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolFoldTest {
    private static final long NINE = 1_772_870_400_000L;
    private static final int MEDIAN = 50;

    @TempDir
    Path folder;

    private long seq;

    private Event event(String session, Kind kind, String id, long millis, String payload, boolean failed) {
        return Event.of(session, seq++)
                .kind(kind)
                .tool("Bash")
                .toolCallId(id)
                .ts(NINE + millis, true)
                .stopReason(failed ? "error" : null)
                .payload(Json.of(payload))
                .build();
    }

    private Event call(String session, String command) {
        return event(session, Kind.TOOL_CALL, "1", 0, "{\"input\":{\"command\":\"" + command + "\"}}", false);
    }

    private Event result(String session, boolean failed) {
        return event(session, Kind.TOOL_RESULT, "1", 100, "{}", failed);
    }

    private ToolUse bash(Event... events) throws IOException {
        Path log = folder.resolve("log-" + seq);
        try (HotLog writer = HotLog.open(log)) {
            for (Event event : events) {
                writer.append(event);
            }
        }
        ToolFold fold = new ToolFold();
        try (History history = History.open(log);
                Replay replay = history.replay(EventFilter.ALL)) {
            replay.forEach(fold::add);
        }
        return fold.tools().getFirst();
    }

    @Test
    void aCallAndItsCopyAreOneInAnyOrder() throws IOException {
        List<ToolUse> uses = List.of(
                bash(call("a", "ls"), result("a", true), call("fork", "ls")),
                bash(call("fork", "ls"), call("a", "ls"), result("a", true)),
                bash(call("fork", "ls"), call("a", "ls"), result("fork", true), result("a", true)),
                bash(call("a", "ls"), result("a", true), call("fork", "ls"), result("fork", true)));
        assertThat(uses).allSatisfy(use -> {
            assertThat(use.calls()).isEqualTo(1);
            assertThat(use.errors()).isEqualTo(1);
            assertThat(use.times().count()).isEqualTo(1);
            assertThat(use.times().percentile(MEDIAN)).isEqualTo(OptionalLong.of(100));
        });
    }

    @Test
    void aSessionIsNoCopyOfItself() throws IOException {
        ToolUse toldAgain = bash(call("a", "ls"), result("a", false), result("a", true));
        assertThat(toldAgain.calls()).isEqualTo(1);
        assertThat(toldAgain.errors()).isEqualTo(1);
        ToolUse twice = bash(call("a", "ls"), result("a", false), call("a", "ls"), result("a", true));
        assertThat(twice.calls()).isEqualTo(2);
        assertThat(twice.errors()).isEqualTo(1);
    }

    @Test
    void whatProgramsWithTheSameIdsToldAtTheSameTimeIsNoCopy() throws IOException {
        ToolUse use = bash(call("a", "ls"), result("a", true), call("b", "make"), result("b", true));
        assertThat(use.calls()).isEqualTo(2);
        assertThat(use.errors()).isEqualTo(2);
    }

    @Test
    void copiesAreKnownAmongAnyNumberOfCalls() throws IOException {
        int many = 3_000;
        Event[] events = new Event[2 * many];
        for (int i = 0; i < many; i++) {
            events[i] = event("a", Kind.TOOL_CALL, "c" + i, i, "{}", false);
            events[many + i] = event("fork", Kind.TOOL_CALL, "c" + i, i, "{}", false);
        }
        assertThat(bash(events).calls()).isEqualTo(many);
    }
}
