// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.cli.Cli.Result;
import dev.hotlog.event.Batch;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @TempDir
    Path temp;

    private Cli cli;

    @BeforeEach
    void aLogOfTwoAgents() throws IOException {
        cli = Cli.on(temp.resolve("log"));
        cli.having(
                cost("aaaaaaaa-1", 1, "2026-03-01T10:07:00Z", "claude-opus-4-5-20251101", 10, 100),
                cost("aaaaaaaa-1", 2, "2026-03-01T22:30:00Z", "claude-opus-4-5-20251101", 20, 200),
                cost("aaaaaaaa-1", 3, "2026-03-01T23:30:00Z", "claude-haiku-4-5", 40, 400),
                tool("aaaaaaaa-1", 4, "tool_call", ""),
                tool("aaaaaaaa-1", 5, "tool_result", ",\"stop_reason\":\"error\""),
                cost("bbbbbbbb-2", 1, "2026-03-02T10:00:00Z", "gpt-5.2", 1_000_000, 7));
        try (HotLog log = HotLog.open(cli.directory())) {
            log.append(new Batch(
                    List.of(),
                    List.of(
                            new SessionFacts(
                                    "aaaaaaaa-1",
                                    Map.of("agent", "claude-code", "workspace", "/src/app", "title", "T")),
                            new SessionFacts("bbbbbbbb-2", Map.of("agent", "codex"))),
                    List.of()));
        }
    }

    private static String cost(String session, long seq, String time, String model, long in, long read) {
        return "{\"session_id\":\"" + session + "\",\"seq\":" + seq + ",\"ts_ms\":"
                + Instant.parse(time).toEpochMilli() + ",\"kind\":\"cost\",\"model\":\"" + model + "\",\"tokens_in\":"
                + in
                + ",\"tokens_out\":1,\"cache_read_tokens\":" + read + "}";
    }

    private static String tool(String session, long seq, String kind, String more) {
        return "{\"session_id\":\"" + session + "\",\"seq\":" + seq + ",\"ts_ms\":1772316000000,\"kind\":\"" + kind
                + "\",\"tool\":\"Bash\"" + more + "}";
    }

    @Test
    void addsUpByDayOfTheZone() {
        assertThat(cli.run("report")).isEqualTo(new Result(0, """
                        DAY         SESSIONS  EVENTS      INPUT  OUTPUT  REASONING  CACHE WRITE  CACHE READ      TOTAL      COST
                        2026-02-28         1       2          -       -          -            -           -          -         -
                        2026-03-01         1       2         30       2          -            -         300        332  $0.00035
                        2026-03-02         2       2  1,000,040       2          -            -         407  1,000,449     $1.75
                        total              2       6  1,000,070       4          -            -         707  1,000,781     $1.75
                        """, ""));
        assertThat(cli.run("report", "--tz", "UTC").outLines())
                .anyMatch(line -> line.startsWith("2026-03-01         1       3"));
    }

    @Test
    void jsonIsAnArrayOfRows() {
        assertThat(cli.run("report", "--by", "agent", "--json").out()).isEqualTo("""
                        [{"agent":"codex","sessions":1,"events":1,\
                        "tokens_in":1000000,"tokens_out":1,"cache_read_tokens":7,\
                        "cost_usd_e6":1750015,"unpriced_tokens":0},\
                        {"agent":"claude-code","sessions":1,"events":5,\
                        "tokens_in":70,"tokens_out":3,"cache_read_tokens":700,"cost_usd_e6":435,"unpriced_tokens":0}]
                        """);
        assertThat(cli.run("report", "--by", "project,week", "--json", "--agent", "codex")
                        .out())
                .isEqualTo("""
                        [{"project":null,"week":"2026-W10","sessions":1,"events":1,\
                        "tokens_in":1000000,"tokens_out":1,"cache_read_tokens":7,\
                        "cost_usd_e6":1750015,"unpriced_tokens":0}]
                        """);
        assertThat(cli.run("report", "--by", "tool", "--json").out()).isEqualTo("""
                        [{"tool":"Bash","sessions":1,"events":2,"calls":1,"errors":1}]
                        """);
    }

    @Test
    void csvHasTheFieldsOfJsonAndMoneyInDollars() {
        assertThat(cli.run("report", "--by", "agent,week", "--csv"))
                .isEqualTo(new Result(0, """
                        agent,week,sessions,events,tokens_in,tokens_out,reasoning_tokens,cache_creation_tokens,\
                        cache_creation_1h_tokens,cache_read_tokens,cost_usd,unpriced_tokens
                        codex,2026-W10,1,1,1000000,1,,,,7,1.750015,0
                        claude-code,2026-W09,1,4,30,2,,,,300,0.000350,0
                        claude-code,2026-W10,1,1,40,1,,,,400,0.000085,0
                        """.replace("\n", "\r\n"), ""));
        assertThat(cli.run("report", "--csv", "--since", "1h").outLines()).hasSize(1);
        assertThat(cli.run("report", "--by", "tool", "--explain", "--csv").outLines())
                .containsExactly(
                        "tool,offset,session_id,seq,ts_ms,kind,model,tokens_in,tokens_out,reasoning_tokens,"
                                + "cache_creation_tokens,cache_creation_1h_tokens,cache_read_tokens,cost_usd,cost_from",
                        "Bash,3,aaaaaaaa-1,4,1772316000000,tool_call,,,,,,,,,",
                        "Bash,4,aaaaaaaa-1,5,1772316000000,tool_result,,,,,,,,,");
        assertThat(cli.run("report", "--csv", "--json"))
                .isEqualTo(new Result(2, "", "hotlog: --json and --csv are two forms; one can be printed\n"));
    }

    @Test
    void blocksOfFiveHoursAreToldWithTheTimeBetweenThem() {
        cli.having(tool("aaaaaaaa-1", 6, "tool_call", ""));

        assertThat(cli.run("report", "--by", "block", "--tz", "UTC").outLines().stream()
                        .map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "BLOCK AFTER SESSIONS EVENTS INPUT OUTPUT REASONING CACHE WRITE CACHE READ TOTAL COST",
                        "2026-03-01 10:00 1 1 10 1 - - 100 111 $0.000125",
                        "2026-03-01 22:00 7 h 1 2 60 2 - - 600 662 $0.00031",
                        "2026-03-02 10:00 7 h 1 1 1,000,000 1 - - 7 1,000,008 $1.75",
                        "total 2 4 1,000,070 4 - - 707 1,000,781 $1.75");
        assertThat(cli.run("report", "--by", "block,model", "--since", "2026-03-02T00:00", "--csv")
                        .outLines())
                .hasSize(3)
                .element(1)
                .asString()
                .startsWith("2026-03-01T23:00+01:00,claude-haiku-4-5,1,1,");
        assertThat(cli.run("report", "--by", "block", "--explain").outLines()).hasSize(6);
    }

    @Test
    void theBlockThatRunsIsToldWithItsPace() {
        cli.having(
                cost("cccccccc-3", 1, "2026-03-07T09:40:00Z", "claude-opus-4-5", 599, 0),
                cost("cccccccc-3", 2, "2026-03-07T10:40:00Z", "claude-opus-4-5", 599, 0));
        String now = "The last block runs for another 2 h, at 20 tokens a minute: 3,600 tokens and $0.02 at its end.\n";

        assertThat(cli.run("report", "--by", "block").out()).endsWith("\n\n" + now);
        assertThat(cli.run("report", "--by", "block", "--agent", "codex").out()).doesNotContain("runs for another");
        assertThat(cli.run("report", "--by", "block", "--since", "today", "--json")
                        .out())
                .isEqualTo("""
                        [{"block":"2026-03-07T10:00+01:00","sessions":1,"events":2,"tokens_in":1198,"tokens_out":2,\
                        "cache_read_tokens":0,"cost_usd_e6":6040,"unpriced_tokens":0,"left_ms":7200000,\
                        "tokens_per_minute":20,"projected_tokens":3600,"projected_cost_usd_e6":18120}]
                        """);
    }

    @Test
    void noPaceIsToldOfABlockThatTheReportDoesNotEndWith() {
        cli.having(
                cost("cccccccc-3", 1, "2026-03-07T09:40:00Z", "claude-opus-4-5", 599, 0),
                cost("cccccccc-3", 2, "2026-03-07T10:40:00Z", "claude-opus-4-5", 599, 0));
        for (String until : List.of("7d", "2026-01-01", "2026-03-07T11:00")) {
            assertThat(cli.run("report", "--by", "block", "--until", until).out())
                    .as(until)
                    .doesNotContain("runs for another");
            assertThat(cli.run("report", "--by", "block", "--until", until, "--json")
                            .out())
                    .as(until)
                    .doesNotContain("left_ms");
        }
        assertThat(cli.run("report", "--by", "block", "--until", "2026-01-01").out())
                .isEmpty();
        assertThat(cli.run("report", "--by", "block", "--until", "today").out()).contains("runs for another 2 h");
        cli.having(cost("cccccccc-3", 3, "2026-03-07T20:00:00Z", "claude-opus-4-5", 599, 0));
        assertThat(cli.run("report", "--by", "block").out()).doesNotContain("runs for another");
    }

    @Test
    void everyWayOfGroupingHasATable() {
        assertThat(cli.run("report", "--by", "tool").out()).isEqualTo("""
                        TOOL   SESSIONS  EVENTS  CALLS  ERRORS
                        Bash          1       2      1       1
                        total         1       2      1       1
                        """);
        assertThat(cli.run("report", "--by", "agent,model").outLines().stream().map(line -> line.substring(0, 30)))
                .containsExactly(
                        "AGENT        MODEL            ",
                        "codex        gpt-5.2          ",
                        "claude-code  claude-haiku-4-5 ",
                        "claude-code  claude-opus-4-5  ",
                        "claude-code  (unknown)        ",
                        "total                         ");
        assertThat(cli.run("report", "--by", "session").outLines().get(2)).startsWith("aaaaaaaa  T           5 ");
        assertThat(cli.run("report", "--by", "project").outLines().get(1)).startsWith("(unknown) ");
        assertThat(cli.run("report", "--by", "month").outLines()).hasSize(4);
    }

    @Test
    void timesCutExactlyEvenWithinAQuarterOfAnHour() {
        String from = "2026-03-01T11:07";
        assertThat(inputs("--since", from)).isEqualTo(1_000_070);
        assertThat(inputs("--since", from + ":01")).isEqualTo(1_000_060);
        assertThat(inputs("--until", from)).isZero();
        assertThat(inputs("--until", from + ":01")).isEqualTo(10);
        assertThat(inputs("--since", from, "--until", from + ":01")).isEqualTo(10);
        assertThat(inputs("--since", "2026-03-01", "--until", "2026-03-01")).isEqualTo(30);
    }

    private long inputs(String... options) {
        String[] commandLine = Stream.concat(Stream.of("report", "--by", "month", "--json"), Stream.of(options))
                .toArray(String[]::new);
        String out = cli.run(commandLine).out();
        int at = out.indexOf("\"tokens_in\":");
        return at < 0 ? 0 : Long.parseLong(out.substring(at + 12, out.indexOf(',', at)));
    }

    @Test
    void explainsItsNumbers() {
        List<String> lines = cli.run("report", "--agent", "claude-code", "--explain").outLines().stream()
                .map(line -> line.replaceAll(" +", " "))
                .toList();

        assertThat(lines)
                .containsExactly(
                        "DAY OFFSET SESSION SEQ TIME KIND MODEL INPUT OUTPUT CACHE WRITE CACHE READ COST",
                        "2026-03-01 0 aaaaaaaa 1 2026-03-01 11:07:00 cost claude-opus-4-5 10 1 - 100 $0.000125",
                        "2026-03-01 1 aaaaaaaa 2 2026-03-01 23:30:00 cost claude-opus-4-5 20 1 - 200 $0.000225",
                        "2026-03-02 2 aaaaaaaa 3 2026-03-02 00:30:00 cost claude-haiku-4-5 40 1 - 400 $0.000085",
                        "3 events 70 in · 3 out · 700 cache read · $0.000435");
        assertThat(cli.run("report", "--by", "model", "--session", "b", "--explain", "--json")
                        .out())
                .isEqualTo("""
                        [{"model":"gpt-5.2","offset":5,"session_id":"bbbbbbbb-2","seq":1,"ts_ms":1772445600000,\
                        "kind":"cost","tokens_in":1000000,"tokens_out":1,"cache_read_tokens":7,\
                        "cost_usd_e6":1750015,"cost_from":"prices"}]
                        """);
        assertThat(cli.run("report", "--by", "tool", "--explain").outLines()).hasSize(4);
    }

    @Test
    void nothingToReportIsSaid() {
        assertThat(cli.run("report", "--since", "1h")).isEqualTo(new Result(0, "", "hotlog: nothing to report\n"));
        assertThat(cli.run("report", "--since", "1h", "--json")).isEqualTo(new Result(0, "[]\n", ""));
    }

    @Test
    void anAgentOrProjectThatTheLogDoesNotKnowIsToldAndExitCode1() {
        String unknown = "hotlog: the log has no agent 'nobody'; it has claude-code, codex\n";
        assertThat(cli.run("report", "--agent", "nobody")).isEqualTo(new Result(1, "", unknown));
        assertThat(cli.run("report", "--agent", "nobody", "--json")).isEqualTo(new Result(1, "[]\n", unknown));
        assertThat(cli.run("report", "--agent", "nobody", "--explain").err()).isEqualTo(unknown);
        assertThat(cli.run("report", "--project", "nope"))
                .isEqualTo(new Result(1, "", "hotlog: the log has no project 'nope'; it has app\n"));
        assertThat(cli.run("report", "--agent", "codex,nobody").outLines()).hasSize(3);
        assertThat(cli.run("report", "--project", "src/app").code()).isZero();
    }

    @Test
    void modelsThatWouldBecomeOneNameAreToldInWhole() {
        cli.having(
                cost("cccccccc-3", 1, "2026-03-03T10:00:00Z", "claude-opus-4-5", 1, 1),
                cost("cccccccc-3", 2, "2026-03-03T10:00:00Z", "claude-sonnet-4-5-20250929", 1, 1));
        assertThat(cli.run("report", "--by", "model").out())
                .contains("\nclaude-opus-4-5-20251101 ")
                .contains("\nclaude-opus-4-5 ")
                .contains("\nclaude-sonnet-4-5 ");
    }

    @Test
    void aTimeBeyondCalendarsIsNotKnown() {
        cli.having("{\"session_id\":\"far\",\"seq\":1,\"ts_ms\":18446744073709551615,\"kind\":\"cost\","
                + "\"cost_usd_e6\":-1,\"tokens_in\":3}");

        assertThat(cli.run("report", "--session", "far").outLines().get(1))
                .startsWith("(unknown) ")
                .endsWith(" -$0.000001");
        assertThat(cli.run("report", "--session", "far", "--explain").outLines().get(1))
                .matches("\\(unknown\\) +6  far +1  - +cost .*");
    }

    @Test
    void aTerminalThatTakesUnicodeIsShownBarsAndTheDays() {
        cli.env("NO_COLOR", "1").env("LANG", "de_DE.UTF-8");
        assertThat(cli.run("report").out()).doesNotContain("█");
        assertThat(cli.terminal(80).run("report").outLines())
                .contains("2026-03-02  1,000,040       2         407  1,000,449     $1.75  ██████████");
        assertThat(cli.run("report", "--by", "agent").out()).contains("\n2026-03-01 ▁█ 2026-03-02  tokens a day\n");
        assertThat(cli.env("LC_ALL", "C").run("report").out()).doesNotContain("█");
        assertThat(cli.run("report", "--by", "agent").out()).doesNotContain("tokens a day");
    }

    @Test
    void theTableFitsTheTerminal() {
        cli.env("NO_COLOR", "1").env("LANG", "en_US.UTF-8");
        for (int columns : new int[] {40, 60, 80, 120}) {
            assertThat(cli.terminal(columns).run("report", "--explain").out().lines())
                    .allMatch(line -> TextWidth.of(line) <= Math.max(columns, 54));
            for (String by : List.of("day", "agent,model", "session", "tool")) {
                assertThat(cli.terminal(columns).run("report", "--by", by).out().lines())
                        .as("--by %s at %d columns", by, columns)
                        .allMatch(line -> TextWidth.of(line) <= columns);
            }
            assertThat(cli.run("report", "--by", "nothing").err().lines())
                    .first()
                    .asString()
                    .startsWith("hotlog: --by cannot be 'nothing'; it")
                    .satisfies(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(columns));
        }
        assertThat(cli.terminal(80).run("report").out()).contains("INPUT is what was neither");
    }
}
