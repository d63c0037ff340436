// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotlog.cli.Cli.Result;
import dev.hotlog.event.Batch;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `import` and `demo`, on the sample home.
class ImportAndDemoTest {
    @TempDir
    Path temp;

    private Cli cli;
    private Path home;

    @BeforeEach
    void aHome() throws IOException {
        cli = Cli.on(temp.resolve("log"));
        home = temp.resolve("home");
        SampleHome.unpack(home);
    }

    @Test
    void theIndexNamesEveryFileOfTheSample() throws IOException {
        Path sample = Path.of("../samples/home");
        assumeTrue(Files.isDirectory(sample), "not run beside the project's samples/home");
        try (Stream<Path> files = Files.walk(sample)) {
            assertThat(SampleHome.files())
                    .containsExactlyInAnyOrderElementsOf(files.filter(Files::isRegularFile)
                            .map(file -> sample.relativize(file).toString().replace('\\', '/'))
                            .toList());
        }
    }

    @Test
    void importTellsWhatItTookOfEachAgent() {
        Result result = cli.run("import", "--home", home.toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.outLines().getFirst())
                .startsWith("AGENT")
                .contains("FILES")
                .contains("NEW EVENTS");
        assertThat(result.out())
                .containsPattern("claude-code +5 +0 ")
                .containsPattern("codex +2 +0 ")
                .containsPattern("kimi +1 +0 ")
                .containsPattern("amp +1 +0 ");
        assertThat(cli.run("report", "--by", "agent", "--json").out())
                .contains("\"agent\":\"claude-code\",\"sessions\":5,")
                .contains("""
                        "tokens_in":112,"tokens_out":4413,"cache_creation_tokens":62749,\
                        "cache_creation_1h_tokens":0,"cache_read_tokens":463252,""")
                .contains("\"agent\":\"codex\",\"sessions\":2,")
                .contains("""
                        "tokens_in":16682,"tokens_out":2350,"reasoning_tokens":1088,"cache_read_tokens":73472,""")
                .contains("\"agent\":\"kimi\",\"sessions\":1,")
                .contains("""
                        "tokens_in":10209,"tokens_out":365,"cache_creation_tokens":0,"cache_read_tokens":24832,""")
                .contains("\"agent\":\"amp\",\"sessions\":1,")
                .contains("""
                        "tokens_in":416,"tokens_out":306,"cache_creation_tokens":14598,"cache_read_tokens":14210,""");
    }

    @Test
    void aSecondImportFindsNothingNew() {
        cli.run("import", "--home", home.toString());
        String before = cli.run("replay").out();
        Result result = cli.run("import", "--home", home.toString());

        assertThat(result.code()).isZero();
        assertThat(result.outLines().getLast()).isEqualTo("nothing new");
        assertThat(cli.run("replay").out()).isEqualTo(before);
    }

    @Test
    void withoutPathsTheUsersOwnHomeIsMeant() {
        // The program's home is the folder `home` beside the log.
        assertThat(cli.run("import").out()).containsPattern("claude-code +5 ");
    }

    @Test
    void jsonTellsTheSame() {
        assertThat(cli.run("import", "--json", "--home", home.toString()).out())
                .startsWith("{\"events\":")
                .contains("{\"agent\":\"codex\",\"files\":2,\"read\":2,\"unchanged\":0,")
                .contains("\"problems\":[]");
    }

    @Test
    void whatAnEarlierImportPassedOverIsListedWhenAskedForAlsoBesideAWriter() throws IOException {
        Path file = home.resolve(SampleHome.files().getFirst());
        Files.writeString(file, "oops\n", StandardOpenOption.APPEND);
        String[] list = {"import", "--problems", "--home", home.toString()};
        String problem =
                "hotlog: " + file.toRealPath() + ":" + Files.readAllLines(file).size() + ": not a JSON object\n";

        assertThat(cli.run("import", "--home", home.toString()).err()).isEqualTo(problem);
        assertThat(cli.run("import", "--home", home.toString()).err()).isEmpty();
        Result result = cli.run(list);
        assertThat(result.err()).isEqualTo(problem);
        assertThat(result.outLines().getLast()).isEqualTo("nothing new");
        assertThat(cli.run("import", "--json", "--problems", "--home", home.toString())
                        .out())
                .contains("\"problems\":[{\"file\":");
        try (HotLog _ = HotLog.open(cli.directory())) {
            Result beside = cli.run(list);
            assertThat(beside.code()).isZero();
            assertThat(beside.err()).endsWith("; what was passed over until now:\n" + problem);
            assertThat(cli.run("import", "--home", home.toString()).code()).isEqualTo(4);
        }
        assertThat(cli.run("import", "--problems", home.resolve(".codex").toString())
                        .err())
                .isEqualTo("hotlog: nothing was passed over\n");
    }

    @Test
    void aPathThatIsNotThereIsNamedAndTheRestTaken() {
        Path file = home.resolve(".codex");
        Result result = cli.run("import", temp.resolve("nowhere").toString(), file.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("hotlog: " + temp.resolve("nowhere") + ": no such file or folder\n");
        assertThat(result.out()).containsPattern("codex +2 ");
    }

    @Test
    void aForeignFileIsNamed() throws IOException {
        Path foreign = Files.writeString(temp.resolve("notes.txt"), "hello\n");
        Result result = cli.run("import", foreign.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err().lines()).singleElement().asString().startsWith("hotlog: " + foreign);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aDeviceIsNamed() {
        assumeTrue(Files.exists(Path.of("/dev/null")), "no /dev/null here");

        assertThat(cli.run("import", "/dev/null"))
                .isEqualTo(
                        new Result(1, "", "hotlog: /dev/null: is a pipe or a device; only a file can be imported\n"));
    }

    @Test
    void aFileWithAProblemIsNotOneThatIsMissing() throws IOException {
        Path file = home.resolve(SampleHome.files().getFirst());
        cli.run("import", file.toString());
        List<String> lines = Files.readAllLines(file);
        Files.write(file, lines.subList(0, lines.size() / 2));
        Result result = cli.run("import", file.toString());

        assertThat(result.err()).contains("cut short or replaced");
        assertThat(result.code()).isZero();
    }

    @Test
    void aBadLineIsCountedAndNamedAndNothingElseIsLost() throws IOException {
        Path file = home.resolve(SampleHome.files().getFirst());
        List<String> lines = Files.readAllLines(file);
        lines.add(3, "this is no JSON");
        Files.write(file, lines);
        Result result = cli.run("import", "--home", home.toString());

        assertThat(result.code()).isZero();
        assertThat(result.err()).startsWith("hotlog: ").contains(file.getFileName() + ":4: ");
        assertThat(result.err().lines()).hasSize(1);
        assertThat(cli.run("report", "--by", "agent", "--json").out())
                .contains("\"tokens_in\":112,\"tokens_out\":4413,");
    }

    @Test
    void aFileThatMayNotBeReadIsNamed() throws IOException {
        Path file = home.resolve(SampleHome.files().getFirst());
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "this user may read everything");
        Result result = cli.run("import", "--home", home.toString());

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).contains(file.getFileName().toString()).contains("permission denied");
        assertThat(result.out()).containsPattern("codex +2 ");
    }

    @Test
    void aFolderOfAnAgentThatMayNotBeEnteredIsNamed() throws IOException {
        Path codex = home.resolve(".codex");
        assumeTrue(Files.getFileStore(codex).supportsFileAttributeView("posix"), "no permissions here");
        Files.setPosixFilePermissions(codex, PosixFilePermissions.fromString("---------"));
        try {
            assumeTrue(!Files.isDirectory(codex.resolve("sessions")), "this user may enter every folder");
            Result result = cli.run("import", "--home", home.toString());

            assertThat(result.code()).isEqualTo(5);
            assertThat(result.err()).contains(codex.resolve("sessions") + ": permission denied\n");
            assertThat(result.out()).containsPattern("claude-code +5 ");
        } finally {
            Files.setPosixFilePermissions(codex, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aHomeThatIsAFileIsSaidToBeNone() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");

        assertThat(cli.run("import", "--home", file.toString()))
                .isEqualTo(new Result(1, "", "hotlog: " + file + ": is not a folder\n"));
    }

    @Test
    void aDemoThatHasNoPlaceTellsWhereItWasToBe() throws IOException {
        Path data = Files.writeString(temp.resolve("data"), "x");
        Result result = cli.env("XDG_DATA_HOME", data.toString()).run("demo");

        assertThat(result.code()).isEqualTo(5);
        assertThat(result.err()).isEqualTo("hotlog: cannot use " + data + ": a file of that name is in the way\n");
    }

    @Test
    void progressIsShownOnATerminalAndTakenAway() {
        Result result = cli.terminal(80).run("import", "--home", home.toString());

        assertThat(result.err()).contains("%").endsWith("\r\u001b[K");
    }

    @Test
    void theDemoShowsWhatThereIsAndSaysWhatToTypeNext() throws IOException {
        Result result = cli.env("HOTLOG_COMMAND", "./hotlog").run("demo");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("$ hotlog import")
                .contains("$ hotlog sessions")
                .contains("$ hotlog report --by agent,model")
                .containsPattern("claude-opus-4-5 +3 ")
                .contains("  ./hotlog import\n");
        Matcher next = Pattern.compile("--dir (\\S+) show (\\S+)").matcher(result.out());
        assertThat(next.find()).isTrue();
        Path log = Path.of(next.group(1));
        assertThat(Cli.on(log).run("show", next.group(2)).code()).isZero();
        assertThat(result.out()).contains("rm -r " + log.getParent());
        assertThat(cli.directory()).doesNotExist();
    }

    @Test
    void theNextDemoTakesThePlaceOfTheLast() throws IOException {
        Result first = cli.run("demo");
        Result second = cli.run("demo");
        Path folder = home.resolve(".local/share/hotlog-demo");

        assertThat(second).isEqualTo(first);
        assertThat(second.out()).contains(folder.toString());
        try (Stream<Path> all = Files.list(folder.getParent())) {
            assertThat(all).containsExactlyInAnyOrder(folder, folder.resolveSibling("amp"));
        }
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aDemoThatWasAddedToIsLeftAlone() {
        cli.run("demo");
        Path folder = home.resolve(".local/share/hotlog-demo");
        Cli own = Cli.on(folder.resolve("log")).having(Cli.event("my-own", 1, "message", ""));
        Result result = cli.run("demo");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).singleElement().asString().contains(folder.toString());
        assertThat(own.run("get", "my-own", "1").code()).isZero();
    }

    @Test
    void aDemoFolderThatHoldsMoreThanTheDemoIsLeftAlone() throws IOException {
        cli.run("demo");
        Path folder = home.resolve(".local/share/hotlog-demo");
        for (String place : List.of("report.txt", "log/report.txt", "notes/report.txt")) {
            Path own = folder.resolve(place);
            Files.createDirectories(own.getParent());
            Files.writeString(own, "mine");
            Result result = cli.run("demo");

            assertThat(result.code()).as(place).isEqualTo(1);
            assertThat(result.out()).as(place).isEmpty();
            assertThat(result.err().lines())
                    .as(place)
                    .singleElement()
                    .asString()
                    .contains(folder.toString());
            assertThat(own).hasContent("mine");
            Files.delete(own);
        }
        Files.delete(folder.resolve("notes"));
        assertThat(cli.run("demo").code()).isZero();
    }

    @Test
    void aDemoThatOnlyFactsWereAddedToIsLeftAlone() throws IOException {
        cli.run("demo");
        Path folder = home.resolve(".local/share/hotlog-demo");
        try (HotLog log = HotLog.open(folder.resolve("log"))) {
            log.append(new Batch(List.of(), List.of(new SessionFacts("my-own", Map.of("agent", "a"))), List.of()));
        }

        assertThat(cli.run("demo").code()).isEqualTo(1);
        assertThat(folder.resolve("log")).isNotEmptyDirectory();
    }

    @Test
    void aDemoThatWasOnlyReadIsReplaced() {
        cli.run("demo");
        Cli reader = Cli.on(home.resolve(".local/share/hotlog-demo/log"));
        reader.run("sessions");
        reader.run("verify");

        assertThat(cli.run("demo").code()).isZero();
    }

    @Test
    void anInterruptedDemoIsReplaced() throws Exception {
        DemoFolder folder = new DemoFolder(home.resolve(".local/share/hotlog-demo"));
        Cli log = Cli.on(folder.log());
        try (DemoFolder.Making _ = folder.renew()) {
            log.having(Cli.event("of-the-demo", 1, "message", ""));
            Result meanwhile = cli.run("demo");
            assertThat(meanwhile.code()).isEqualTo(1);
            assertThat(meanwhile.err()).isEqualTo("hotlog: another demo is at work in " + folder.path() + "\n");
        }

        assertThat(cli.run("demo").code()).isZero();
        assertThat(log.run("get", "of-the-demo", "1").code()).isEqualTo(1);
        assertThat(cli.run("demo").code()).isZero();
    }

    @Test
    void whatLiesBesideAnInterruptedDemoIsLeftAlone() throws Exception {
        DemoFolder folder = new DemoFolder(home.resolve(".local/share/hotlog-demo"));
        folder.renew().close();
        Path own = Files.writeString(folder.path().resolve("report.txt"), "mine");

        assertThat(cli.run("demo").err()).contains("holds report.txt, which no demo put there");
        assertThat(own).hasContent("mine");
    }

    @Test
    void theDemoTakesNoOtherLog() {
        Result result = cli.run("demo", "--dir", temp.resolve("mine").toString());

        assertThat(result.code()).isEqualTo(Exit.USAGE);
        assertThat(result.err()).startsWith("hotlog: demo has a log of its own, in ");
        assertThat(temp.resolve("mine")).doesNotExist();
    }

    @Test
    void aForkIsNoSubagentAndNothingIsCutInAPipe() {
        cli.run("import", "--home", home.toString());

        Result result = cli.run("show", "--full", "3f6b");
        assertThat(result.out()).doesNotContain("subagent").doesNotContain("…");
    }

    @Test
    void pathsBeforeAndBehindAnOptionAreAllTaken() {
        String out = cli.run(
                        "import",
                        home.resolve(".codex").toString(),
                        "--json",
                        home.resolve(".claude").toString())
                .out();
        assertThat(out).contains("\"agent\":\"codex\",\"files\":2", "\"agent\":\"claude-code\",\"files\":5");
    }

    @Test
    void anOptionThatIsGivenAgainAddsToWhatItHas() {
        cli.run("import", "--home", home.toString());

        assertThat(cli.run(
                                "report",
                                "--by",
                                "agent",
                                "--by",
                                "model",
                                "--agent",
                                "codex",
                                "--agent",
                                "amp,kimi",
                                "--json")
                        .out())
                .contains("{\"agent\":\"codex\",\"model\":", "{\"agent\":\"amp\",", "{\"agent\":\"kimi\",")
                .doesNotContain("claude-code");
        assertThat(cli.run("sessions", "--json=false").out()).startsWith("SESSION");
    }
}
