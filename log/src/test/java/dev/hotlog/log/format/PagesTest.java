// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages of a mapped file that was cut short since: nothing is left to give them, as on a disk that refuses them.
class PagesTest {
    private static final int PAGE = 1 << 12;
    /// So many looks get the code compiled, which hears of faults otherwise than the interpreter.
    private static final int LOOKS = 15_000;

    @TempDir
    Path temp;

    @Test
    void aPageThatIsGoneIsNotReadableAndTheOneBeforeIs() throws IOException {
        try (FileChannel file = FileChannel.open(
                temp.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(4 * PAGE));
            MemorySegment mapped = file.map(FileChannel.MapMode.READ_ONLY, 0, 4 * PAGE, Arena.ofAuto());
            assertThat(Pages.areReadable(mapped, 0, 4 * PAGE)).isTrue();
            file.truncate(2 * PAGE);
            int wrong = 0;
            for (int look = 0; look < LOOKS; look++) {
                wrong += Pages.areReadable(mapped, PAGE + 1, 2 * PAGE) ? 0 : 1;
                wrong += Pages.areReadable(mapped, 2 * PAGE, 2 * PAGE + 1) ? 1 : 0;
                wrong += Pages.areReadable(mapped, 2 * PAGE - 1, 2 * PAGE + 1) ? 1 : 0;
                wrong += Pages.areReadable(mapped, PAGE, 3 * PAGE - 1) ? 1 : 0;
            }
            assertThat(wrong).isZero();
        }
    }

    @Test
    void nothingIsLookedAtWhereNothingIsAskedForAndMemoryIsAlwaysReadable() throws IOException {
        assertThat(Pages.areReadable(MemorySegment.NULL, 0, 0)).isTrue();
        assertThat(Pages.areReadable(MemorySegment.ofArray(new byte[PAGE]), 0, PAGE))
                .isTrue();
    }
}
