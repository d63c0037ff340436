// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Cli.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.cli.Cli.Result;
import dev.hotlog.event.Batch;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchCommandTest {
    private static final String RED = "\u001b[31m";
    private static final String PLAIN = "\u001b[0m";

    @TempDir
    Path temp;

    private Cli cli;

    @BeforeEach
    void aLogOfTwoSessions() throws IOException {
        cli = Cli.on(temp.resolve("log"));
        cli.having(
                event(
                        "alpha-1",
                        1,
                        "message",
                        "\"payload\":{\"type\":\"prompt\",\"block\":\"Where is the\\nparser?\"}"),
                event(
                        "alpha-1",
                        2,
                        "tool_call",
                        "\"tool\":\"Bash\",\"payload\":{\"type\":\"tool_call\",\"block\":"
                                + "{\"input\":{\"command\":\"grep -r \\\"parser\\\" src\"}}}"),
                event(
                        "beta-1",
                        3,
                        "message",
                        "\"payload\":{\"type\":\"answer\",\"block\":{\"text\":\"In Parser.java\"}}"),
                event("beta-1", 4, "cost", "\"model\":\"parser\",\"tokens_in\":5"));
        try (HotLog log = HotLog.open(cli.directory())) {
            SessionFacts facts = new SessionFacts("alpha-1", Map.of(SessionFacts.AGENT, "codex"));
            log.append(new Batch(List.of(), List.of(facts), List.of()));
        }
    }

    @Test
    void theNewestComesFirstWithTheTextAroundIt() {
        Result result = cli.run("search", "parser");
        assertThat(result.code()).isEqualTo(Exit.FINE);
        assertThat(result.err()).isEmpty();
        assertThat(result.outLines())
                .containsExactly(
                        "2026-03-07 09:03  beta-1  (unknown)  answer",
                        "    In Parser.java",
                        "2026-03-07 09:02  alpha-1  codex  tool_call Bash",
                        "    grep -r \"parser\" src",
                        "2026-03-07 09:01  alpha-1  codex  prompt",
                        "    Where is the parser?");
    }

    @Test
    void onATerminalThePlaceIsMarkedAndTheLineFits() {
        cli.having(event(
                "c",
                1,
                "message",
                "\"payload\":{\"type\":\"answer\",\"block\":\"" + "word ".repeat(50) + "needle" + " more".repeat(50)
                        + "\"}"));
        String line = cli.terminal(60).run("search", "needle").outLines().get(1);
        assertThat(line)
                .isEqualTo("    …ord word word word word " + RED + "needle" + PLAIN + " more more more more mor…");
        assertThat(TextWidth.of(line.replace(RED, "").replace(PLAIN, ""))).isLessThanOrEqualTo(60);
    }

    @Test
    void caseMattersWhenTheTextHasACapitalOrTheUserSaysSo() {
        assertThat(cli.run("search", "Parser").outLines()).hasSize(2);
        assertThat(cli.run("search", "-s", "parser").outLines()).hasSize(4);
        assertThat(cli.run("search", "-i", "PARSER").outLines()).hasSize(6);
        assertThat(cli.run("search", "-i", "-s", "x").code()).isEqualTo(Exit.USAGE);
    }

    @Test
    void quotesLineBreaksAndExpressionsAreFound() {
        assertThat(cli.run("search", "\"parser\"").outLines()).hasSize(2);
        assertThat(cli.run("search", "the\nparser").outLines()).hasSize(2);
        assertThat(cli.run("search", "--regex", "^in par\\w+\\.java$").outLines())
                .hasSize(2);
        assertThat(cli.run("search", "--regex", "(").err()).contains("'(' is no regular expression: ");
    }

    @Test
    void itIsNarrowedDownAsOtherCommandsAre() {
        assertThat(cli.run("search", "--agent", "codex", "parser").outLines()).hasSize(4);
        assertThat(cli.run("search", "--session", "beta", "parser").outLines()).hasSize(2);
        assertThat(cli.run("search", "--kind", "tool_call", "parser").outLines())
                .hasSize(2);
        assertThat(cli.run("search", "--since", "2026-03-07T09:03", "parser").outLines())
                .hasSize(2);
        Result unknown = cli.run("search", "--agent", "codx", "parser");
        assertThat(unknown.code()).isEqualTo(Exit.NO);
        assertThat(unknown.err()).contains("did you mean 'codex'?").doesNotContain("nothing found");
    }

    @Test
    void theLimitEndsItAndSaysWhetherThereIsMore() {
        Result limited = cli.terminal(80).run("search", "-n", "1", "parser");
        assertThat(limited.outLines()).hasSize(2);
        assertThat(limited.err()).contains("there are more");
        assertThat(cli.run("search", "-n", "3", "parser").err()).doesNotContain("more");
        assertThat(cli.run("search", "--all", "parser").outLines()).hasSize(6);
        assertThat(cli.run("search", "-n", "-1", "parser").code()).isEqualTo(Exit.USAGE);
    }

    @Test
    void nothingFoundIsTheAnswerNo() {
        Result none = cli.run("search", "lexer");
        assertThat(none.code()).isEqualTo(Exit.NO);
        assertThat(none.out()).isEmpty();
        assertThat(none.err()).isEqualTo("hotlog: nothing found\n");
        assertThat(cli.run("search", "--json", "lexer").err()).isEmpty();
        assertThat(cli.run("search", "").code()).isEqualTo(Exit.USAGE);
        assertThat(cli.run("search").code()).isEqualTo(Exit.USAGE);
    }

    @Test
    void damageIsToldAndEverythingElseIsFound() throws IOException {
        new LogFiles(cli.directory()).damage("Parser.java");
        Result result = cli.run("search", "parser");
        assertThat(result.code()).isEqualTo(Exit.DAMAGED);
        assertThat(result.outLines()).hasSize(4);
        assertThat(result.err()).contains("offset 2 ");
        assertThat(cli.run("search", "lexer").code()).isEqualTo(Exit.DAMAGED);
    }

    @Test
    void jsonHasALineForEach() {
        Result result = cli.run("search", "--json", "-n", "1", "java");
        assertThat(result.outLines())
                .containsExactly("{\"offset\":2,\"session_id\":\"beta-1\",\"seq\":3,\"ts_ms\":1772870580000,"
                        + "\"ts_exact\":true,\"kind\":\"message\",\"before\":\"In Parser.\",\"match\":\"java\","
                        + "\"after\":\"\"}");
    }

    @Test
    void itEndsWellWhenItsReaderHasSeenEnough() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        Result result = cli.run(gone, gone, "search", "parser");
        assertThat(result.code()).isEqualTo(Exit.FINE);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void anExpressionThatAsksTooMuchOfATextIsRefused() {
        cli.having(event(
                "deep", 1, "message", "\"payload\":{\"type\":\"answer\",\"block\":\"" + "ab".repeat(200_000) + "\"}"));
        Result result = cli.run("search", "--regex", "(a|b)*c");
        assertThat(result.code()).isEqualTo(Exit.USAGE);
        assertThat(result.err()).contains("repeats a group too often");
    }
}
