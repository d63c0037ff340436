// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.agents.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// With the folders and the watch service of this system.
@Timeout(300)
class FolderWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path temp;

    private Path root;

    @BeforeEach
    void aFolder() throws IOException {
        root = Files.createDirectories(temp.toRealPath().resolve("agent/projects"));
    }

    private static FolderWatch watching(Path... places) {
        return FolderWatch.of(List.of(places), (folder, e) -> fail(folder + " cannot be watched", e));
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// Waits until that file is told of.
    private static void assertTold(FolderWatch watch, Path file) throws InterruptedException {
        Set<Path> told = new LinkedHashSet<>();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!told.contains(file)) {
            assertThat(System.nanoTime()).as("%s among %s", file, told).isLessThan(end);
            told.addAll(watch.await(Duration.ofMillis(100)).files());
        }
    }

    @Test
    void aFileThatGrowsIsTold() throws Exception {
        Path file = root.resolve("a.jsonl");
        append(file, "one\n");
        try (FolderWatch watch = watching(root)) {
            append(file, "two\n");
            assertTold(watch, file);
        }
    }

    @Test
    void filesOfFoldersThatAreMadeLaterAreTold() throws Exception {
        try (FolderWatch watch = watching(root)) {
            Path deep = Files.createDirectories(root.resolve("2026/01/02"));
            append(deep.resolve("first.jsonl"), "one\n");
            assertTold(watch, deep.resolve("first.jsonl"));
            append(deep.resolve("second.jsonl"), "one\n");
            assertTold(watch, deep.resolve("second.jsonl"));
        }
    }

    @Test
    void aPlaceMayComeLater() throws Exception {
        Path place = temp.toRealPath().resolve("other/agent/sessions");
        try (FolderWatch watch = watching(place)) {
            Files.createDirectories(place);
            Path file = place.resolve("a.jsonl");
            append(file, "one\n");
            assertTold(watch, file);
        }
    }

    /// Whoever makes folders in folders may be quicker, or slower, than the one who watches them.
    @RepeatedTest(50)
    void aPlaceMayComeWhileItIsAwaited() throws Exception {
        Path place = temp.toRealPath().resolve("other/of/an/agent/sessions");
        Path file = place.resolve("a.jsonl");
        try (FolderWatch watch = watching(place)) {
            CompletableFuture<Void> making = CompletableFuture.runAsync(() -> {
                try {
                    Files.createDirectories(place);
                    append(file, "one\n");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertTold(watch, file);
            making.join();
        }
    }

    @Test
    void aPlaceMayGoAndComeAgain() throws Exception {
        Path file = root.resolve("a.jsonl");
        try (FolderWatch watch = watching(root)) {
            for (int round = 0; round < 3; round++) {
                append(file, "one\n");
                assertTold(watch, file);
                Files.delete(file);
                Files.delete(root);
                Files.delete(root.getParent());
                watch.gather(Duration.ofMillis(50));
                Files.createDirectories(root);
            }
            append(file, "one\n");
            assertTold(watch, file);
        }
    }

    @Test
    void aFolderIsToldUnderItsNewName() throws Exception {
        Path old = Files.createDirectories(root.resolve("old"));
        append(old.resolve("a.jsonl"), "one\n");
        try (FolderWatch watch = watching(root)) {
            Path renamed = Files.move(old, root.resolve("new"));
            assertTold(watch, renamed.resolve("a.jsonl"));
            append(renamed.resolve("a.jsonl"), "two\n");
            assertTold(watch, renamed.resolve("a.jsonl"));
        }
    }

    @Test
    void whatLiesBesideAFileIsToldWithIt() throws Exception {
        Path database = root.resolve("state.db");
        try (FolderWatch watch = watching(database)) {
            append(database, "x");
            assertTold(watch, database);
            append(root.resolve("state.db-wal"), "x");
            assertTold(watch, root.resolve("state.db-wal"));
        }
    }

    @Test
    void aLinkedFolderIsToldByThePathThatLeadsThere() throws Exception {
        Path elsewhere = Files.createDirectories(temp.toRealPath().resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("link"), elsewhere);
        try (FolderWatch watch = watching(root)) {
            append(elsewhere.resolve("a.jsonl"), "one\n");
            assertTold(watch, root.resolve("link/a.jsonl"));
        }
    }

    @Test
    void moreThanTheSystemCountsIsToldAsMissed() throws Exception {
        try (FolderWatch watch = watching(root)) {
            for (int number = 0; number < 2000; number++) {
                append(root.resolve(number + ".jsonl"), "one\n");
            }
            // The folder is watched still.
            Path last = root.resolve("last.jsonl");
            Set<Path> told = new LinkedHashSet<>();
            boolean missed = false;
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!told.contains(last) && System.nanoTime() < end) {
                FolderWatch.Changes changes = watch.await(Duration.ofMillis(100));
                missed |= changes.missed();
                told.addAll(changes.files());
                append(last, "one\n");
            }
            assertThat(told).contains(last);
            assertThat(missed || told.size() == 2001).isTrue();
        }
    }

    @Test
    void whoWaitsIsToldThatItIsClosed() throws Exception {
        FolderWatch watch = watching(root);
        Thread closing = Thread.ofPlatform().start(() -> {
            try {
                watch.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(() -> watch.await(PATIENCE)).isInstanceOf(ClosedWatchServiceException.class);
        closing.join();
    }
}
