// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.cli.Cli.Result;
import dev.hotlog.event.Batch;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsCommandTest {
    private static final long NINE = 1772870400000L;

    @TempDir
    Path temp;

    private Cli cli;
    private long seq;

    @BeforeEach
    void aLogOfTools() throws IOException {
        cli = Cli.on(temp.resolve("log"));
        cli.having(
                call("a", "Bash", "1", 0),
                call("a", "Bash", "2", 10),
                result("a", "Bash", "2", 1010, ",\"stop_reason\":\"error\""),
                result("a", "Bash", "1", 61_000, ""),
                call("b", "Bash", "1", 1),
                result("b", "Bash", "1", 100, ",\"latency_ms\":7"),
                call("b", "Read", "2", 200),
                result("b", "Read", "2", 200, ""),
                call("b", "Read", "3", 200),
                call("b", "Edit", "4", 300),
                guessed("tool_result", "b", "4", 900));
        try (HotLog log = HotLog.open(cli.directory())) {
            log.append(new Batch(List.of(), List.of(new SessionFacts("b", Map.of("agent", "codex"))), List.of()));
        }
    }

    private String call(String session, String tool, String id, long millis) {
        return event("tool_call", session, tool, id, millis, ",\"ts_exact\":true");
    }

    private String result(String session, String tool, String id, long millis, String more) {
        return event("tool_result", session, tool, id, millis, ",\"ts_exact\":true" + more);
    }

    private String guessed(String kind, String session, String id, long millis) {
        return event(kind, session, "Edit", id, millis, "");
    }

    private String event(String kind, String session, String tool, String id, long millis, String more) {
        return "{\"session_id\":\"" + session + "\",\"seq\":" + seq++ + ",\"ts_ms\":" + (NINE + millis) + ",\"kind\":\""
                + kind + "\",\"tool\":\"" + tool + "\",\"tool_call_id\":\"" + id + "\"" + more + "}";
    }

    @Test
    void toolsAreListedWithTheirErrorsAndTimesTheMostCalledFirst() {
        assertThat(cli.run("tools")).isEqualTo(new Result(0, """
                        TOOL  CALLS  ERRORS  TIMED  MEDIAN        P95
                        Bash      3       1      3   1.0 s  1 min 1 s
                        Read      2       0      0       -          -
                        Edit      1       0      0       -          -
                        """, ""));
    }

    @Test
    void dataHasMillisecondsAndNoneWhereNobodyToldATime() {
        assertThat(cli.run("tools", "--json").out()).isEqualTo("""
                        [{"tool":"Bash","calls":3,"errors":1,"timed":3,"median_ms":1004,"p95_ms":61184},\
                        {"tool":"Read","calls":2,"errors":0,"timed":0},\
                        {"tool":"Edit","calls":1,"errors":0,"timed":0}]
                        """);
        assertThat(cli.run("tools", "--csv").outLines())
                .containsExactly(
                        "tool,calls,errors,timed,median_ms,p95_ms",
                        "Bash,3,1,3,1004,61184",
                        "Read,2,0,0,,",
                        "Edit,1,0,0,,");
    }

    @Test
    void toolsNarrowDown() {
        assertThat(cli.run("tools", "--agent", "codex", "--csv").outLines()).contains("Bash,1,0,1,7,7", "Read,2,0,0,,");
        assertThat(cli.run("tools", "--session", "a", "--since", "2026-03-07T09:00:01", "--csv")
                        .outLines())
                .containsExactly("tool,calls,errors,timed,median_ms,p95_ms", "Bash,0,1,0,,");
        assertThat(cli.run("tools", "--since", "1h")).isEqualTo(new Result(0, "", "hotlog: no calls of tools\n"));
        assertThat(cli.run("tools", "--agent", "nobody"))
                .isEqualTo(new Result(1, "", "hotlog: the log has no agent 'nobody'; it has codex\n"));
    }

    @Test
    void aTimeCountsWithItsCallAndAnErrorAtItsOwnTime() {
        cli.having(
                call("c", "Slow", "1", 0),
                call("c", "Slow", "2", 2_000),
                result("c", "Slow", "1", 3_000, ",\"latency_ms\":3000,\"stop_reason\":\"error\""),
                result("c", "Slow", "2", 4_000, ",\"latency_ms\":1900"));

        assertThat(cli.run("tools", "--session", "c", "--csv").outLines())
                .element(1)
                .asString()
                .startsWith("Slow,2,1,2,");
        assertThat(cli.run("tools", "--session", "c", "--since", "2026-03-07T09:00:01", "--csv")
                        .outLines())
                .element(1)
                .asString()
                .startsWith("Slow,1,1,1,");
    }

    @Test
    void whatAForkHasCopiedCountsOnce() {
        List<String> before = cli.run("tools", "--csv").outLines();
        cli.having(
                call("fork", "Bash", "2", 10),
                result("fork", "Bash", "2", 1010, ",\"stop_reason\":\"error\""),
                guessed("tool_call", "fork", "4", 300));

        assertThat(cli.run("tools", "--csv").outLines())
                .startsWith(before.get(0), before.get(1))
                .contains("Edit,2,0,0,,");
        assertThat(cli.run("tools", "--session", "fork", "--csv").outLines()).contains("Bash,1,1,1,1004,1004");
        assertThat(cli.run("report", "--by", "tool", "--csv").out()).contains("Bash,3,8,4,2,");
    }

    @Test
    void callsAndErrorsAreThoseOfAReportByToolWhereNothingIsCopied() {
        List<String> report = cli.run("report", "--by", "tool", "--csv").outLines();
        assertThat(report.get(1)).matches("Bash,2,6,3,1,.*");
        assertThat(report.get(2)).matches("Read,1,3,2,0,.*");
    }
}
