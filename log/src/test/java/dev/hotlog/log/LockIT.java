// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.LogException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The system's lock on a log, held by another process.
class LockIT {
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    @TempDir
    private Path folder;

    /// Holds the lock of a log until it is ended.
    public static void main(String[] lock) throws Exception {
        try (FileChannel channel =
                        FileChannel.open(Path.of(lock[0]), StandardOpenOption.READ, StandardOpenOption.WRITE);
                var _ = channel.lock(LOCKED_BYTE, 1, false)) {
            System.out.println("locked");
            System.in.read();
        }
    }

    @ParameterizedTest
    @CsvSource({"999999999, process 999999999", "'', another process", "nobody, another process"})
    void aWriterIsRefusedAlsoWhenItCannotBeToldWhoTheFirstIs(String text, String told) throws Exception {
        Path lock = Files.writeString(folder.resolve("lock"), text);
        try (Child first = Child.start(LockIT.class, lock)) {
            assertThat(first.next()).isEqualTo("locked");
            assertThatThrownBy(() -> HotLog.open(folder))
                    .isInstanceOf(LogException.Locked.class)
                    .hasMessageContaining(told);
        }
    }

    @Test
    void aLockFileOfWhichAPowerCutLeftTheLengthAloneIsTaken() throws Exception {
        Path lock = Files.write(folder.resolve("lock"), new byte[64]);
        HotLog.open(folder).close();
        assertThat(Files.readString(lock, StandardCharsets.US_ASCII).strip())
                .isEqualTo(String.valueOf(ProcessHandle.current().pid()));
    }
}
