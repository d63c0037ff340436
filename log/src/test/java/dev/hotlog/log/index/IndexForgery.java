// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.zip.CRC32C;

/// Makes the checksums of a changed index right, for tests of what must hold even of files that somebody forged.
public final class IndexForgery {
    private static final int CRC_POSITION = IndexHeader.BYTES - Integer.BYTES;
    /// Where the header says that the checksums begin.
    private static final int CHECKSUMS = 88 + IndexSection.CHECKSUMS.ordinal() * Long.BYTES;

    private IndexForgery() {}

    /// The header's checksum, and of each block that is there.
    public static void makeRight(byte[] index) {
        if (index.length < IndexHeader.BYTES) {
            return;
        }
        MemorySegment file = MemorySegment.ofArray(index);
        int seed = crcOf(file, 0, CRC_POSITION);
        file.set(Bytes.U32, CRC_POSITION, seed);
        long checksums = file.get(Bytes.U64, CHECKSUMS);
        long at = 0;
        for (long block = 0; at < Math.min(checksums, index.length); block++) {
            long length = Math.min(CheckedBlocks.BLOCK_BYTES, Math.min(checksums, index.length) - at);
            long stored = checksums + block * Integer.BYTES;
            if (stored < 0 || stored > index.length - Integer.BYTES) {
                return;
            }
            file.set(Bytes.U32, stored, CheckedBlocks.bind(crcOf(file, at, length), seed, block));
            at += length;
        }
    }

    /// The index as whoever compares no checksum would see it.
    public static MemorySegment withoutChecksums(MemorySegment index) {
        byte[] bytes = index.toArray(ValueLayout.JAVA_BYTE);
        makeRight(bytes);
        return MemorySegment.ofArray(bytes).asReadOnly();
    }

    private static int crcOf(MemorySegment file, long from, long length) {
        CRC32C crc = new CRC32C();
        crc.update(file.asSlice(from, length).asByteBuffer());
        return (int) crc.getValue();
    }
}
