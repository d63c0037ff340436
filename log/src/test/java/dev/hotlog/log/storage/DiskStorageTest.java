// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hotlog.event.LogException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the system refuses is told with the file and the reason.
class DiskStorageTest {
    private static final Path MEMORY = Path.of("/dev/shm");

    @TempDir
    private Path temp;

    private Path folder;
    private DiskStorage storage;

    @BeforeEach
    void make() throws LogException {
        folder = temp.resolve("log");
        storage = new DiskStorage(folder);
        storage.createDirectory();
    }

    @AfterEach
    void clearFlag() {
        Thread.interrupted();
    }

    private static void refuses(ThrowingCallable call, String... told) {
        assertThatThrownBy(call).isInstanceOf(LogException.Storage.class).hasMessageContainingAll(told);
    }

    private void write(String name, String text) throws LogException {
        try (StoredFile file = storage.create(name)) {
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            file.force();
        }
    }

    @Test
    void aFileInTheWayOfTheFolderIsTold() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");
        refuses(() -> new DiskStorage(file).createDirectory(), file.toString(), "a file of that name is in the way");
        refuses(() -> new DiskStorage(file.resolve("log")).createDirectory(), file.toString());
        refuses(() -> new DiskStorage(file).list(), "cannot list", file.toString());
    }

    @Test
    void aFolderThatIsNotThereIsEmptyAndTheRootIsThere() throws LogException {
        assertThat(new DiskStorage(temp.resolve("none")).list()).isEmpty();
        new DiskStorage(temp.getRoot()).createDirectory();
        refuses(() -> new DiskStorage(temp.resolve("none")).forceDirectory(), "cannot sync the folder");
        refuses(() -> new DiskStorage(temp.resolve("none")).lock(), "cannot open", "no such file");
    }

    @Test
    void aFileThatIsNotThereIsTold() {
        refuses(() -> storage.open("a"), "cannot open", "a for writing", "no such file");
        refuses(() -> storage.map("a"), "cannot read", "no such file");
        refuses(() -> storage.sizeBytes("a"), "cannot read", "no such file");
        refuses(() -> storage.rename("a", "b"), "cannot rename", "no such file");
        refuses(() -> storage.moveAside("a", "damaged", "b"), "cannot move", "no such file");
        refuses(() -> storage.keepAside("a", "damaged", "b"), "cannot keep", "no such file");
    }

    @Test
    void whatIsThereIsNotMadeAgainAndAFullFolderNotDeleted() throws IOException {
        write("a", "text");
        refuses(() -> storage.create("a"), "cannot make", "a file of that name is in the way");
        Files.createDirectories(folder.resolve("full/of"));
        refuses(() -> storage.delete("full"), "cannot delete", "full");
        storage.delete("none");
        assertThat(storage.list()).containsExactly("a");
    }

    @Test
    void aLockFileThatCannotBeOpenedIsTold() throws IOException {
        Files.createDirectory(folder.resolve("lock"));
        refuses(() -> storage.lock(), "cannot lock", "lock");
        Files.delete(folder.resolve("lock"));
        storage.lock().close();
    }

    @Test
    void readingBehindTheEndOfAFileIsAnError() throws IOException {
        write("a", "text");
        ByteBuffer within = ByteBuffer.allocate(2);
        storage.read("a", within, 1);
        assertThat(within.array()).isEqualTo("ex".getBytes(StandardCharsets.UTF_8));
        refuses(() -> storage.read("a", ByteBuffer.allocate(3), 2), "cannot read", "the file ends at 4");
    }

    @Test
    void aClosedFileTellsThatItCannotBeUsed() throws LogException {
        StoredFile file = storage.create("a");
        assertThat(file.name()).isEqualTo("a");
        file.write(ByteBuffer.allocate(5), 3);
        assertThat(file.sizeBytes()).isEqualTo(8);
        file.close();
        refuses(() -> file.write(ByteBuffer.allocate(1), 0), "cannot write to", "a");
        refuses(file::force, "cannot sync", "a");
        refuses(file::sizeBytes, "cannot tell the length of", "a");
    }

    @Test
    void aThreadThatIsInterruptedMapsAllTheSameAndKeepsItsFlag() throws LogException {
        write("a", "text");
        Thread.currentThread().interrupt();
        assertThat(storage.map("a").byteSize()).isEqualTo(4);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aThreadThatIsInterruptedReadsAllTheSameAndKeepsItsFlag() throws IOException {
        write("a", "text");
        ByteBuffer all = ByteBuffer.allocate(4);
        Thread.currentThread().interrupt();
        storage.read("a", all, 0);
        assertThat(all.array()).isEqualTo("text".getBytes(StandardCharsets.UTF_8));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void aFileThatCannotBeOpenedIsAFailedCallAndOneThatCannotBeReadARefusedRead() throws IOException {
        refuses(() -> storage.read("none", ByteBuffer.allocate(1), 0), "cannot read", "no such file");
        Files.createDirectory(folder.resolve("folder"));
        // A folder can be opened on Unix, and gives no bytes.
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no Unix");
        assertThatThrownBy(() -> storage.read("folder", ByteBuffer.allocate(1), 0))
                .isInstanceOf(RefusedRead.class)
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("irectory");
    }

    @Test
    void whatIsPutAsideNeverTakesThePlaceOfWhatWasBefore() throws IOException {
        write("a", "first");
        assertThat(storage.keepAside("a", "damaged", "b.txt")).isEqualTo("b.txt");
        assertThat(storage.keepAside("a", "damaged", "b.txt")).isEqualTo("b.txt");
        storage.delete("a");
        write("a", "second");
        assertThat(storage.keepAside("a", "damaged", "b.txt")).isEqualTo("b.2.txt");
        storage.delete("a");
        write("a", "third");
        assertThat(storage.moveAside("a", "damaged", "b.txt")).isEqualTo("b.3.txt");
        write("a", "third");
        assertThat(storage.moveAside("a", "damaged", "b.txt")).isEqualTo("b.3.txt");

        assertThat(folder.resolve("damaged/b.txt")).hasContent("first");
        assertThat(folder.resolve("damaged/b.2.txt")).hasContent("second");
        assertThat(folder.resolve("damaged/b.3.txt")).hasContent("third");
        assertThat(storage.list()).isEmpty();
    }

    @Test
    void whereAFileCannotHaveASecondNameItIsCopied() throws IOException {
        assumeTrue(Files.isDirectory(MEMORY) && Files.isWritable(MEMORY), "no other file system at " + MEMORY);
        assumeTrue(
                !Files.getFileStore(MEMORY).equals(Files.getFileStore(folder)),
                MEMORY + " and " + folder + " are one file system");
        Path other = Files.createTempDirectory(MEMORY, "hotlog-test");
        try {
            Files.createSymbolicLink(folder.resolve("damaged"), other);
            write("a", "text");
            storage.keepAside("a", "damaged", "b");
            assertThat(other.resolve("b")).hasContent("text");
            assertThat(other.resolve("b.new")).doesNotExist();
            assertThat(folder.resolve("a")).hasContent("text");
        } finally {
            Files.deleteIfExists(other.resolve("b"));
            Files.deleteIfExists(other);
        }
    }
}
