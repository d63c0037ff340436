// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.Durability;
import dev.hotlog.event.LogException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Row F7 of docs/parity.md on the real disk: what is not ours is refused, told by name, and not changed.
class ForeignFilesTest {
    private static final String SEGMENT = "00000000000000000000.hotlog";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 8, 79, 80, 511, 600, 1023, 5000})
    void f07AForeignFileUnderASegmentsNameIsNeverWrittenTo(int bytes) throws IOException {
        byte[] foreign = new byte[bytes];
        Arrays.fill(foreign, (byte) 'x');
        Path file = Files.write(folder.resolve(SEGMENT), foreign);
        assertThatThrownBy(() -> HotLog.open(folder))
                .isInstanceOf(LogException.class)
                .hasMessageContaining(SEGMENT);
        assertThatThrownBy(() -> HotLogReader.open(folder)).isInstanceOf(LogException.class);
        assertThat(file).hasBinaryContent(foreign);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "published"})
    void f07AForeignFileUnderAnotherOfOurNamesIsNeverWrittenTo(String name) throws IOException {
        String foreign = "what somebody else keeps under that name, in a folder that never was to be a log\n";
        Path file = Files.writeString(folder.resolve(name), foreign);
        assertThatThrownBy(() -> HotLog.open(folder))
                .isInstanceOf(LogException.UnsupportedFormat.class)
                .hasMessageContaining(name);
        assertThat(file).hasContent(foreign);
        Files.delete(file);
        HotLog.open(folder).close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 8, 1024})
    void f07AFileWhoseMakingWasCutShortIsMadeAnew(int bytes) throws IOException {
        Files.write(folder.resolve(SEGMENT + ".new"), new byte[bytes]);
        try (HotLog log = HotLog.open(folder)) {
            log.append(Events.event("s", 0), Durability.FORCED);
        }
        try (HotLogReader reader = HotLogReader.open(folder)) {
            assertThat(reader.replay().events()).containsExactly(Events.event("s", 0));
        }
    }

    @Test
    void filesOfOtherNamesAreNobodysBusiness() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.txt"), "keep me");
        Path odd = Files.writeString(folder.resolve("1.hotlog"), "me too");
        Path unfinished = Files.writeString(folder.resolve("todo.txt.new"), "and me");
        try (HotLog log = HotLog.open(folder)) {
            log.append(Events.event("s", 0), Durability.FORCED);
        }
        HotLog.open(folder).close();
        assertThat(notes).hasContent("keep me");
        assertThat(odd).hasContent("me too");
        assertThat(unfinished).hasContent("and me");
    }

    @Test
    void aHugeFileUnderASegmentsNameCostsNothing() throws IOException {
        try (HotLog log = HotLog.open(folder)) {
            log.append(Events.event("s", 0), Durability.FORCED);
        }
        Path stray = folder.resolve("00000000000000000009.hotlog");
        try (FileChannel sparse = FileChannel.open(
                stray, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            sparse.write(ByteBuffer.wrap("Dear diary, ".getBytes(StandardCharsets.UTF_8)), 0);
            sparse.write(ByteBuffer.allocate(1), 3L << 30);
        }
        try (HotLogReader reader = HotLogReader.open(folder)) {
            assertThat(reader.replay().onDamage(_ -> {}).events()).containsExactly(Events.event("s", 0));
        }
        try (HotLog log = HotLog.open(folder)) {
            assertThat(log.append(Events.event("s", 1), Durability.FORCED)).isOne();
        }
    }

    /// Whatever is left of a process id there, nobody holds the lock.
    @Test
    void aFlippedBitInTheLockKeepsNobodyFromWriting() throws IOException {
        HotLog.open(folder).close();
        Path lock = folder.resolve("lock");
        byte[] bytes = Files.readAllBytes(lock);
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit += 7) {
            byte[] flipped = bytes.clone();
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Files.write(lock, flipped);
            HotLog.open(folder).close();
            assertThat(lock).hasBinaryContent(bytes);
        }
    }
}
