// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.event.Event;
import dev.hotlog.event.Kind;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.event.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolImportTest {
    private static final Instant NOW = Instant.parse("2026-03-07T12:00:00Z");
    private static final String SESSION = "11111111-2222-4333-8444-555555555555";

    @TempDir
    Path temp;

    private Desk desk;

    @BeforeEach
    void aDesk() throws IOException {
        desk = new Desk(temp);
    }

    private static String call(int number) {
        return """
                {"session_id":"%s","hook_event_name":"PreToolUse","cwd":"/w","tool_name":"Bash","tool_use_id":"t%d", "x": 1.0}""".formatted(SESSION, number);
    }

    /// What a hook left, so long before now.
    private Path spooled(String name, String text, Duration ago) throws IOException {
        Path file = Files.writeString(desk.spool().resolve(name), text);
        return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(ago)));
    }

    private ImportReport take() throws IOException {
        return desk.importSpool(NOW);
    }

    private List<Event> hooks() throws IOException {
        return desk.events().stream()
                .filter(event -> event.kind().equals(Kind.HOOK))
                .toList();
    }

    @Test
    void aCallIsAnEventOfTheSessionThatItNames() throws IOException {
        Path file = spooled("claude-code.1.2", call(7) + "\n", Duration.ofSeconds(3));

        ImportReport.AgentTally counts = take().agents().getFirst();

        assertThat(counts.agent()).isEqualTo("claude-code hooks");
        assertThat(counts.events()).isOne();
        assertThat(file).doesNotExist();
        Event event = hooks().getFirst();
        assertThat(event.sessionId()).isEqualTo(SESSION);
        assertThat(event.source()).isEqualTo(Source.HOOK);
        assertThat(event.tool()).contains("Bash");
        assertThat(event.toolCallId()).contains("t7");
        assertThat(event.tsMillis()).isEqualTo(NOW.minusSeconds(3).toEpochMilli());
        assertThat(event.payload()).hasToString(call(7));
        assertThat(desk.fact(SESSION, SessionFacts.AGENT)).isEqualTo("claude-code");
        assertThat(desk.fact(SESSION, SessionFacts.WORKSPACE)).isEqualTo("/w");
    }

    @Test
    void callsComeInTheOrderInWhichTheyWereMade() throws IOException {
        for (int number = 0; number < 20; number++) {
            spooled("claude-code.1." + (number * 7) % 20, call(number), Duration.ofSeconds(100 - number));
        }
        take();

        assertThat(hooks())
                .extracting(event -> event.toolCallId().orElse(""))
                .containsExactlyElementsOf(Stream.iterate(0, number -> number + 1)
                        .limit(20)
                        .map(number -> "t" + number)
                        .toList());
    }

    @Test
    void aFileThatACrashLeftIsNotTakenTwice() throws IOException {
        spooled("claude-code.1.2", call(1), Duration.ofSeconds(3));
        take();
        Path again = spooled("claude-code.1.2", call(1), Duration.ofSeconds(3));

        ImportReport.AgentTally counts = take().agents().getFirst();

        assertThat(counts.duplicates()).isOne();
        assertThat(again).doesNotExist();
        assertThat(hooks()).hasSize(1);
    }

    @Test
    void theSameWordsAtAnotherTimeAreAnotherCall() throws IOException {
        spooled("claude-code.1.2", call(1), Duration.ofSeconds(3));
        take();
        spooled("claude-code.1.2", call(1), Duration.ofSeconds(2));
        take();

        assertThat(hooks()).hasSize(2);
    }

    @Test
    void whatIsInTheWritingIsLeftAlone() throws IOException {
        String half = call(1).substring(0, 40);
        Path file = spooled("claude-code.1.2", half, Duration.ofSeconds(3));
        take();

        assertThat(file).hasContent(half);
        assertThat(hooks()).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsPutAsideAndTheRestTaken() throws IOException {
        spooled("claude-code.1.1", call(1).substring(0, 40), Duration.ofHours(1));
        spooled("claude-code.1.2", "{\"hook_event_name\":\"Stop\"}", Duration.ofSeconds(3));
        spooled("claude-code.1.3", "", Duration.ofHours(1));
        spooled("claude-code.1.4", call(4), Duration.ofSeconds(3));

        ImportReport report = take();

        assertThat(report.agents().getFirst().badLines()).isEqualTo(3);
        assertThat(report.problems()).hasSize(3).allMatch(problem -> Files.exists(problem.file()));
        assertThat(desk.spool().resolve("bad/claude-code.1.1")).hasContent(call(1).substring(0, 40));
        assertThat(hooks()).hasSize(1);
        assertThat(take().problems()).isEmpty();
    }

    @Test
    void theSameBadNameAgainLosesNothing() throws IOException {
        spooled("claude-code.1.1", "one", Duration.ofHours(1));
        take();
        spooled("claude-code.1.1", "two", Duration.ofHours(1));
        take();

        assertThat(desk.spool().resolve("bad/claude-code.1.1")).hasContent("one");
        assertThat(desk.spool().resolve("bad/claude-code.1.1~2")).hasContent("two");
    }

    @Test
    void aCallWhoseKeyIsTakenComesAfterTheOneThatHasIt() throws IOException {
        Path file = spooled("claude-code.1.2", call(1), Duration.ofSeconds(3));
        Event taken = HookCall.of(
                        file,
                        "claude-code",
                        JsonSlice.of(call(1)),
                        NOW.minusSeconds(3).toEpochMilli())
                .event();
        desk.append(taken.toBuilder().payload("{}").build());
        take();

        assertThat(hooks()).extracting(Event::seq).containsExactly(taken.seq(), taken.seq() + 1);
        spooled("claude-code.1.2", call(1), Duration.ofSeconds(3));
        take();
        assertThat(hooks()).hasSize(2);
    }

    @Test
    void aTranscriptAndItsHooksAreOneSession() throws IOException {
        Path transcript = desk.claude(SESSION + ".jsonl");
        String line = """
                {"type":"user","sessionId":"%s","cwd":"/t","uuid":"u%d","timestamp":"2026-03-07T11:00:0%dZ","message":{"role":"user","content":"say %d"}}
                """;
        Files.writeString(transcript, line.formatted(SESSION, 1, 1, 1) + line.formatted(SESSION, 2, 2, 2));
        desk.importHome();
        int before = desk.events().size();
        spooled("claude-code.1.2", call(1), Duration.ofSeconds(3));
        take();

        // Written anew, so that its events are known by what they say, and new ones go after the last slot.
        Files.writeString(transcript, line.formatted(SESSION, 2, 2, 2) + line.formatted(SESSION, 3, 3, 3));
        desk.importHome();

        assertThat(desk.events(SESSION)).hasSize(before + 2);
        assertThat(desk.events(SESSION).keySet()).filteredOn(seq -> seq >= 0).allMatch(seq -> seq < 100);
        assertThat(desk.fact(SESSION, SessionFacts.WORKSPACE)).isEqualTo("/t");
    }
}
