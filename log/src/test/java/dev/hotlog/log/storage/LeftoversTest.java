// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hotlog.event.LogException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which of the disks that a power cut may leave are looked at.
class LeftoversTest {
    private static final int SECTOR_BYTES = 512;

    private final FaultyStorage storage = new FaultyStorage(new SimulatedDisk(DiskImage.EMPTY, SECTOR_BYTES));

    /// A file of so many sectors of zeros, all of them on disk.
    private StoredFile zeros(int sectors) throws LogException {
        StoredFile file = storage.create("a");
        file.write(ByteBuffer.allocate(sectors * SECTOR_BYTES), 0);
        file.force();
        storage.forceDirectory();
        return file;
    }

    private static ByteBuffer filled(int sectors, byte with) {
        ByteBuffer bytes = ByteBuffer.allocate(sectors * SECTOR_BYTES);
        while (bytes.hasRemaining()) {
            bytes.put(with);
        }
        return bytes.flip();
    }

    private List<byte[]> left(int samples) {
        List<byte[]> left = new ArrayList<>();
        new Leftovers(storage.disk(), Leftovers.FEW_PENDING, samples, new Random(1))
                .forEachRemaining(disk -> left.add(disk.bytes("a")));
        return left;
    }

    /// The first byte of each sector, as a word; those of torn sectors are told by a question mark.
    private static Set<String> told(List<byte[]> files) {
        Set<String> told = new HashSet<>();
        for (byte[] file : files) {
            StringBuilder word = new StringBuilder();
            for (int from = 0; from < file.length; from += SECTOR_BYTES) {
                boolean torn = file[from] != file[from + SECTOR_BYTES - 1];
                word.append(torn ? '?' : (char) ('0' + file[from]));
            }
            told.add(word.toString());
        }
        return told;
    }

    private static Set<String> subsets(int sectors, char old, char now) {
        Set<String> all = new HashSet<>();
        for (int bits = 0; bits < 1 << sectors; bits++) {
            int chosen = bits;
            all.add(IntStream.range(0, sectors)
                    .mapToObj(sector -> (chosen >> sector & 1) == 0 ? String.valueOf(old) : String.valueOf(now))
                    .reduce("", String::concat));
        }
        return all;
    }

    @Test
    void everySubsetOfTenFullSectorsIsThere() throws LogException {
        StoredFile file = zeros(10);
        file.write(filled(10, (byte) 1), 0);
        List<byte[]> left = left(0);
        assertThat(told(left)).isEqualTo(subsets(10, '0', '1'));
        assertThat(left).hasSize(1 << 10);
    }

    @Test
    void everySubsetOfTenSectorsIsThereHoweverOftenTheyWereWritten() throws LogException {
        StoredFile file = zeros(10);
        file.write(filled(10, (byte) 1), 0);
        file.write(filled(10, (byte) 2), 0);
        assertThat(told(left(0))).isEqualTo(subsets(10, '0', '2'));
        assertThat(told(left(500))).anyMatch(word -> word.contains("1"));
    }

    @Test
    void ofMoreSectorsTheyAreLostAndKeptOneByOneAndInOrder() throws LogException {
        StoredFile file = zeros(14);
        file.write(filled(14, (byte) 1), 0);
        assertThat(told(left(0)))
                .contains(
                        "0".repeat(14),
                        "1".repeat(14),
                        "10000000000000",
                        "01111111111111",
                        "11100000000000",
                        "00011111111111")
                .hasSizeLessThan(60);
    }

    @Test
    void tearsAreSampledBesides() throws LogException {
        StoredFile file = zeros(2);
        file.write(filled(2, (byte) 1), 0);
        assertThat(told(left(0))).isEqualTo(subsets(2, '0', '1'));
        assertThat(told(left(200))).contains("?1", "1?", "0?");
    }

    @Test
    void aDiskOfWhichNothingIsPendingIsLookedAtOnce() throws LogException {
        StoredFile file = zeros(3);
        assertThat(left(100)).hasSize(1);
        file.write(filled(1, (byte) 0), 0);
        assertThat(left(100)).hasSize(1);
    }
}
