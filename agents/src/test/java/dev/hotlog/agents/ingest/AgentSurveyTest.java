// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentSurveyTest {
    @TempDir
    Path home;

    private void write(String name, String text, long millis) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.setLastModifiedTime(Files.writeString(file, text), FileTime.fromMillis(millis));
    }

    @Test
    void tellsWhatEachAgentHasAndHowOldItIs() throws IOException {
        write(".claude/projects/-w/a.jsonl", "{}\n", 5_000);
        write(".claude/projects/-w/b.jsonl", "{}\n", 9_000);
        write(".claude/projects/-w/notes.txt", "no transcript", 1_000);
        write(".copilot/session-state/s/events.jsonl", "", 7_000);
        List<AgentSurvey> agents = AgentSurvey.of(home, Map.of());
        assertThat(agents).map(AgentSurvey::agent).containsExactly("claude-code", "copilot-cli");
        AgentSurvey claude = agents.getFirst();
        assertThat(claude.places()).containsExactly(home.resolve(".claude/projects"));
        assertThat(claude.transcripts()).isEqualTo(2);
        assertThat(claude.bytes()).isEqualTo(6);
        assertThat(claude.oldestMillis()).isEqualTo(5_000);
        assertThat(claude.newestMillis()).isEqualTo(9_000);
        assertThat(claude.keptDays()).hasValue(30);
        assertThat(agents.getLast().keptDays()).isEmpty();
    }

    @Test
    void tellsWhatLiesAmongTheUsersFolders() throws IOException {
        write("src/pond/.aider.chat.history.md", "# aider chat started at 2026-04-02 11:15:00\n", 5_000);
        AgentSurvey aider = AgentSurvey.of(home, Map.of()).getFirst();
        assertThat(aider.agent()).isEqualTo("aider");
        assertThat(aider.places()).containsExactly(home.resolve("src/pond/.aider.chat.history.md"));
        assertThat(aider.transcripts()).isEqualTo(1);
        assertThat(aider.newestMillis()).isEqualTo(5_000);
    }

    @Test
    void keepsAsLongAsTheSettingsSay() throws IOException {
        write(".claude/projects/-w/a.jsonl", "{}\n", 5_000);
        write(".claude/settings.json", "{\"cleanupPeriodDays\": 365}", 1_000);
        assertThat(AgentSurvey.of(home, Map.of()).getFirst().keptDays()).hasValue(365);
    }
}
