// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.transcript.Document;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.agents.transcript.Whole;
import dev.hotlog.agents.transcript.gemini.Gemini;
import dev.hotlog.event.Measure;
import dev.hotlog.log.HotLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Transcripts that agents write anew are taken once, whatever was added in between.
class WholeImportTest {
    private static final String CHATS = ".gemini/tmp/pond/chats/";
    private static final String HEADER =
            "\"sessionId\":\"s-1\",\"projectHash\":\"ab\",\"startTime\":\"2026-04-02T09:15:00.000Z\"";
    private static final String STORAGE = ".local/share/opencode/storage/";
    private static final int ORDERS = 3;

    @TempDir
    Path folder;

    private static String user(int id) {
        return "{\"id\":\"u" + id
                + "\",\"timestamp\":\"2026-04-02T09:15:01.000Z\",\"type\":\"user\",\"content\":\"hi\"}";
    }

    private static String answer(String status, int output) {
        return "{\"id\":\"a1\",\"timestamp\":\"2026-04-02T09:15:02.000Z\",\"type\":\"gemini\",\"content\":\"ok\",\"tokens\":"
                + "{\"input\":10,\"output\":" + output
                + ",\"thoughts\":3},\"toolCalls\":[{\"id\":\"c1\",\"name\":\"shell\",\"status\":\""
                + status + "\",\"result\":[1]}]}";
    }

    private static void write(Path home, String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static List<String> words(Desk desk) throws IOException {
        return desk.events().stream().map(Transcripts::word).toList();
    }

    @Test
    void aDocumentThatIsWrittenAnewGivesWhatIsNew() throws IOException {
        Desk desk = new Desk(folder);
        write(
                desk.home,
                CHATS + "session-1.json",
                "{" + HEADER + ",\"messages\":[" + user(1) + "," + answer("executing", 5) + "]}");
        desk.importHome();
        assertThat(words(desk))
                .containsExactly(
                        "lifecycle session_start",
                        "message prompt",
                        "message answer",
                        "tool_call tool_call",
                        "cost usage");
        write(
                desk.home,
                CHATS + "session-1.json",
                "{" + HEADER + ",\"lastUpdated\":\"x\",\n\"messages\":[" + user(1) + "," + answer("success", 9) + ","
                        + user(2) + "]}");
        ImportReport report = desk.importHome();
        assertThat(words(desk).subList(5, 8))
                .containsExactly("tool_result tool_result", "cost usage", "message prompt");
        assertThat(report.events()).isEqualTo(3);
        assertThat(report.problems()).isEmpty();
        assertThat(report.agents())
                .allSatisfy(agent -> assertThat(agent.renumbered()).isZero());
        assertThat(desk.totals("gemini-cli"))
                .containsEntry(Measure.TOKENS_IN, 10L)
                .containsEntry(Measure.TOKENS_OUT, 12L)
                .containsEntry(Measure.REASONING_TOKENS, 3L);
        assertThat(desk.importHome().events()).isZero();
    }

    @Test
    void linesThatTellAMessageAgainGiveWhatIsNew() throws IOException {
        Desk desk = new Desk(folder);
        String begin = "{" + HEADER + "}\n" + user(1) + "\n" + answer("executing", 5) + "\n";
        write(desk.home, CHATS + "session-1.jsonl", begin);
        desk.importHome();
        write(desk.home, CHATS + "session-1.jsonl", begin + answer("success", 5) + "\n" + answer("success", 5) + "\n");
        assertThat(desk.importHome().events()).isEqualTo(1);
        assertThat(desk.totals("gemini-cli")).containsEntry(Measure.TOKENS_OUT, 8L);

        Desk atOnce = new Desk(folder.resolve("at-once"));
        write(atOnce.home, CHATS + "session-1.jsonl", Files.readString(desk.home.resolve(CHATS + "session-1.jsonl")));
        atOnce.importHome();
        assertThat(words(atOnce)).containsExactlyInAnyOrderElementsOf(words(desk));
    }

    @Test
    void aTreeIsTakenOnceThoughItsFilesChangeAndAreCopied() throws IOException {
        Desk desk = new Desk(folder);
        Path elsewhere = folder.resolve("elsewhere");
        for (Path home : List.of(desk.home, elsewhere)) {
            write(home, STORAGE + "session/p/ses_1.json", "{\"id\":\"ses_1\",\"time\":{\"created\":5}}");
            write(
                    home,
                    STORAGE + "message/ses_1/msg_1.json",
                    "{\"id\":\"msg_1\",\"role\":\"user\",\"time\":{\"created\":6}}");
            write(
                    home,
                    STORAGE + "part/msg_1/prt_1.json",
                    "{\"id\":\"prt_1\",\"messageID\":\"msg_1\",\"type\":\"text\",\"text\":\"hi\"}");
        }
        desk.importHome();
        assertThat(words(desk)).containsExactly("lifecycle session_start", "lifecycle message", "message prompt");
        write(
                desk.home,
                STORAGE + "part/msg_1/prt_1.json",
                "{\"id\":\"prt_1\",\"messageID\":\"msg_1\",\"type\":\"text\",\"text\":\"\"}");
        write(
                desk.home,
                STORAGE + "part/msg_1/prt_2.json",
                "{\"id\":\"prt_2\",\"messageID\":\"msg_1\",\"type\":\"file\"}");
        assertThat(desk.importHome().events()).isEqualTo(1);
        assertThat(desk.importHome(elsewhere).events()).isZero();
        assertThat(desk.importPaths(elsewhere.resolve(STORAGE)).events()).isZero();
    }

    @Test
    void aDocumentThatMakesNoSenseIsNamedAndTheOthersAreTaken() throws IOException {
        Desk desk = new Desk(folder);
        write(desk.home, CHATS + "session-1.json", "{" + HEADER + ",\"messages\":[");
        write(desk.home, CHATS + "session-2.json", "{" + HEADER + ",\"messages\":[" + user(1) + "]}");
        write(desk.home, ".local/share/opencode/opencode.db", "no database, but long enough to look like one");
        ImportReport report = desk.importHome();
        assertThat(report.problems()).hasSize(2);
        assertThat(words(desk)).containsExactly("lifecycle session_start", "message prompt");
        assertThat(desk.importHome().events()).isZero();
    }

    /// A document, and behind it something that cannot be read.
    private record Torn(Document document) implements Whole {
        @Override
        public Path path() {
            return document.path();
        }

        @Override
        public Version version() throws IOException {
            return document.version();
        }

        @Override
        public Reading objects() throws IOException {
            Reading reading = document.objects();
            return new Reading() {
                @Override
                public Optional<Step> next() throws IOException {
                    Optional<Step> step = reading.next();
                    if (step.isEmpty()) {
                        throw new IOException("torn");
                    }
                    return step;
                }

                @Override
                public void close() throws IOException {
                    reading.close();
                }
            };
        }
    }

    @Test
    void whatStandsBeforeAPlaceThatCannotBeReadIsTaken() throws IOException {
        Desk desk = new Desk(folder);
        write(desk.home, CHATS + "session-1.json", "{" + HEADER + ",\"messages\":[" + user(1) + "]}");
        Transcript gemini = new Gemini();
        Whole torn = new Torn(new Document(desk.home.resolve(CHATS + "session-1.json"), "messages"));
        FoundFile found = new FoundFile.OfWhole(torn, gemini);
        try (HotLog log = HotLog.open(folder.resolve("log"))) {
            PlannedFile planned = PlannedFile.of(found, FileStamp.of(found), "");
            ImportRun run = new ImportRun(
                    log,
                    folder.resolve("log"),
                    new UsageLedger(log::cursor),
                    new Tally(),
                    new BytesDone(Progress.NONE, List.of(planned)));
            assertThatThrownBy(() -> new WholeImport(run, planned, torn, gemini).run())
                    .hasMessage("torn");
        }
        assertThat(words(desk)).containsExactly("lifecycle session_start", "message prompt");
        ImportReport again = desk.importHome();
        assertThat(again.events()).isZero();
        assertThat(again.agents())
                .singleElement()
                .satisfies(agent -> assertThat(agent.read()).isEqualTo(1));
    }

    @Test
    void totalsAreExactInAnyOrderOfFiles() throws IOException {
        Path home = Corpora.shared("corpora/open/home");
        Map<String, Long> output =
                Map.of("opencode", 33_480L, "pi", 83_156L, "gemini-cli", 2_267L, "copilot-cli", 42_353L);
        for (Transcript transcript : Agents.all()) {
            if (output.containsKey(transcript.agent())) {
                List<List<Usage>> files = usage(transcript, home);
                for (int seed = 0; seed < ORDERS; seed++) {
                    Collections.shuffle(files, new Random(seed));
                    assertThat(count(transcript.agent(), files))
                            .as(transcript.agent())
                            .containsEntry(Measure.TOKENS_OUT, output.get(transcript.agent()));
                }
            }
        }
    }

    private static List<List<Usage>> usage(Transcript transcript, Path home) throws IOException {
        List<List<Usage>> all = new ArrayList<>();
        for (Path file : Transcripts.files(transcript, home)) {
            if (transcript.isLines(file)) {
                all.add(Transcripts.read(transcript, file).usage());
            } else {
                for (Whole whole : transcript.wholes(file)) {
                    all.add(Transcripts.read(transcript, whole).usage());
                }
            }
        }
        return all;
    }

    /// All files are told twice, as when they were copied.
    private static Map<Measure, Long> count(String agent, List<List<Usage>> files) throws IOException {
        UsageLedger ledger = new UsageLedger(_ -> Optional.empty());
        Map<Measure, Long> sums = new EnumMap<>(Measure.class);
        for (int times = 0; times < 2; times++) {
            for (List<Usage> file : files) {
                for (Usage usage : file) {
                    ledger.count(agent, usage)
                            .ifPresent(cost -> Measure.ALL.stream()
                                    .filter(cost::has)
                                    .forEach(measure -> sums.merge(measure, cost.measure(measure), Long::sum)));
                }
            }
        }
        return sums;
    }
}
