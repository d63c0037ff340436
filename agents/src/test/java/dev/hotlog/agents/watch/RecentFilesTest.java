// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentFilesTest {
    @TempDir
    Path temp;

    private Instant now = Instant.parse("2026-03-07T12:00:00Z");
    private final RecentFiles recent = new RecentFiles(() -> now);
    private Path file;

    @BeforeEach
    void aFileOfNow() throws IOException {
        file = temp.resolve("a.jsonl");
        write("one\n");
        recent.add(file);
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.setLastModifiedTime(file, FileTime.from(now));
    }

    @Test
    void aFileThatHasGrownIsToldUntilItIsAddedAgain() throws IOException {
        assertThat(recent.changed()).isEmpty();
        write("two\n");
        assertThat(recent.changed()).containsExactly(file);
        assertThat(recent.changed()).containsExactly(file);
        recent.add(file);
        assertThat(recent.changed()).isEmpty();
    }

    @Test
    void aFileThatIsGoneIsForgotten() throws IOException {
        Files.delete(file);
        assertThat(recent.changed()).isEmpty();
        assertThat(recent.isEmpty()).isTrue();
    }

    @Test
    void aFileThatRestsIsForgotten() {
        now = now.plus(Duration.ofMinutes(6));
        assertThat(recent.changed()).isEmpty();
        assertThat(recent.isEmpty()).isTrue();
    }

    @Test
    void anOldFileIsNotLookedAt() throws IOException {
        now = now.plus(Duration.ofDays(1));
        recent.add(file);
        assertThat(recent.isEmpty()).isTrue();
    }

    @Test
    void onlySoManyAreLookedAt() throws IOException {
        for (int number = 0; number < 100; number++) {
            Path one = Files.writeString(temp.resolve(number + ".jsonl"), "one\n");
            Files.setLastModifiedTime(one, FileTime.from(now));
            recent.add(one);
        }
        write("two\n");
        assertThat(recent.changed()).as("the oldest are forgotten").isEmpty();
        assertThat(recent.isEmpty()).isFalse();
    }
}
