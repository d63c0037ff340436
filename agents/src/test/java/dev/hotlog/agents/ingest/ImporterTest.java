// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {
    private static final String SESSION = "00000000-0000-4000-8000-000000000001";

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void open() throws IOException {
        desk = new Desk(folder);
    }

    private static String user(int n) {
        return "{\"type\":\"user\",\"uuid\":\"u" + n + "\",\"sessionId\":\"" + SESSION
                + "\",\"timestamp\":\"2026-03-02T08:00:0" + n % 10
                + ".000Z\",\"message\":{\"role\":\"user\",\"content\":\"prompt " + n + "\"}}\n";
    }

    private static String summary(String text) {
        return "{\"type\":\"summary\",\"summary\":\"" + text + "\",\"leafUuid\":\"of-another-file\"}\n";
    }

    private static String assistant(String message, String request, boolean sidechain, int out) {
        return "{\"type\":\"assistant\",\"sessionId\":\"s\",\"timestamp\":\"2026-03-02T08:00:09Z\",\"isSidechain\":"
                + sidechain + ",\"requestId\":\"" + request + "\",\"message\":{\"id\":\"" + message
                + "\",\"model\":\"m\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}],\"usage\":{\"input_tokens\":10,\"output_tokens\":"
                + out + "}}}\n";
    }

    @Test
    void theSamplesComeInOnceAndAddUp() throws IOException {
        ImportReport first = desk.importHome(Corpora.samples());
        assertThat(first.problems()).isEmpty();
        assertThat(first.agents())
                .extracting(ImportReport.AgentTally::agent)
                .containsExactly("claude-code", "codex", "kimi", "amp");
        assertThat(first.agents()).extracting(ImportReport.AgentTally::read).containsExactly(5L, 2L, 1L, 1L);
        assertThat(first.events()).isEqualTo(desk.events().size());
        assertThat(desk.totals("claude-code"))
                .isEqualTo(Map.of(
                        Measure.TOKENS_IN, 112L,
                        Measure.TOKENS_OUT, 4_413L,
                        Measure.CACHE_CREATION_TOKENS, 62_749L,
                        Measure.CACHE_CREATION_1H_TOKENS, 0L,
                        Measure.CACHE_READ_TOKENS, 463_252L));
        assertThat(desk.totals("codex"))
                .isEqualTo(Map.of(
                        Measure.TOKENS_IN, 16_682L,
                        Measure.TOKENS_OUT, 2_350L,
                        Measure.REASONING_TOKENS, 1_088L,
                        Measure.CACHE_READ_TOKENS, 73_472L));
        assertThat(desk.totals("kimi"))
                .isEqualTo(Map.of(
                        Measure.TOKENS_IN, 10_209L,
                        Measure.TOKENS_OUT, 365L,
                        Measure.CACHE_CREATION_TOKENS, 0L,
                        Measure.CACHE_READ_TOKENS, 24_832L));
        assertThat(desk.totals("amp"))
                .isEqualTo(Map.of(
                        Measure.TOKENS_IN, 416L,
                        Measure.TOKENS_OUT, 306L,
                        Measure.CACHE_CREATION_TOKENS, 14_598L,
                        Measure.CACHE_READ_TOKENS, 14_210L));

        ImportReport second = desk.importHome(Corpora.samples());
        assertThat(second.events()).isZero();
        assertThat(second.agents())
                .extracting(ImportReport.AgentTally::unchanged)
                .containsExactly(5L, 2L, 1L, 1L);
    }

    @Test
    void anEventThatTheLogCannotReadKeepsNoOtherFileFromBeingTaken() throws IOException {
        StringBuilder prompts = new StringBuilder();
        for (int n = 0; n < 1_000; n++) {
            prompts.append(user(n));
        }
        Path log = folder.resolve("small-segments");
        Path first = Files.writeString(folder.resolve("first.jsonl"), prompts);
        importTo(log, first);
        try (Stream<Path> files = Files.list(log)) {
            Path segment = files.filter(file -> file.toString().endsWith(".hotlog"))
                    .min(Comparator.naturalOrder())
                    .orElseThrow();
            String bytes = Files.readString(segment, StandardCharsets.ISO_8859_1);
            Files.writeString(segment, bytes.replace("prompt 4\"", "prompt 5\""), StandardCharsets.ISO_8859_1);
        }
        Path copy = Files.writeString(folder.resolve("copy.jsonl"), prompts);
        Path other = Files.writeString(folder.resolve("other.jsonl"), user(1).replace(SESSION, "another"));

        ImportReport report = importTo(log, copy, other);

        assertThat(report.isDamaged()).isTrue();
        assertThat(report.logDamage()).hasSize(1);
        assertThat(report.problems()).extracting(Problem::file).containsExactly(copy);
        assertThat(report.events()).isOne();
    }

    private static ImportReport importTo(Path log, Path... files) throws IOException {
        try (HotLog writer = HotLog.open(log, HotLogOptions.DEFAULTS.withSegmentBytes(64 << 10))) {
            return new Importer(writer, log, Progress.NONE).paths(List.of(files));
        }
    }

    @Test
    void sessionsKnowTheirParentsTitlesAndProjects() throws IOException {
        desk.importHome(Corpora.samples());
        String subagent = "8a40e9d7-15c3-4f6e-b2a8-0c7d93f4e518/agent-a7c41f9";
        assertThat(desk.fact(subagent, SessionFacts.PARENT)).isEqualTo("8a40e9d7-15c3-4f6e-b2a8-0c7d93f4e518");
        assertThat(desk.fact(subagent, SessionFacts.MODEL)).isEqualTo("claude-haiku-4-5-20251001");
        assertThat(desk.sessions().get(subagent).totals().sum(Measure.TOKENS_OUT))
                .isEqualTo(230);
        String fork = "c19d2e80-4b7f-4d35-8e6a-9f1320b7c4d6";
        assertThat(desk.fact(fork, SessionFacts.PARENT)).isEqualTo("3f6b1c52-7d0e-4a8b-9c41-52e0d7a91b64");
        assertThat(desk.fact(fork, SessionFacts.TITLE)).isEqualTo("CSV instead of JSON?");
        assertThat(desk.sessions().get(fork).totals().sum(Measure.TOKENS_OUT)).isEqualTo(322);
        assertThat(desk.fact("019cc4d8-10b5-7f9a-8c2e-54d7a3e9f016", SessionFacts.WORKSPACE))
                .isEqualTo("/home/robin/code/tidewatch");
    }

    @Test
    void aFileThatGrewAddsWhatIsNew() throws IOException {
        Path file = Files.writeString(desk.claude(SESSION + ".jsonl"), user(1) + user(2) + user(3).substring(0, 30));
        assertThat(desk.importHome().events()).isEqualTo(2);
        Files.writeString(file, user(1) + user(2) + user(3) + user(4));
        ImportReport report = desk.importHome();
        assertThat(report.events()).isEqualTo(2);
        assertThat(report.agents().getFirst().duplicates()).isZero();
        assertThat(report.agents().getFirst().replaced()).isZero();
        assertThat(desk.events(SESSION)).hasSize(4).containsOnlyKeys(0L, 1L, 2L, 3L);
    }

    @Test
    void aCopyElsewhereAddsNothingWhateverItsTime() throws IOException {
        String untimed = "{\"type\":\"mode\",\"mode\":\"normal\",\"sessionId\":\"s\"}\n";
        Path file = Files.writeString(desk.claude(SESSION + ".jsonl"), untimed + user(1) + untimed);
        desk.importHome();
        Path copy = Files.createDirectories(folder.resolve("copies")).resolve(SESSION + ".jsonl");
        Files.copy(file, copy);
        Files.setLastModifiedTime(copy, FileTime.from(Instant.EPOCH));
        ImportReport report = desk.importPaths(copy);
        assertThat(report.events()).isZero();
        assertThat(report.agents().getFirst().duplicates()).isEqualTo(3);
    }

    @Test
    void linesOfAFileInWhichNoneHasATimeBorrowThatOfTheFile() throws IOException {
        Instant written = Instant.parse("2026-03-01T07:00:00Z");
        Path file = Files.writeString(desk.claude(SESSION + ".jsonl"), summary("one") + summary("two"));
        Files.setLastModifiedTime(file, FileTime.from(written));
        desk.importHome();
        assertThat(desk.events(SESSION)).hasSize(2).allSatisfy((_, event) -> {
            assertThat(event.tsMillis()).isEqualTo(written.toEpochMilli());
            assertThat(event.tsExact()).isFalse();
        });

        Path copy = Files.createDirectories(folder.resolve("copies")).resolve(SESSION + ".jsonl");
        Files.copy(file, copy);
        Files.setLastModifiedTime(copy, FileTime.from(written.plusSeconds(60)));
        ImportReport report = desk.importPaths(copy);
        assertThat(report.events()).isZero();
        assertThat(report.agents().getFirst().duplicates()).isEqualTo(2);
    }

    @Test
    void whatGrowsBehindLinesWithoutATimeLeavesTheirsAsItWas() throws IOException {
        Instant written = Instant.parse("2026-03-01T07:00:00Z");
        Path file = Files.writeString(desk.claude(SESSION + ".jsonl"), summary("one"));
        Files.setLastModifiedTime(file, FileTime.from(written));
        desk.importHome();
        Files.writeString(file, summary("two") + user(1) + summary("three"), StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, FileTime.from(written.plusSeconds(60)));
        assertThat(desk.importHome().events()).isEqualTo(3);
        long told = Instant.parse("2026-03-02T08:00:01Z").toEpochMilli();
        assertThat(desk.events(SESSION).values())
                .extracting(Event::tsMillis)
                .containsExactly(written.toEpochMilli(), written.toEpochMilli(), told, told);

        Path copy = Files.createDirectories(folder.resolve("copies")).resolve(SESSION + ".jsonl");
        Files.copy(file, copy);
        assertThat(desk.importPaths(copy).events()).isZero();
        assertThat(desk.importHome().events()).isZero();
    }

    @Test
    void linesBeforeTheFirstThatHasATimeBorrowThatOne() throws IOException {
        Path file = Files.writeString(desk.claude(SESSION + ".jsonl"), summary("one") + user(1));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-03-05T00:00:00Z")));
        desk.importHome();
        assertThat(desk.events(SESSION).values())
                .extracting(Event::tsMillis)
                .containsOnly(Instant.parse("2026-03-02T08:00:01Z").toEpochMilli());
    }

    @Test
    void aTranscriptCutAtItsHeadKeepsTheTitleOfItsSession() throws IOException {
        Path file = Files.writeString(desk.claude(SESSION + ".jsonl"), user(1) + user(2) + user(3));
        desk.importHome();
        Files.writeString(file, user(2) + user(3) + user(4));
        ImportReport report = desk.importHome();
        assertThat(report.agents().getFirst().replaced()).isEqualTo(1);
        assertThat(desk.fact(SESSION, SessionFacts.TITLE)).isEqualTo("prompt 1");

        Path copy = Files.createDirectories(folder.resolve("copies")).resolve(SESSION + ".jsonl");
        Files.writeString(copy, user(5) + user(6));
        desk.importPaths(copy);
        assertThat(desk.fact(SESSION, SessionFacts.TITLE)).isEqualTo("prompt 1");

        String named = "{\"type\":\"custom-title\",\"customTitle\":\"Named\",\"sessionId\":\"" + SESSION + "\"}\n";
        Files.writeString(file, user(3) + user(4) + named);
        desk.importHome();
        assertThat(desk.fact(SESSION, SessionFacts.TITLE)).isEqualTo("Named");
    }

    @Test
    @Timeout(60)
    void aPipeIsNamedAndNotWaitedFor() throws Exception {
        Path pipe = desk.claude("pipe.jsonl");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "no mkfifo here");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();
        for (ImportReport report : List.of(desk.importPaths(pipe), desk.importPaths(pipe.getParent()))) {
            assertThat(report.problems()).first().satisfies(problem -> {
                assertThat(problem.file()).isEqualTo(pipe);
                assertThat(problem.reason()).isEqualTo("is a pipe or a device; only a file can be imported");
            });
        }
        assertThat(desk.importPaths(pipe).missed()).containsExactly(pipe);
        assertThat(desk.importHome().problems()).hasSize(1);
    }

    @Test
    void aTouchedFileIsLookedAtAndFoundTheSame() throws IOException {
        Path file = Files.writeString(desk.claude(SESSION + ".jsonl"), user(1));
        desk.importHome();
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(5)));
        ImportReport report = desk.importHome();
        assertThat(report.events()).isZero();
        assertThat(report.problems()).isEmpty();
        assertThat(desk.importHome().agents().getFirst().unchanged()).isEqualTo(1);
    }

    @Test
    void aFileThatWasCutShortIsNoticedAndDoublesNothing() throws IOException {
        Path file = Files.writeString(desk.claude(SESSION + ".jsonl"), user(1) + user(2) + user(3));
        desk.importHome();
        Files.writeString(file, user(1) + user(2));
        ImportReport cut = desk.importHome();
        assertThat(cut.events()).isZero();
        assertThat(cut.agents().getFirst().replaced()).isEqualTo(1);
        assertThat(cut.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).contains("cut short or replaced"));
        Files.writeString(file, user(1) + user(2) + user(4) + user(3) + user(5));
        assertThat(desk.importHome().events()).isEqualTo(2);
        assertThat(desk.importHome().events()).isZero();
        assertThat(desk.events(SESSION)).hasSize(5);
    }

    @Test
    void aFileThatWasWrittenAnewKeepsWhatItHadAndAddsWhatIsNew() throws IOException {
        Path file = Files.writeString(
                desk.claude(SESSION + ".jsonl"), user(1) + assistant("m1", "r1", false, 5) + user(2) + user(3));
        desk.importHome();
        Files.writeString(file, user(9) + user(2) + assistant("m1", "r1", false, 5) + user(8) + user(7));
        ImportReport report = desk.importHome();
        assertThat(report.agents().getFirst().replaced()).isEqualTo(1);
        assertThat(report.agents().getFirst().renumbered()).isEqualTo(3);
        assertThat(report.events()).isEqualTo(3);
        assertThat(desk.events(SESSION).values())
                .extracting(event -> Transcripts.payload(event).at("block").text())
                .contains("prompt 1", "prompt 2", "prompt 3", "prompt 9", "prompt 8", "prompt 7");
        assertThat(desk.totals("claude-code")).containsEntry(Measure.TOKENS_OUT, 5L);
        Files.writeString(file, user(6), StandardOpenOption.APPEND);
        assertThat(desk.importHome().events()).isEqualTo(1);
    }

    @Test
    void aCopyThatWentItsOwnWayAddsItsOwnPart() throws IOException {
        Files.writeString(desk.claude(SESSION + ".jsonl"), user(1) + user(2) + user(3));
        desk.importHome();
        Path copy = Files.createDirectories(folder.resolve("copies")).resolve(SESSION + ".jsonl");
        Files.writeString(copy, user(1) + user(2) + user(5) + user(3));
        ImportReport report = desk.importPaths(copy);
        assertThat(report.events()).isEqualTo(1);
        assertThat(report.agents().getFirst().duplicates()).isEqualTo(3);
        assertThat(desk.events(SESSION)).hasSize(4);
        assertThat(desk.importPaths(copy).events()).isZero();
    }

    @Test
    void aCopyOfAFileThatWasCutShortAndGrewAgainAddsNothing() throws IOException {
        String begin = user(1) + assistant("m1", "r1", false, 5);
        String repeated = begin + assistant("m1", "r1", false, 5);
        Path file = Files.writeString(desk.claude(SESSION + ".jsonl"), repeated);
        desk.importHome();
        for (String grown : new String[] {begin, repeated + user(2), repeated + user(2) + user(3)}) {
            Files.writeString(file, grown);
            desk.importHome();
        }
        Path copy = Files.createDirectories(folder.resolve("copies")).resolve(SESSION + ".jsonl");
        Files.copy(file, copy);
        assertThat(desk.importPaths(copy).events()).isZero();
        assertThat(desk.events(SESSION)).hasSize(6);
    }

    @Test
    void usageThatGrowsOrIsCopiedIsCountedOnce() throws IOException {
        Files.writeString(
                desk.claude("a.jsonl"),
                assistant("m1", "r1", false, 1) + assistant("m1", "r1", false, 1) + assistant("m1", "r1", false, 7));
        desk.importHome();
        assertThat(desk.totals("claude-code")).isEqualTo(Map.of(Measure.TOKENS_IN, 10L, Measure.TOKENS_OUT, 7L));
        assertThat(desk.events().stream().filter(e -> e.kind().name().equals("cost")))
                .extracting(e -> e.measure(Measure.TOKENS_OUT))
                .containsExactly(1L, 6L);
        Files.writeString(
                desk.claude("b.jsonl"),
                assistant("m1", "r1", false, 9) + assistant("m1", "r-side", true, 8) + assistant("m1", "r2", false, 4));
        desk.importHome();
        assertThat(desk.totals("claude-code")).isEqualTo(Map.of(Measure.TOKENS_IN, 20L, Measure.TOKENS_OUT, 13L));
    }

    @Test
    void badLinesAreNamedAndNothingElseIsLost() throws IOException {
        Path file = Files.writeString(
                desk.claude(SESSION + ".jsonl"),
                user(1) + "oops\n" + user(2).strip() + user(3) + "{\"torn\n" + user(4));
        ImportReport report = desk.importHome();
        assertThat(report.events()).isEqualTo(4);
        assertThat(report.agents().getFirst().badLines()).isEqualTo(2);
        assertThat(report.problems()).extracting(Problem::line).containsExactly(2L, 4L);
        assertThat(report.problems().getFirst().toString()).isEqualTo(file.toRealPath() + ":2: not a JSON object");
    }

    @Test
    void whatCannotBeReadIsNamedAndTheOthersAreRead() throws IOException {
        Files.writeString(desk.claude("a.jsonl"), user(1));
        Files.createDirectories(desk.claude("folder.jsonl"));
        Path locked = Files.writeString(desk.claude("locked.jsonl"), user(2));
        Files.createSymbolicLink(desk.claude("vanished.jsonl"), folder.resolve("nowhere"));
        Files.writeString(desk.claude("z.jsonl"), "version https://git-lfs.github.com/spec/v1\noid sha256:1\n");
        Files.createFile(desk.claude("empty.jsonl"));
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
        ImportReport report = desk.importHome();
        List<String> problems =
                report.problems().stream().map(Problem::toString).toList();
        assertThat(problems).anyMatch(p -> p.endsWith("folder.jsonl: is a folder"));
        assertThat(problems).anyMatch(p -> p.endsWith("vanished.jsonl: is no longer there"));
        assertThat(problems).anyMatch(p -> p.endsWith("z.jsonl:1: not a JSON object"));
        assertThat(report.events()).isPositive();
        Assumptions.assumeFalse(Files.isReadable(locked), "whoever runs this may read everything");
        assertThat(problems).anyMatch(p -> p.endsWith("locked.jsonl: permission denied"));
    }

    @Test
    void whatIsNoFileIsNamedAndTheRestRead() throws IOException {
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device), "a system without such files");
        Path openCode = Files.createDirectories(desk.home.resolve(".local/share/opencode/storage/session/w"));
        Path messages = Files.createDirectories(openCode.resolveSibling("../message/ses_1"));
        Path goose = Files.createDirectories(desk.home.resolve(".local/share/goose/sessions"));
        Path amp = Files.createDirectories(desk.home.resolve(".local/share/amp/threads"));
        Files.createSymbolicLink(goose.resolve("one.jsonl"), device);
        Files.createDirectory(goose.resolve("sessions.db"));
        Files.createSymbolicLink(desk.home.resolve(".local/share/opencode/opencode.db"), device);
        Files.createSymbolicLink(amp.resolve("T-1.json"), device);
        Files.createDirectory(openCode.resolve("ses_0.json"));
        Files.writeString(openCode.resolve("ses_1.json"), "{\"id\":\"ses_1\"}");
        Files.createSymbolicLink(messages.resolve("msg_1.json"), device);
        Files.createDirectory(messages.resolve("msg_2.json"));
        ImportReport report = desk.importHome();
        String noFile = ": is a pipe or a device; only a file can be imported";
        assertThat(report.problems())
                .extracting(problem -> problem.file().getFileName() + ": " + problem.reason())
                .containsExactlyInAnyOrder(
                        "one.jsonl" + noFile,
                        "sessions.db: is a folder",
                        "opencode.db" + noFile,
                        "T-1.json" + noFile,
                        "ses_0.json: is a folder",
                        "msg_1.json" + noFile,
                        "msg_2.json: is a folder");
        assertThat(report.events()).isEqualTo(1);
    }

    @Test
    void aDatabaseThatIsNoneIsAllThatIsSaidOfAHome() throws IOException {
        Path goose = Files.createDirectories(desk.home.resolve(".local/share/goose/sessions"));
        Files.writeString(goose.resolve("sessions.db"), "what a strange database this would be");
        ImportReport report = desk.importHome();
        assertThat(report.problems()).extracting(Problem::reason).containsExactly("SQLite: file is not a database");
        ImportReport.AgentTally tally = report.agents().getFirst();
        assertThat(tally.files()).isEqualTo(1);
        assertThat(tally.badLines()).isEqualTo(1);
        assertThat(tally.failed()).isZero();
    }

    @Test
    void aHistoryOfAiderWithoutAChatIsNamed() throws IOException {
        Path history = Files.writeString(desk.home.resolve(".aider.chat.history.md"), "what a strange history");
        ImportReport report = desk.importHome();
        assertThat(report.problems()).first().isEqualTo(new Problem(history.toRealPath(), 0, "no chat begins in it"));
        assertThat(report.agents().getFirst().badLines()).isEqualTo(1);
    }

    @Test
    void aDatabaseInWhichItsAgentHasMadeNoTablesYetIsEmpty() throws IOException {
        Path goose = Files.createDirectories(desk.home.resolve(".local/share/goose/sessions"));
        Path openCode = Files.createDirectories(desk.home.resolve(".local/share/opencode"));
        Files.createFile(goose.resolve("sessions.db"));
        Files.createFile(openCode.resolve("opencode.db"));
        ImportReport report = desk.importPaths(goose.resolve("sessions.db"), openCode.resolve("opencode.db"));
        assertThat(report.agents()).isEmpty();
        assertThat(report.problems())
                .extracting(Problem::reason)
                .containsOnly("not a transcript that Hotlog knows")
                .hasSize(2);
    }

    @Test
    void aPathIsAFileAFolderOrAHomeAndToldByWhatIsInIt() throws IOException {
        Path codex = Files.createDirectories(folder.resolve("x")).resolve("any-name.jsonl");
        Files.writeString(
                codex,
                "not json\n{\"timestamp\":\"2026-03-05T19:08:12Z\",\"type\":\"session_meta\",\"payload\":{\"id\":\"the-id\"}}\n");
        Path claude = Files.writeString(folder.resolve("x/other.jsonl"), user(1));
        Path notes = Files.writeString(folder.resolve("x/notes.jsonl"), "{\"note\":1}\n");
        Files.writeString(folder.resolve("x/auth.json"), "{}");
        ImportReport report = desk.importPaths(folder.resolve("x"));
        assertThat(report.problems()).hasSize(1);
        assertThat(desk.sessions()).containsOnlyKeys("the-id", SESSION);
        assertThat(desk.importPaths(claude, codex).agents())
                .extracting(ImportReport.AgentTally::unchanged)
                .containsExactly(1L, 1L);
        assertThat(desk.importPaths(Corpora.samples()).files()).isEqualTo(9);
        assertThat(desk.importPaths(notes, folder.resolve("none"), Files.createDirectory(folder.resolve("void")))
                        .problems())
                .extracting(Problem::reason)
                .containsExactly(
                        "not a transcript that Hotlog knows",
                        "no such file or folder",
                        "no transcript that Hotlog knows is in this folder");
        assertThat(desk.importHome(folder.resolve("void")).problems())
                .extracting(Problem::reason)
                .containsExactly("no agent has left transcripts here");
    }

    @Test
    void aBigFileGoesInByManyBatchesAndProgressIsTold() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append(user(i));
        }
        Files.writeString(desk.claude(SESSION + ".jsonl"), text);
        long size = text.length();
        long[] told = {0, 0, 0};
        Path log = folder.resolve("log");
        try (var writer = HotLog.open(log)) {
            new Importer(writer, log, (_, done, total) -> {
                        assertThat(done).isGreaterThanOrEqualTo(told[1]);
                        assertThat(total).isEqualTo(size);
                        told[0]++;
                        told[1] = done;
                    })
                    .home(desk.home, Map.of());
        }
        assertThat(told[0]).isGreaterThan(4);
        assertThat(told[1]).isEqualTo(size);
        assertThat(desk.events()).hasSize(5000);
    }

    @Test
    void aFileThatGrowsByAFewBytesAtATimeGivesWhatTheWholeGives() throws IOException {
        Path source = Corpora.samples().resolve(".claude/projects/-home-robin-code-tidewatch");
        byte[] all = Files.readAllBytes(source.resolve("3f6b1c52-7d0e-4a8b-9c41-52e0d7a91b64.jsonl"));
        Path file = desk.claude("3f6b1c52-7d0e-4a8b-9c41-52e0d7a91b64.jsonl");
        for (int length = 500; length < all.length + 500; length += 500) {
            Files.write(file, Arrays.copyOf(all, Math.min(length, all.length)));
            desk.importHome();
        }
        List<Event> grown = desk.events();
        Desk other = new Desk(folder.resolve("other"));
        Files.write(other.claude("3f6b1c52-7d0e-4a8b-9c41-52e0d7a91b64.jsonl"), all);
        other.importHome();
        assertThat(grown).isEqualTo(other.events());
    }

    @Test
    void anImportThatWasStoppedAnywhereIsTakenUpAgain() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            text.append(user(i)).append(assistant("m" + i / 2, "r" + i / 2, false, i));
        }
        Desk whole = new Desk(folder.resolve("whole"));
        Files.writeString(whole.claude(SESSION + ".jsonl"), text);
        whole.importHome();
        Files.writeString(desk.claude(SESSION + ".jsonl"), text);
        Path log = folder.resolve("log");
        for (int stop = 1; stop < 9; stop++) {
            int[] left = {stop};
            try (HotLog writer = HotLog.open(log)) {
                new Importer(writer, log, (_, _, _) -> {
                            if (--left[0] == 0) {
                                throw new IllegalStateException("stopped here");
                            }
                        })
                        .home(desk.home, Map.of());
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("stopped here");
            }
        }
        desk.importHome();
        assertThat(desk.events()).isEqualTo(whole.events());
        assertThat(desk.totals("claude-code")).isEqualTo(whole.totals("claude-code"));
    }
}
