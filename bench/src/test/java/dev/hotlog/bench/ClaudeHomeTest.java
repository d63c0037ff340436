// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.agents.ingest.ImportReport;
import dev.hotlog.agents.ingest.Importer;
import dev.hotlog.event.EventView;
import dev.hotlog.event.Measure;
import dev.hotlog.log.HotLog;
import dev.hotlog.log.HotLogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaudeHomeTest {
    private static final int SESSIONS = 3;
    private static final int LINES = 20;

    @TempDir
    private Path folder;

    @Test
    void itsTranscriptsAreTakenInToTheLastToken() throws IOException {
        ClaudeHome home = ClaudeHome.write(folder.resolve("home"), SESSIONS, LINES);
        Path directory = folder.resolve("log");

        ImportReport report;
        try (HotLog log = HotLog.open(directory)) {
            report = new Importer(log, directory, (_, _, _) -> {}).home(home.folder(), Map.of());
        }

        assertThat(report.problems()).isEmpty();
        assertThat(report.files()).isEqualTo(SESSIONS);
        Set<String> sessions = new HashSet<>();
        long outputTokens = 0;
        try (HotLogReader reader = HotLogReader.open(directory)) {
            for (EventView event : reader.replay()) {
                sessions.add(event.sessionId());
                outputTokens += event.has(Measure.TOKENS_OUT) ? event.measure(Measure.TOKENS_OUT) : 0;
            }
        }
        assertThat(sessions).hasSize(SESSIONS);
        assertThat(outputTokens).isEqualTo(home.outputTokens());
    }
}
