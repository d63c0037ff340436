// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static dev.hotlog.cli.Cli.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotlog.cli.Cli.Result;
import dev.hotlog.event.Batch;
import dev.hotlog.event.Event;
import dev.hotlog.event.Json;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every command says of a log that is not as it should be.
class BadLogTest {
    private static final String READERS_AND_WRITERS =
            "replay;get s 1;tail;sessions;show s;report;report --explain;info;append;import --home .";

    @TempDir
    Path temp;

    private Cli cli;

    @BeforeEach
    void aLog() {
        cli = Cli.on(temp.resolve("log"));
    }

    private static Stream<String> commands() {
        return Stream.of(READERS_AND_WRITERS.split(";"));
    }

    @Test
    void aFolderInThePlaceOfAFileIsNamedOnce() throws IOException {
        Path lock = Files.createDirectories(cli.directory().resolve("lock"));
        Result result = cli.lines(event("s", 1, "message", "")).run("append");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err().lines()).singleElement().asString().startsWith("hotlog: ");
        assertThat(result.err()).containsOnlyOnce(lock.toString());
    }

    @Test
    void damageIsToldAndEverythingElseIsRead() throws IOException {
        for (int seq = 0; seq < 10; seq++) {
            cli.having(event("s", seq, "message", "\"payload\":\"number-" + seq + "\""));
        }
        new LogFiles(cli.directory()).damage("number-4");

        for (String command : new String[] {"replay", "tail -n 10", "report --explain --json"}) {
            Result result = cli.run(command.split(" "));
            assertThat(result.code()).as(command).isEqualTo(3);
            assertThat(result.err().lines())
                    .as(command)
                    .singleElement()
                    .asString()
                    .startsWith("hotlog: ")
                    .contains("lost");
            assertThat(result.out()).as(command).doesNotContain("number-4");
        }
        assertThat(cli.run("replay").out()).contains("number-3").contains("number-5");
        assertThat(cli.run("tail", "-n", "6").outLines()).hasSize(6);
        assertThat(cli.run("show", "s").out())
                .contains("number-3")
                .contains("number-5")
                .doesNotContain("number-4");
        assertThat(cli.run("get", "s", "4").code()).isIn(1, 3);
    }

    @Test
    void damageIsToldOnceHoweverManySubagentsASessionHas() throws IOException {
        for (int seq = 0; seq < 10; seq++) {
            cli.having(event("s", seq, "message", "\"payload\":\"number-" + seq + "\""));
        }
        for (String child : List.of("s/a", "s/b")) {
            cli.having(event(child, 5, "message", ""));
            try (HotLog log = HotLog.open(cli.directory())) {
                SessionFacts facts = new SessionFacts(child, Map.of("parent", "s"));
                log.append(new Batch(List.of(), List.of(facts), List.of()));
            }
        }
        new LogFiles(cli.directory()).damage("number-4");

        Result shown = cli.run("show", "s");
        assertThat(shown.out()).contains("subagents 2");
        assertThat(shown.err()).containsOnlyOnce("the event at offset 4 is lost");
    }

    @Test
    void answersThatLackLostEventsSaySo() throws IOException {
        for (int seq = 0; seq < 10; seq++) {
            cli.having(event("s", seq, "message", "\"payload\":\"number-" + seq + "\""));
        }
        new LogFiles(cli.directory()).damage("number-4");

        for (String command : new String[] {
            "report",
            "report --json",
            "report --by session",
            "sessions",
            "sessions --json",
            "info",
            "info --json",
            "show s"
        }) {
            Result result = cli.run(command.split(" "));
            assertThat(result.code()).as(command).isEqualTo(3);
            assertThat(result.out()).as(command).isNotEmpty();
            assertThat(result.err()).as(command).contains("the event at offset 4 is lost");
        }
        assertThat(cli.run("report").err()).contains("'hotlog repair' mends the log");
        assertThat(cli.run("info").out()).contains("events    9\n");
        Result appended = cli.lines(event("s", 10, "message", "")).run("append");
        assertThat(appended.code()).isEqualTo(3);
        assertThat(appended.outLines()).hasSize(1);
        assertThat(appended.err()).contains("the event at offset 4 is lost");

        assertThat(cli.run("repair").code()).isZero();
        assertThat(cli.run("report").code()).isZero();
        assertThat(cli.run("info").err()).isEmpty();
    }

    @Test
    void answersThatLackNothingDoNotSayTheyDo() throws IOException {
        cli.having(event("s", 1, "message", ""));
        Files.writeString(cli.directory().resolve("00000000000000000777.hotlog"), "this is not ours");

        for (String command : List.of("report", "report --json", "sessions", "info")) {
            Result result = cli.run(command.split(" "));
            assertThat(result.code()).as(command).isEqualTo(3);
            assertThat(result.err().lines()).as(command).hasSize(2);
            assertThat(result.err())
                    .as(command)
                    .contains("no event lost")
                    .doesNotContain("the answer lacks")
                    .endsWith("hotlog: 'hotlog verify' tells all, 'hotlog repair' mends the log\n");
        }
    }

    @Test
    void writersTellOfEachDamageOnceAndOfRepair() throws IOException {
        // A copy of the files beside a live writer is what a crash leaves.
        Path copy = Files.createDirectory(temp.resolve("copy"));
        try (HotLog log = HotLog.open(cli.directory())) {
            for (int seq = 0; seq < 10; seq++) {
                log.append(Event.of("s", seq).payload("\"number-" + seq + "\"").build());
                log.flush();
            }
            for (Path file : new LogFiles(cli.directory()).segments()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        new LogFiles(copy).damage("number-4");
        Cli crashed = Cli.on(copy);

        Result first = crashed.lines(event("s", 10, "message", "")).run("append");
        assertThat(first.code()).isEqualTo(3);
        assertThat(first.err().lines()).hasSize(3);
        assertThat(first.err().lines().findFirst().orElseThrow())
                .startsWith("hotlog: the log was recovered after an unclean end")
                .doesNotContain("number-4")
                .doesNotContain("damaged");
        assertThat(first.err()).containsOnlyOnce("the event at offset 4 is lost");
        // What recovery had to copy lacks the event now: there is no more to tell. A closed log stays as it is.
        assertThat(crashed.run("append").code()).isZero();
        new LogFiles(cli.directory()).damage("number-4");
        for (String command : List.of("append", "append --json")) {
            Result next = cli.run(command.split(" "));
            assertThat(next.code()).as(command).isEqualTo(3);
            assertThat(next.err().lines()).as(command).hasSize(2);
            assertThat(next.err())
                    .as(command)
                    .containsOnlyOnce("the event at offset 4 is lost")
                    .endsWith("hotlog: 'hotlog verify' tells all, 'hotlog repair' mends the log\n");
        }
    }

    @Test
    void anEventThatTheLogCannotReadKeepsNoOtherFromBeingAppended() throws IOException {
        try (HotLog log = HotLog.open(cli.directory(), HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10))) {
            for (int seq = 0; seq < 1_000; seq++) {
                log.append(Event.of("s", seq)
                        .payload(Json.of("\"number-" + seq + "-" + "x".repeat(200) + "\""))
                        .build());
            }
        }
        new LogFiles(cli.directory()).damage("number-4-");

        Result result = cli.lines(
                        event("s", 4, "message", ""), event("t", 0, "message", ""), event("t", 0, "message", ""))
                .run("append");

        assertThat(result.code()).isEqualTo(3);
        assertThat(result.outLines()).hasSize(2);
        assertThat(result.err())
                .contains("line 1: ")
                .contains("1 line not taken")
                .contains("repair");
    }

    @Test
    void aStrayFileCostsNothingAndRepairMovesItAside() throws IOException {
        cli.having(event("s", 1, "message", ""));
        Path stray = cli.directory().resolve("00000000000000000777.hotlog");
        Files.writeString(stray, "this is not ours");

        Result replay = cli.run("replay");
        assertThat(replay.code()).isEqualTo(3);
        assertThat(replay.outLines()).hasSize(1);
        assertThat(replay.err()).contains("is not a hotlog file").contains("no event lost");
        assertThat(cli.run("get", "s", "1").code()).isZero();
        assertThat(cli.run("repair").code()).isZero();
        assertThat(stray).doesNotExist();
        assertThat(cli.run("replay").code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFolderOfForeignFilesIsNamedAndLeftAlone(boolean asFile) throws IOException {
        Path foreign = asFile ? cli.directory() : cli.directory().resolve("00000000000000000000.hotlog");
        Files.createDirectories(foreign.getParent());
        Files.writeString(foreign, "this is not ours");

        commands().forEach(command -> {
            Result result = cli.run(command.split(" "));
            assertThat(result.code()).as("%s: %s", command, result.err()).isIn(1, 3, 5);
            assertThat(result.err().lines())
                    .as(command)
                    .singleElement()
                    .asString()
                    .startsWith("hotlog: ");
            assertThat(result.err()).as(command).doesNotContain("internal error");
        });
        assertThat(Files.readString(foreign)).isEqualTo("this is not ours");
    }

    @Test
    void aFolderWithoutPermissionIsNamed() {
        cli.having(event("s", 1, "message", ""));
        assumeTrue(
                cli.directory().toFile().setExecutable(false)
                        && !Files.exists(cli.directory().resolve("x").getParent()),
                "this user may enter everything");
        commands().forEach(command -> {
            Result result = cli.run(command.split(" "));
            assertThat(result.code()).as(command).isEqualTo(5);
            assertThat(result.err().lines())
                    .as(command)
                    .singleElement()
                    .asString()
                    .contains("permission denied");
        });
        assertThat(cli.directory().toFile().setExecutable(true)).isTrue();
    }
}
