// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusHomeTest {
    private static final String ID = "5d0c1a2b-3e4f-4a5b-8c6d-00000000000a";

    @TempDir
    private Path folder;

    private Path corpus() throws IOException {
        Path corpus = folder.resolve("corpus");
        Path project = Files.createDirectories(corpus.resolve(".claude/projects/-w"));
        Files.writeString(project.resolve(ID + ".jsonl"), "{\"sessionId\":\"" + ID + "\",\"id\":\"msg_0123456789\"}\n");
        Files.writeString(project.resolve("plain.jsonl"), "{\"text\":\"é\"}\n");
        Files.writeString(project.resolve("settings.json"), "{}");
        return corpus;
    }

    @Test
    void eachCopyHasIdsOfItsOwn() throws IOException {
        Path corpus = corpus();
        CorpusHome home = CorpusHome.write(folder.resolve("home"), corpus, 165);

        assertThat(home.files()).isEqualTo(4);
        assertThat(home.bytes()).isBetween(165L, 250L);
        Path project = home.folder().resolve(".claude/projects/-w");
        String other = ID.replace("00a", "00b");
        try (Stream<Path> files = Files.list(project)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(ID + ".jsonl", other + ".jsonl", "plain.jsonl", "plain-1.jsonl");
        }
        assertThat(project.resolve(ID + ".jsonl"))
                .hasSameTextualContentAs(corpus.resolve(".claude/projects/-w/" + ID + ".jsonl"));
        assertThat(project.resolve(other + ".jsonl"))
                .hasContent("{\"sessionId\":\"" + other + "\",\"id\":\"msg_01234567890001\"}\n");
        assertThat(project.resolve("plain-1.jsonl")).hasContent("{\"text\":\"é\"}\n");
    }

    @Test
    void aHomeWithoutTranscriptsMakesNone() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> CorpusHome.write(folder.resolve("home"), empty, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no transcripts in " + empty);
    }
}
