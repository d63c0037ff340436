// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Cli.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.cli.Cli.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @TempDir
    Path temp;

    private Cli cli;

    @BeforeEach
    void aLog() {
        cli = Cli.on(temp.resolve("log"));
    }

    @Test
    void saysWhatItIsForWhenNotToldWhatToDo() {
        Result result = cli.run();

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("Usage: hotlog")
                .contains("hotlog demo")
                .contains("hotlog import");
        for (Verb verb : Verb.values()) {
            assertThat(result.out()).contains("\n  " + verb.word() + " ");
        }
        assertThat(cli.run("--help")).isEqualTo(result);
        assertThat(cli.run("-h")).isEqualTo(result);
        assertThat(cli.run("help")).isEqualTo(result);
        assertThat(cli.run("--dir", "x")).isEqualTo(result);
    }

    @Test
    void tellsItsVersion() {
        assertThat(cli.run("--version")).isEqualTo(new Result(0, "hotlog (unpackaged)\n", ""));
        assertThat(cli.run("-V").code()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void everyVerbTellsOfItself(Verb verb) {
        Result result = cli.run(verb.word(), "--help");

        assertThat(result.code()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .startsWith("Usage: hotlog " + verb.word())
                .contains(verb.summary() + ".")
                .contains("--dir=DIR")
                .contains("--help");
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(cli.run("help", verb.word())).isEqualTo(result);
    }

    @Test
    void aWrongCommandLineIsOneLineAndExitCode2() {
        assertThat(cli.run("improt"))
                .isEqualTo(new Result(2, "", "hotlog: there is no command 'improt'; did you mean 'import'?\n"));
        assertThat(cli.run("sess").err()).contains("did you mean 'sessions'?");
        assertThat(cli.run("frobnicate").err()).contains("'hotlog --help' lists them");
        assertThat(cli.run("").err()).contains("'hotlog --help' lists them");
        assertThat(cli.run("--frob"))
                .isEqualTo(new Result(2, "", "hotlog: there is no option '--frob' (see 'hotlog --help')\n"));
    }

    @Test
    void whatIsWrongIsToldInWordsThatNeedNoKnowledgeOfTheParser() {
        assertThat(wrong("replay", "--frob")).isEqualTo("there is no option '--frob' (see 'hotlog replay --help')");
        assertThat(wrong("replay", "--lim", "3")).startsWith("there is no option '--lim' (");
        assertThat(wrong("replay", "--limit", "x")).startsWith("--limit needs a whole number, not 'x' (");
        assertThat(wrong("replay", "--limit")).startsWith("--limit needs a value, N (");
        assertThat(wrong("replay", "--json=5")).startsWith("--json takes no value (");
        assertThat(wrong("info", "extra")).startsWith("'extra' is more than 'hotlog info' takes (");
        assertThat(wrong("get", "s")).startsWith("'hotlog get' needs a SEQ (");
        assertThat(wrong("sessions", "--since", "1d", "--since", "2d")).startsWith("--since is given more than once (");
        assertThat(wrong("sessions", "-n", "-1")).isEqualTo("--limit -1 is less than no session at all");
        assertThat(wrong("replay", "--limit", "-1")).isEqualTo("--limit -1 is less than no event at all");
        assertThat(wrong("info", "--dir", "\u0000")).startsWith("--dir needs a path, not '");
    }

    private String wrong(String... commandLine) {
        Result result = cli.run(commandLine);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).startsWith("hotlog: ").endsWith("\n");
        return result.err().substring("hotlog: ".length()).stripTrailing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get",
                "get s",
                "get s x",
                "get s -1",
                "show",
                "replay --from x",
                "replay --limit",
                "tail -n -1",
                "report --by year",
                "report --by day,day",
                "report --tz Mars/Olympus",
                "report --since soon",
                "sessions --since 2026-02-30",
                "replay --since 7d --until 8d",
                "replay --since 99999999999999999999d",
                "info extra",
                "help nothing"
            })
    void whatMakesNoSenseExitsWith2(String commandLine) {
        cli.having(event("s", 1, "message", ""));
        Result result = cli.run(commandLine.split(" "));

        assertThat(result.err().lines())
                .as(result.err())
                .singleElement()
                .asString()
                .startsWith("hotlog: ");
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void anEmptyNameIsNoFolderAndNoSession() {
        cli.having(event("s", 1, "message", ""));
        for (List<String> commandLine : List.of(
                List.of("--dir"),
                List.of("--dir", ""),
                List.of("--dir="),
                List.of("--dir", "", "replay"),
                List.of("--dir=", "replay"),
                List.of("replay", "--dir"),
                List.of("replay", "--dir", ""),
                List.of("replay", "--dir="),
                List.of("import", ""),
                List.of("import", "--home", ""),
                List.of("show", ""),
                List.of("get", "", "1"),
                List.of("replay", "--session", ""))) {
            Result result = cli.run(commandLine.toArray(String[]::new));

            assertThat(result.err().lines()).as("%s", commandLine).hasSize(1);
            assertThat(result.code()).as("%s: %s", commandLine, result).isEqualTo(2);
            assertThat(result.out()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "tail", "get s 1", "sessions", "show s", "report", "info", "verify", "repair"})
    void everyCommandThatPrintsDataMayBeAskedForJson(String commandLine) {
        cli.having(event("s", 1, "message", ""));
        Result result = cli.run((commandLine + " --json").split(" "));

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).matches("(?s)[\\[{].*[\\]}]\n");
        assertThat(cli.lines(event("s", 1, "message", "")).run("append", "--json"))
                .isEqualTo(cli.lines(event("s", 1, "message", "")).run("append"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replay",
                "get s 1",
                "tail",
                "tail -f",
                "sessions",
                "show s",
                "report",
                "report --explain",
                "info"
            })
    void aMissingLogIsOneLineThatSaysWhatToDo(String commandLine) {
        Result result = cli.run(commandLine.split(" "));

        assertThat(result)
                .isEqualTo(new Result(
                        1,
                        "",
                        "hotlog: no log in " + cli.directory()
                                + " yet: 'hotlog import' takes in this machine's transcripts, 'hotlog demo' shows a"
                                + " sample\n"));
        assertThat(cli.directory()).doesNotExist();
    }

    @Test
    void theFolderMayBeNamedBeforeOrAfterTheVerb() {
        Path other = temp.resolve("other");
        Cli.on(other).having(event("there", 1, "message", ""));

        assertThat(cli.run("--dir", other.toString(), "replay").out()).contains("there");
        assertThat(cli.run("replay", "--dir", other.toString()).out()).contains("there");
        assertThat(cli.run("--dir=" + other, "replay").out()).contains("there");
    }

    @Test
    void aStackTraceIsShownOnlyWhenAskedFor() {
        assertThat(cli.run("info").err()).doesNotContain("\tat ");
        assertThat(cli.env("HOTLOG_DEBUG", "1").run("info").err())
                .contains("LogException")
                .contains("\tat ");
    }

    @Test
    void aReaderThatWentAwayEndsTheCommandQuietly() {
        for (int i = 0; i < 3; i++) {
            cli.having(event("s", i, "message", "\"payload\":\"" + "x".repeat(50_000) + "\""));
        }
        Result result = cli.run(AppendCommandTest.brokenPipe(), "", "replay");

        assertThat(result).isEqualTo(new Result(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"replay", "tail", "get s 1", "sessions", "show s", "report --json", "info", "verify", "--help"})
    void anOutputThatCannotBeWrittenIsNamedAndExitCode5(String commandLine) {
        cli.having(event("s", 1, "message", ""));

        assertThat(cli.run(AppendCommandTest.fullDisk(), "", commandLine.split(" ")))
                .isEqualTo(new Result(5, "", "hotlog: standard output cannot be written: No space left on device\n"));
    }

    @Test
    void colourIsForTerminalsUnlessToldOtherwise() {
        cli.having(event("s", 1, "message", ""));

        assertThat(cli.run("sessions").out()).doesNotContain("\u001b");
        assertThat(cli.env("FORCE_COLOR", "1").run("sessions").out()).contains("\u001b[");
        assertThat(cli.env("FORCE_COLOR", "").terminal(80).run("sessions").out())
                .contains("\u001b[");
        assertThat(cli.env("TERM", "dumb").run("sessions").out()).doesNotContain("\u001b");
        assertThat(cli.env("TERM", "xterm").env("NO_COLOR", "1").run("sessions").out())
                .doesNotContain("\u001b");
    }

    @Test
    void aHomeThatIsNotThereIsNamed() {
        for (String verb : List.of("agents", "watch")) {
            assertThat(Cli.on(temp.resolve("log")).run(verb, "--home", "/no/where"))
                    .isEqualTo(new Cli.Result(1, "", "hotlog: /no/where: no such folder\n"));
        }
        assertThat(temp.resolve("log")).doesNotExist();
    }

    @Test
    void helpEndsOnATerminalOfAnyWidth() {
        for (int columns = 1; columns < 50; columns++) {
            assertThat(Cli.on(temp.resolve("log"))
                            .terminal(columns)
                            .run("--help")
                            .out())
                    .contains("repair");
        }
    }
}
