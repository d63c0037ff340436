// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import dev.hotlog.log.format.Pages;
import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;

/// The bytes of a sealed index, each block of which is verified before its first byte is used. (docs/format.md, Index:
/// Checksums)
///
/// Safe for any number of threads without a lock: the file never changes, and a bit that is lost when two threads set
/// theirs at once costs another verification.
final class CheckedBlocks {
    static final int BLOCK_BYTES = 1 << 12;
    private static final int BLOCK_SHIFT = 12;
    private static final int BITS_SHIFT = 6;
    private static final int SPREAD = 0x9E3779B1;

    private final MemorySegment file;
    private final long checksums;
    private final int seed;

    /// One bit a block that has been verified.
    private final long[] verified;

    /// @param checksums where they begin, and the last block ends
    /// @param seed the header's checksum, which makes a block of another index a bad one here
    CheckedBlocks(MemorySegment file, long checksums, int seed) {
        this.file = file;
        this.checksums = checksums;
        this.seed = seed;
        this.verified = new long[(int) ((blocks(checksums) + Long.SIZE - 1) >>> BITS_SHIFT)];
    }

    private static long blocks(long lengthBytes) {
        return (lengthBytes + BLOCK_BYTES - 1) >>> BLOCK_SHIFT;
    }

    /// The length of a file whose checksums begin there; -1 when nothing can.
    static long endOfChecksums(long checksums) {
        return checksums < 0 || checksums % Bytes.ALIGNMENT != 0 ? -1 : checksums + blocks(checksums) * Integer.BYTES;
    }

    /// What is stored for a block.
    static int bind(int crc, int seed, long block) {
        return crc ^ seed ^ ((int) block * SPREAD);
    }

    /// The bytes; to be read only where [#ensure] has been.
    MemorySegment file() {
        return file;
    }

    /// Verifies the blocks of these bytes, those that have not been.
    ///
    /// @throws DamagedIndex when one is not as it was written
    void ensure(long from, long to) {
        if (from < 0 || to > checksums || from > to) {
            throw new DamagedIndex("the index speaks of its bytes " + from + " to " + to + ", of " + checksums);
        }
        for (long block = from >>> BLOCK_SHIFT; (block << BLOCK_SHIFT) < to; block++) {
            if ((verified[(int) (block >>> BITS_SHIFT)] & (1L << block)) == 0) {
                verify(block);
            }
        }
    }

    private void verify(long block) {
        long from = block << BLOCK_SHIFT;
        long to = Math.min(from + BLOCK_BYTES, checksums);
        long stored = checksums + block * Integer.BYTES;
        if (!Pages.areReadable(file, from, to) || !Pages.areReadable(file, stored, stored + Integer.BYTES)) {
            throw new DamagedIndex("the disk refuses bytes of the index, from " + from + " on");
        }
        CRC32C crc = new CRC32C();
        crc.update(file.asSlice(from, to - from).asByteBuffer());
        int found = bind((int) crc.getValue(), seed, block);
        int expected = file.get(Bytes.U32, stored);
        if (found != expected) {
            throw new DamagedIndex(from, found, expected);
        }
        verified[(int) (block >>> BITS_SHIFT)] |= 1L << block;
    }

    int u16(long position) {
        ensure(position, position + Short.BYTES);
        return Short.toUnsignedInt(file.get(Bytes.U16, position));
    }

    int u32(long position) {
        ensure(position, position + Integer.BYTES);
        return file.get(Bytes.U32, position);
    }

    long u64(long position) {
        ensure(position, position + Long.BYTES);
        return file.get(Bytes.U64, position);
    }

    /// Whether that text lies there.
    boolean holds(long position, byte[] text) {
        ensure(position, position + text.length);
        return Utf8.isBehind(file, position, text);
    }
}
