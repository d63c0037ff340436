// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.agents.Corpora;
import dev.hotlog.event.LogException;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemListTest {
    private static final String SESSION = "00000000-0000-4000-8000-000000000001";
    private static final String PROMPT = "{\"type\":\"user\",\"sessionId\":\"" + SESSION
            + "\",\"timestamp\":\"2026-03-02T08:00:00Z\",\"message\":{\"role\":\"user\",\"content\":\"a prompt\"}}\n";

    @TempDir
    Path folder;

    private Path log;
    private Desk desk;
    private Path file;

    @BeforeEach
    void aDesk() throws IOException {
        log = folder.resolve("log");
        desk = new Desk(folder);
        file = desk.claude(SESSION + ".jsonl");
    }

    private List<Problem> listed() throws LogException {
        return new ProblemList(log).home(desk.home, Map.of());
    }

    private void append(String lines) throws IOException {
        Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        desk.importHome();
    }

    @Test
    void whatEarlierImportsPassedOverIsKept() throws IOException {
        append(PROMPT + "oops\n" + PROMPT);
        Path real = file.toRealPath();
        Problem first = new Problem(real, 2, "not a JSON object");
        assertThat(listed()).containsExactly(first);
        assertThat(desk.importHome().problems()).isEmpty();
        assertThat(listed()).containsExactly(first);

        append(PROMPT);
        append("17\n");
        assertThat(listed()).containsExactly(first, new Problem(real, 5, "not a JSON object"));
        assertThat(new ProblemList(log).paths(List.of(file))).hasSize(2);
        assertThat(new ProblemList(log).paths(List.of(folder.resolve("elsewhere"))))
                .isEmpty();
    }

    @Test
    void itCanBeAskedForBesideAWriter() throws IOException {
        append("oops\n" + PROMPT);
        try (HotLog _ = HotLog.open(log)) {
            assertThat(listed()).hasSize(1);
        }
    }

    @Test
    void aFileThatWasReplacedHasTheProblemsOfTheNewOne() throws IOException {
        append("oops\noops\n" + PROMPT);
        Files.delete(file);
        append(PROMPT.replace("a prompt", "another") + PROMPT + "not this either\n");
        assertThat(listed()).extracting(Problem::line).containsExactly(3L);
    }

    @Test
    void ofVeryManyTheFirstAreKeptAndAllAreCounted() throws IOException {
        append(PROMPT + "oops\n".repeat(5_000));
        append("oops\n" + PROMPT);
        List<Problem> listed = listed();
        assertThat(listed.size()).isBetween(300, 5_000);
        assertThat(listed.getFirst().line()).isEqualTo(2);
        assertThat(listed.getLast().reason())
                .isEqualTo("made no sense in 5001 places, of which the log keeps the first " + (listed.size() - 1));
    }

    @Test
    void ofAFolderThatIsOneTranscriptTheVeryFileIsNamed() throws IOException {
        Path sessions = Files.createDirectories(desk.home.resolve(".local/share/opencode/storage/session/w"));
        Path messages = Files.createDirectories(sessions.resolveSibling("../message/ses_1"));
        Files.writeString(sessions.resolve("ses_1.json"), "{\"id\":\"ses_1\"}");
        Path bad = Files.writeString(messages.resolve("msg_1.json"), "oops");
        desk.importHome();
        assertThat(listed())
                .singleElement()
                .satisfies(problem ->
                        assertThat(Files.isSameFile(problem.file(), bad)).isTrue());
        Files.delete(bad);
        desk.importHome();
        assertThat(listed()).isEmpty();
    }

    @Test
    void ofALogOfTheReferenceThePlaceIsNamed() throws IOException {
        byte[] all = Files.readAllBytes(Corpora.shared("seed-log/log.bin"));
        all[300] ^= 4;
        Path reference = Files.write(folder.resolve("log.bin"), all);
        desk.importPaths(reference);
        assertThat(new ProblemList(log).paths(List.of(reference)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).startsWith("at position 212: "));
    }

    @Test
    void whatHooksToldLiesAside() throws IOException {
        append(PROMPT);
        assertThat(new ProblemList(log).spool()).isEmpty();
        Path call = Files.writeString(desk.spool().resolve("claude-code.1.2"), "{\"hook_event_name\":\"Stop\"}");
        desk.importSpool(Instant.now());
        assertThat(call).doesNotExist();
        assertThat(new ProblemList(log).spool())
                .singleElement()
                .satisfies(problem -> assertThat(problem.file()).exists());
    }

    @Test
    void whereThereIsNoLogThereIsNoList() {
        assertThatThrownBy(this::listed).isInstanceOf(LogException.Missing.class);
    }
}
