// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Cli.event;
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

/// `sessions` and `show`.
class SessionCommandsTest {
    private static final String PARENT = "8a40e9d7-15c3-4f6e-b2a8-0c7d93f4e518";
    private static final String CHILD = PARENT + "/agent-a7c41f9";

    @TempDir
    Path temp;

    private Cli cli;

    @BeforeEach
    void aLogOfThreeSessions() throws IOException {
        cli = Cli.on(temp.resolve("log"));
        cli.having(
                event(
                        PARENT,
                        1,
                        "message",
                        "\"payload\":{\"type\":\"prompt\",\"block\":\"Why is it slow?\\nTell me.\"}"),
                event(
                        PARENT,
                        2,
                        "message",
                        "\"payload\":{\"type\":\"thinking\",\"block\":{\"thinking\":\"one\\ntwo\\nthree\\nfour\"}}"),
                event(
                        PARENT,
                        3,
                        "tool_call",
                        "\"tool\":\"Bash\",\"payload\":{\"type\":\"tool_call\",\"block\":{\"input\":{\"command\":\"time make\"}}}"),
                event(
                        PARENT,
                        4,
                        "tool_result",
                        "\"tool\":\"Bash\",\"payload\":{\"type\":\"tool_result\",\"block\":{\"content\":\"real 9s\\nuser 8s\"}}"),
                event(
                        PARENT,
                        5,
                        "tool_result",
                        "\"tool\":\"Bash\",\"stop_reason\":\"error\",\"payload\":{\"type\":\"tool_result\",\"block\":{\"content\":\"boom\"}}"),
                event(
                        PARENT,
                        6,
                        "message",
                        "\"payload\":{\"type\":\"answer\",\"block\":{\"text\":\"Because \\u001b[31mof it.\"}}"),
                event(
                        PARENT,
                        7,
                        "cost",
                        "\"model\":\"claude-opus-4-5-20251101\",\"tokens_in\":1000,\"tokens_out\":20,"
                                + "\"cache_read_tokens\":300000"),
                event(PARENT, 8, "hook", "\"payload\":{\"type\":\"hook\"}"),
                event(PARENT, 9, "lifecycle", "\"payload\":{\"type\":\"interruption\"}"),
                event(CHILD, 30, "message", ""),
                event("019cbf21-6a7e", 60, "message", ""));
        facts(
                PARENT,
                Map.of(
                        "agent",
                        "claude-code",
                        "model",
                        "claude-opus-4-5-20251101",
                        "workspace",
                        "/src/app",
                        "branch",
                        "main",
                        "version",
                        "2.1",
                        "title",
                        "Why it is slow"));
        facts(CHILD, Map.of("agent", "claude-code", "parent", PARENT, "title", "Look"));
    }

    private void facts(String session, Map<String, String> facts) throws IOException {
        try (HotLog log = HotLog.open(cli.directory())) {
            log.append(new Batch(List.of(), List.of(new SessionFacts(session, facts)), List.of()));
        }
    }

    @Test
    void sessionsAreListedNewestFirst() {
        assertThat(cli.run("sessions")).isEqualTo(new Result(0, """
                        SESSION   AGENT        MODEL            PROJECT    STARTED           ACTIVE   LENGTH  EVENTS   TOKENS   COST  TITLE
                        019cbf21  (unknown)    (unknown)        (unknown)  2026-03-07 10:00  3 h ago     0 s       1        -      -
                        agent-a7  claude-code  (unknown)        (unknown)  2026-03-07 09:30  3 h ago     0 s       1        -      -  ↳ Look
                        8a40e9d7  claude-code  claude-opus-4-5  app        2026-03-07 09:01  3 h ago   8 min       9  301,020  $0.16  Why it is slow
                        """, ""));
    }

    @Test
    void aHintTellsOfThoseNotShown() {
        Result result = cli.run("sessions", "-n", "1");

        assertThat(result.outLines()).hasSize(2);
        assertThat(result.err()).isEqualTo("(2 more: --all, or -n 3)\n");
        assertThat(cli.run("sessions", "--all").outLines()).hasSize(4);
        assertThat(cli.run("sessions", "-n", "0")).isEqualTo(new Result(0, "", "(3 more: --all, or -n 3)\n"));
    }

    @Test
    void theListFitsTheTerminal() {
        cli.env("NO_COLOR", "1");
        for (int columns : new int[] {40, 60, 80, 100, 120, 200}) {
            assertThat(cli.terminal(columns).run("sessions").out().lines())
                    .as("%d columns", columns)
                    .allMatch(line -> TextWidth.of(line) <= columns);
        }
        assertThat(cli.terminal(80).run("sessions").outLines().getLast())
                .isEqualTo("8a40e9d7  claude-code  app        2026-03-07 09:01  301,020  $0.16  Why it is s…");
    }

    @Test
    void sessionsNarrowDown() {
        assertThat(cli.run("sessions", "--agent", "claude-code").outLines()).hasSize(3);
        assertThat(cli.run("sessions", "--project", "app").outLines()).hasSize(2);
        assertThat(cli.run("sessions", "--since", "2026-03-07T09:45").outLines())
                .hasSize(2);
        assertThat(cli.run("sessions", "--until", "2026-03-07T09:05").outLines())
                .hasSize(2);
        assertThat(cli.run("sessions", "--since", "1h")).isEqualTo(new Result(0, "", "hotlog: no sessions\n"));
        assertThat(cli.run("sessions", "--since", "1h", "--json")).isEqualTo(new Result(0, "[]\n", ""));
        String unknown = "hotlog: the log has no agent 'nobody'; it has claude-code\n";
        assertThat(cli.run("sessions", "--agent", "nobody")).isEqualTo(new Result(1, "", unknown));
        assertThat(cli.run("sessions", "--agent", "nobody", "--json")).isEqualTo(new Result(1, "[]\n", unknown));
    }

    @Test
    void jsonHoldsEverythingInFull() {
        assertThat(cli.run("sessions", "--project", "app", "--json").out())
                .isEqualTo("[{\"session_id\":\"" + PARENT + "\",\"agent\":\"claude-code\",\"branch\":\"main\","
                        + "\"model\":\"claude-opus-4-5-20251101\",\"title\":\"Why it is slow\",\"version\":\"2.1\","
                        + "\"project\":\"/src/app\",\"first_ts_ms\":1772870460000,\"last_ts_ms\":1772870940000,"
                        + "\"first_offset\":0,\"last_offset\":8,\"last_seq\":9,\"events\":9,\"errors\":1,"
                        + "\"tokens_in\":1000,\"tokens_out\":20,\"cache_read_tokens\":300000,"
                        + "\"cost_usd_e6\":155500,\"unpriced_tokens\":0}]\n");
    }

    @Test
    void csvHoldsTheSame() {
        assertThat(cli.run("sessions", "--agent", "claude-code", "--csv").out())
                .isEqualTo(("session_id,agent,branch,model,parent,title,usage,version,project,first_ts_ms,last_ts_ms,"
                                + "first_offset,last_offset,last_seq,events,errors,tokens_in,tokens_out,reasoning_tokens,"
                                + "cache_creation_tokens,cache_creation_1h_tokens,cache_read_tokens,cost_usd,"
                                + "unpriced_tokens\n"
                                + CHILD + ",claude-code,,," + PARENT + ",Look,,,,1772872200000,1772872200000,"
                                + "9,9,30,1,0,,,,,,,,\n"
                                + PARENT + ",claude-code,main,claude-opus-4-5-20251101,,Why it is slow,,2.1,/src/app,"
                                + "1772870460000,1772870940000,0,8,9,9,1,1000,20,,,,300000,0.155500,0\n")
                        .replace("\n", "\r\n"));
    }

    @Test
    void csvQuotesWhatWouldBreakARow() throws IOException {
        facts(CHILD, Map.of("title", "a \"b\",\nc"));

        assertThat(cli.run("sessions", "--session", "agent-a7", "--csv").out()).contains(",\"a \"\"b\"\",\nc\",");
        facts(CHILD, Map.of("team, or \"crew\"", "x"));
        assertThat(cli.run("sessions", "--csv").outLines().getFirst()).endsWith(",\"team, or \"\"crew\"\"\"");
    }

    @Test
    void csvSteersNoTerminal() throws IOException {
        facts(CHILD, Map.of("title", "\u001b[31mred\u009b\nline", "odd\u001bname", "x"));

        assertThat(cli.run("sessions", "--csv").out())
                .contains(",\"␛[31mred\ufffd\nline\",")
                .contains("odd␛name")
                .doesNotContain("\u001b")
                .doesNotContain("\u009b");
    }

    @Test
    void csvHasTheSameColumnsWhateverSessionsAreShown() throws IOException {
        String names = cli.run("sessions", "--csv").outLines().getFirst();
        assertThat(names).startsWith("session_id,agent,branch,model,parent,title,usage,version,project,first_ts_ms,");
        assertThat(cli.run("sessions", "-n", "0", "--csv").outLines()).containsExactly(names);
        assertThat(cli.run("sessions", "--agent", "claude-code", "--csv")
                        .outLines()
                        .getFirst())
                .isEqualTo(names);
        facts(CHILD, Map.of("team", "blue"));
        assertThat(cli.run("sessions", "--csv").outLines().getFirst()).isEqualTo(names + ",team");
    }

    @Test
    void idsAreToldInFullOnDemand() {
        assertThat(cli.run("sessions", "--full-ids").out()).contains(CHILD + "  claude-code");
        assertThat(cli.run("sessions").out()).doesNotContain(PARENT);
    }

    @Test
    void aSessionIsToldAsATimeline() {
        assertThat(cli.run("show", "8a40"))
                .isEqualTo(new Result(0, """
                        Why it is slow
                        session   8a40e9d7-15c3-4f6e-b2a8-0c7d93f4e518
                        agent     claude-code (2.1)
                        model     claude-opus-4-5-20251101
                        project   /src/app (main)
                        started   2026-03-07 09:01 (3 h ago), 8 min long
                        events    9, 1 error
                        tokens    1,000 in · 20 out · 300,000 cache read
                        cost      $0.16
                        subagents 1

                        Saturday 7 March 2026
                        09:01:00  prompt      Why is it slow?
                                              Tell me.
                        09:02:00  thinking    one
                                              two
                                              three
                                              … 1 more line (--full)
                        09:03:00  call        Bash  time make
                        09:04:00  result      (2 lines) real 9s
                        09:05:00  failed      boom
                        09:06:00  answer      Because ␛[31mof it.
                        09:07:00  tokens      claude-opus-4-5 · 1,000 in · 20 out · 300,000 cache read · $0.16
                        09:09:00  stopped
                        09:30:00  subagent    Look · agent-a7c41f9 · 1 event
                        """, "(2 events of hooks and the like not shown: --full)\n"));
        assertThat(cli.run("show", "8a40", "--full").out())
                .contains("four")
                .contains("user 8s")
                .contains("09:08:00  hook");
    }

    @Test
    void aSessionBelowAnotherGoesByItsOwnName() {
        assertThat(cli.run("show", "agent-a7").out())
                .contains("session   " + CHILD)
                .contains("parent    " + PARENT);
    }

    @Test
    void callsAreToldWithTheirTimesAndCostsWithTheirSum() {
        String call =
                "\"tool\":\"Bash\",\"tool_call_id\":\"1\",\"payload\":{\"type\":\"tool_result\",\"block\":{\"content\":\"x\\ny\"}}";
        cli.having(
                event("timed", 1, "tool_call", call),
                event("timed", 2, "tool_result", call),
                event("timed", 3, "tool_call", call),
                event("timed", 4, "tool_result", call + ",\"stop_reason\":\"error\",\"latency_ms\":1500"),
                event("timed", 5, "cost", "\"cost_usd_e6\":1000000"),
                event("timed", 6, "cost", "\"cost_usd_e6\":500000"));

        assertThat(cli.run("show", "timed").outLines())
                .contains(
                        "09:02:00  result      (1 min, 2 lines) x",
                        "09:04:00  failed      (1.5 s) x",
                        "09:05:00  tokens      $1.00",
                        "09:06:00  tokens      $0.50 · $1.50 so far");
        assertThat(cli.run("show", "timed", "--json").out())
                .contains("\"text\":\"x\\ny\",\"took_ms\":60000}")
                .contains("\"took_ms\":1500");
    }

    @Test
    void theCostSoFarIsThatOfAllEvents() {
        cli.having(
                event("answered", 1, "message", "\"payload\":\"hi\",\"cost_usd_e6\":1000000"),
                event("answered", 2, "hook", "\"cost_usd_e6\":250000"),
                event("answered", 3, "cost", "\"cost_usd_e6\":500000"));

        assertThat(cli.run("show", "answered").outLines())
                .contains("cost      $1.75", "09:03:00  tokens      $0.50 · $1.75 so far");
    }

    @Test
    void afterASubagentThatWorkedPastMidnightTheDateIsToldAgain() throws IOException {
        cli.having(
                event("late", 880, "message", "\"payload\":\"a\""),
                event("late", 895, "message", "\"payload\":\"d\""),
                event("late/sub", 890, "message", "\"payload\":\"b\""),
                event("late/sub", 905, "message", "\"payload\":\"c\""));
        facts("late/sub", Map.of("parent", "late"));

        assertThat(cli.run("show", "late").out()).endsWith("""

                Saturday 7 March 2026
                23:40:00  message     a
                23:50:00  subagent    sub · 2 events
                │ 23:50:00  message     b
                │
                │ Sunday 8 March 2026
                │ 00:05:00  message     c

                Saturday 7 March 2026
                23:55:00  message     d
                """);
    }

    @Test
    void subagentsAreToldWhereTheyBeginIndented() throws IOException {
        cli.having(
                event(PARENT + "/agent-b", 2, "message", "\"payload\":{\"type\":\"answer\",\"block\":\"mine\"}"),
                event(PARENT + "/agent-b", 4, "cost", "\"cost_usd_e6\":2000000"),
                event("forked", 2000, "message", ""));
        facts(PARENT + "/agent-b", Map.of("parent", PARENT, "title", "Build"));
        facts(PARENT + "/agent-b/deeper", Map.of("parent", PARENT + "/agent-b"));
        facts("forked", Map.of("parent", PARENT));

        assertThat(cli.run("show", "8a40").out())
                .contains("subagents 2, $2.00 beside that\n")
                .contains("""
                        09:02:00  subagent    Build · agent-b · 2 events · $2.00
                        │ 09:02:00  answer      mine
                        │ 09:04:00  tokens      $2.00
                        09:03:00  call        Bash  time make
                        """)
                .doesNotContain("forked");
    }

    @Test
    void theTimelineAsJsonIsOneObject() {
        String out = cli.run("show", "8a40", "--json").out();

        assertThat(out.lines()).hasSize(1);
        assertThat(out)
                .startsWith("{\"session_id\":\"" + PARENT + "\",")
                .contains("""
                        "timeline":[{"offset":0,"seq":1,"ts_ms":1772870460000,"kind":"message","type":"prompt",\
                        "text":"Why is it slow?\\nTell me."},""")
                .contains("""
                        {"offset":6,"seq":7,"ts_ms":1772870820000,"kind":"cost","type":"cost",\
                        "model":"claude-opus-4-5-20251101",\
                        "tokens_in":1000,"tokens_out":20,"cache_read_tokens":300000,\
                        "cost_usd_e6":155500,"cost_from":"prices"}""");
    }

    @Test
    void timesThatNobodyToldAndThoseBeyondCalendarsAreDashes() throws IOException {
        Cli odd = Cli.on(temp.resolve("odd"));
        odd.having(
                "{\"session_id\":\"none\",\"seq\":1,\"ts_ms\":0,\"kind\":\"message\",\"payload\":\"zero\"}",
                "{\"session_id\":\"far\",\"seq\":1,\"ts_ms\":1772870400000,\"kind\":\"message\",\"payload\":\"now\"}",
                "{\"session_id\":\"far\",\"seq\":2,\"ts_ms\":18446744073709551615,\"kind\":\"message\",\"payload\":\"max\"}");

        assertThat(odd.run("sessions").outLines().stream().skip(1).map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "far (unknown) (unknown) (unknown) 2026-03-07 09:00 - - 2 - -",
                        "none (unknown) (unknown) (unknown) - - - 1 - -");
        assertThat(odd.run("show", "none").out()).isEqualTo("""
                session   none
                started   -
                events    1

                -       ~ message     zero
                """);
        assertThat(odd.run("show", "far").out()).isEqualTo("""
                session   far
                started   2026-03-07 09:00 (4 h ago)
                events    2

                Saturday 7 March 2026
                09:00:00~ message     now
                -       ~ message     max
                """);
        assertThat(odd.run("info").out()).contains("newest    -\n").doesNotContain("1970");
    }

    @Test
    void eventsOfOtherProgramsAreToldInShort() {
        cli.having(
                event("mine", 1, "message", "\"payload\":{\"who\":\"me\",\"n\":[1,2]}"),
                event("mine", 2, "message", "\"payload\":[1,{\"b\":2}]"),
                event("mine", 3, "lifecycle", "\"payload\":{\"deploy\":\"prod\"}"),
                event("mine", 4, "Approval", "\"payload\":{\"ok\":true}"),
                event("mine", 5, "message", "\"payload\":" + "[" + "7,".repeat(1000) + "7]"));
        List<String> lines = cli.run("show", "mine").outLines();

        assertThat(lines)
                .contains(
                        "09:01:00  message     {\"who\":\"me\",\"n\":[1,2]}",
                        "09:02:00  message     [1,{\"b\":2}]",
                        "09:03:00  lifecycle   {\"deploy\":\"prod\"}",
                        "09:04:00  Approval    {\"ok\":true}");
        assertThat(lines.getLast()).startsWith("09:05:00  message     [7,7,").hasSizeLessThan(500);
    }

    @Test
    void linesThatWereNotAllReadAreNotCountedAsIfTheyWere() {
        String lines = "x\\n".repeat(100_000);
        cli.having(
                event(
                        "long",
                        1,
                        "tool_result",
                        "\"payload\":{\"type\":\"tool_result\",\"block\":{\"content\":\"" + lines + "\"}}"),
                event("long", 2, "message", "\"payload\":{\"type\":\"message\",\"block\":\"" + lines + "\"}"),
                event(
                        "long",
                        3,
                        "message",
                        "\"payload\":{\"type\":\"message\",\"block\":\"" + "x\\n".repeat(30) + "\"}"),
                event("long", 4, "message", "\"payload\":\"" + lines + "\""));

        assertThat(cli.run("show", "long").outLines().stream().map(String::strip))
                .contains(
                        "09:01:00  result      (at least 32,768 lines) x",
                        "… at least 32,744 more lines (--full)",
                        "… 6 more lines (--full)",
                        "… at least 176 more lines (--full)");
        assertThat(cli.run("show", "long", "--full").outLines().stream().filter(line -> line.endsWith("x")))
                .hasSize(300_030);
    }

    @Test
    void allThatAToolWasToldIsThereInFull() {
        cli.having(
                event(
                        "edit",
                        1,
                        "tool_call",
                        "\"tool\":\"Edit\",\"payload\":{\"type\":\"tool_use\",\"block\":{\"type\":\"tool_use\",\"input\":"
                                + "{\"file_path\":\"a.md\",\"old_string\":\"one\\ntwo\",\"new_string\":\"three\",\"count\":2}}}"));
        assertThat(cli.run("show", "edit").out())
                .contains("call        Edit  a.md\n")
                .doesNotContain("old_string");
        assertThat(cli.run("show", "edit", "--full").outLines().stream().map(String::strip))
                .containsSubsequence(
                        "09:01:00  call        Edit",
                        "file_path: a.md",
                        "old_string: one",
                        "two",
                        "new_string: three",
                        "count: 2");
    }

    @Test
    void aTitleIsToldWhereItChanges() {
        String titled = "\"payload\":{\"type\":\"title\",\"line\":{\"type\":\"custom-title\",\"customTitle\":\"%s\"}}";
        cli.having(
                event("named", 1, "lifecycle", titled.formatted("One")),
                event("named", 2, "message", "\"payload\":\"hi\""),
                event("named", 3, "lifecycle", titled.formatted("One")),
                event("named", 4, "lifecycle", titled.formatted("Two")));

        assertThat(cli.run("show", "named").out()).contains("""

                Saturday 7 March 2026
                09:02:00  message     hi
                09:04:00  title       Two
                """);
        assertThat(cli.run("show", "named", "--full").out()).contains("09:01:00  title       One\n");
    }

    @Test
    void longLinesAreWrappedOnATerminal() {
        cli.having(event(
                "wide", 1, "message", "\"payload\":{\"type\":\"answer\",\"text\":\"" + "word ".repeat(60) + "\"}"));

        Cli narrow = Cli.on(cli.directory()).env("NO_COLOR", "1");
        for (String session : List.of("wide", "8a40")) {
            assertThat(narrow.terminal(45).run("show", session).out().lines())
                    .allMatch(line -> TextWidth.of(line) <= 45);
        }
        assertThat(Cli.on(cli.directory()).run("show", "wide").out().lines()).anyMatch(line -> line.length() > 300);
    }
}
