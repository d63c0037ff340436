// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.Corpora;
import dev.hotlog.agents.transcript.Head;
import dev.hotlog.agents.transcript.JsonSlice;
import dev.hotlog.agents.transcript.Transcript;
import dev.hotlog.agents.transcript.Transcripts;
import dev.hotlog.agents.transcript.Usage;
import dev.hotlog.agents.transcript.claudecode.ClaudeCode;
import dev.hotlog.agents.transcript.codex.Codex;
import dev.hotlog.event.Cursor;
import dev.hotlog.event.Event;
import dev.hotlog.event.Measure;
import dev.hotlog.event.Totals;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What the readers and the ledger make of real transcripts, without a log.
class UsageTotalsTest {
    /// A ledger over a map, and the sums of what it counts.
    private static final class Counting {
        final Map<String, String> cursors = new HashMap<>();
        final UsageLedger ledger = new UsageLedger(source -> Optional.ofNullable(cursors.get(source)));
        final Totals all = new Totals();
        final Map<String, Totals> assistantLines = new TreeMap<>();

        void file(Transcript transcript, Path file) throws IOException {
            Transcripts.Reading reading = Transcripts.read(transcript, file);
            for (Usage usage : reading.usage()) {
                ledger.count(transcript.agent(), usage).ifPresent(this::add);
                for (Cursor cursor : ledger.changes()) {
                    cursors.put(cursor.source(), cursor.state());
                }
                ledger.committed();
            }
        }

        private void add(Event cost) {
            boolean subagent = Transcripts.payload(cost).at("subagent").exists();
            for (Measure measure : Measure.ALL) {
                if (measure.additive() && cost.measure(measure) != Measure.ABSENT) {
                    all.add(measure, cost.measure(measure));
                    if (!subagent) {
                        assistantLines
                                .computeIfAbsent(cost.sessionId(), _ -> new Totals())
                                .add(measure, cost.measure(measure));
                    }
                }
            }
        }
    }

    private static Counting count(Transcript transcript, List<Path> files) throws IOException {
        Counting counting = new Counting();
        for (Path file : files) {
            counting.file(transcript, file);
        }
        return counting;
    }

    private static void assertTotals(Totals totals, long in, long out, long creation, long read) {
        assertThat(totals.sum(Measure.TOKENS_IN)).isEqualTo(in);
        assertThat(totals.sum(Measure.TOKENS_OUT)).isEqualTo(out);
        assertThat(totals.sum(Measure.CACHE_CREATION_TOKENS)).isEqualTo(creation);
        assertThat(totals.sum(Measure.CACHE_READ_TOKENS)).isEqualTo(read);
    }

    @Test
    void theSamplesAddUpToWhatTheirReadmeSays() throws IOException {
        Path home = Corpora.samples();
        Transcript claude = new ClaudeCode();
        assertTotals(count(claude, Transcripts.files(claude, home)).all, 112, 4_413, 62_749, 463_252);
        Transcript codex = new Codex();
        Totals all = count(codex, Transcripts.files(codex, home)).all;
        assertTotals(all, 16_682, 2_350, Measure.ABSENT, 73_472);
        assertThat(all.sum(Measure.REASONING_TOKENS)).isEqualTo(1_088);
    }

    @Test
    void claudeCodeTotalsAreExactInAnyOrderOfFiles() throws IOException {
        Transcript transcript = new ClaudeCode();
        List<Path> files = Transcripts.files(transcript, Corpora.shared("corpora/open/home"));
        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(files, new Random(seed));
            assertTotals(count(transcript, files).all, 43_685, 255_542, 5_030_765, 84_425_843);
        }
    }

    @Test
    void codexTotalsAreExactInAnyOrderOfFiles() throws IOException {
        Transcript transcript = new Codex();
        List<Path> files = Transcripts.files(transcript, Corpora.shared("corpora/open/home"));
        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(files, new Random(seed));
            assertTotals(count(transcript, files).all, 8_671_274, 662_534, Measure.ABSENT, 171_572_224);
        }
    }

    @Test
    void everySessionsAssistantLinesAddUpToWhatAnotherToolCounts() throws IOException {
        Transcript transcript = new ClaudeCode();
        List<Path> files = Transcripts.files(transcript, Corpora.shared("corpora/open/home"));
        Map<Path, Long> earliest = new HashMap<>();
        for (Path file : files) {
            try (FileChannel channel = FileChannel.open(file)) {
                earliest.put(
                        file,
                        Head.read(channel, channel.size(), transcript)
                                .earliestMillis()
                                .orElse(0));
            }
        }
        files.sort(Comparator.<Path, Long>comparing(earliest::get).thenComparing(Comparator.naturalOrder()));
        Map<String, List<Long>> ours = new TreeMap<>();
        count(transcript, files)
                .assistantLines
                .forEach((session, totals) -> ours.put(session.substring(session.indexOf('/') + 1), figures(totals)));

        String theirs = Files.readString(Corpora.shared("corpora/reference/ccusage-20.0.24/claude-session.json"));
        Map<String, List<Long>> expected = new TreeMap<>();
        for (JsonSlice session :
                JsonSlice.of(theirs).at("sessions").elements(1000).orElseThrow()) {
            List<Long> figures = new ArrayList<>();
            for (String name : List.of("inputTokens", "outputTokens", "cacheCreationTokens", "cacheReadTokens")) {
                figures.add(session.at(name).number().orElseThrow());
            }
            expected.put(session.at("sessionId").text(), figures);
        }
        assertThat(ours).isEqualTo(expected);
    }

    private static List<Long> figures(Totals totals) {
        return List.of(
                totals.sumOrZero(Measure.TOKENS_IN),
                totals.sumOrZero(Measure.TOKENS_OUT),
                totals.sumOrZero(Measure.CACHE_CREATION_TOKENS),
                totals.sumOrZero(Measure.CACHE_READ_TOKENS));
    }
}
