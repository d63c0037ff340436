// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.DiskImage;
import dev.hotlog.log.storage.ForwardingStorage;
import dev.hotlog.log.storage.ImageStorage;
import dev.hotlog.log.storage.RefusedRead;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProbedStorageTest {
    private static final String FILE = "file";
    private static final int BLOCK = 4096;
    /// Longer than what is read at once, and not of whole blocks.
    private static final int LENGTH = (1 << 20) + 3 * BLOCK + 100;
    private static final byte THERE = 7;

    /// Refuses these blocks of the file.
    private final Set<Integer> bad = new TreeSet<>();
    private long read;
    private final ProbedStorage storage = new ProbedStorage(new Disk(), bytes -> this.read += bytes);

    private final class Disk extends ForwardingStorage {
        Disk() {
            super(new ImageStorage(DiskImage.EMPTY.with(FILE, bytes())));
        }

        @Override
        public void read(String name, ByteBuffer into, long position) throws LogException, RefusedRead {
            for (int block : bad) {
                if (position < (block + 1L) * BLOCK && (long) block * BLOCK < position + into.remaining()) {
                    throw new RefusedRead(new IOException("Input/output error"));
                }
            }
            super.read(name, into, position);
        }
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[LENGTH];
        Arrays.fill(bytes, THERE);
        return bytes;
    }

    @Test
    void aSoundFileIsMappedAsItIsAndCounted() throws LogException {
        assertThat(storage.map(FILE).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(bytes());
        assertThat(storage.refusals()).isEmpty();
        assertThat(read).isEqualTo(LENGTH);
    }

    @Test
    void whatIsRefusedReadsAsZerosAndIsRememberedBlockByBlock() throws LogException {
        int last = LENGTH / BLOCK;
        bad.addAll(Set.of(0, 1, 5, last));
        MemorySegment mapped = storage.map(FILE);
        byte[] expected = bytes();
        Arrays.fill(expected, 0, 2 * BLOCK, (byte) 0);
        Arrays.fill(expected, 5 * BLOCK, 6 * BLOCK, (byte) 0);
        Arrays.fill(expected, last * BLOCK, LENGTH, (byte) 0);
        assertThat(mapped.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
        assertThat(storage.refusals(FILE))
                .isEqualTo(List.of(
                        new Refusal(FILE, 0, 2 * BLOCK, "Input/output error"),
                        new Refusal(FILE, 5 * BLOCK, 6 * BLOCK, "Input/output error"),
                        new Refusal(FILE, (long) last * BLOCK, LENGTH, "Input/output error")));
        assertThat(storage.refusals()).isEqualTo(storage.refusals(FILE));
        assertThat(storage.refusals("another")).isEmpty();
    }

    @Test
    void aFileThatIsMappedAgainIsLookedAtAnew() throws LogException {
        bad.add(3);
        storage.map(FILE);
        bad.clear();
        assertThat(storage.map(FILE).toArray(ValueLayout.JAVA_BYTE)).isEqualTo(bytes());
        assertThat(storage.refusals(FILE)).isEmpty();
    }

    @Test
    void whatIsRefusedStillIsGivenUpAndWhatCanBeReadAgainIsNot() throws LogException {
        bad.addAll(Set.of(1, 2));
        storage.map(FILE);
        storage.confirmRefusals(FILE);
        bad.remove(2);
        assertThatThrownBy(() -> storage.confirmRefusals(FILE))
                .isInstanceOf(LogException.Storage.class)
                .hasMessageContaining("cannot repair")
                .hasMessageContaining("position " + 2 * BLOCK + " can be read now");
    }
}
