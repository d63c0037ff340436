// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.StoredFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// Space that frames will be written into.
public final class Zeros {
    /// So many at once.
    static final int CHUNK_BYTES = 256 << 10;

    private static final ByteBuffer CHUNK =
            ByteBuffer.allocateDirect(CHUNK_BYTES).asReadOnlyBuffer();
    private static final MemorySegment ZEROS = MemorySegment.ofBuffer(CHUNK);

    private Zeros() {}

    /// Whether so many bytes from there on are zeros.
    ///
    /// @param length at most [#CHUNK_BYTES]
    static boolean areAt(MemorySegment bytes, long from, int length) {
        return MemorySegment.mismatch(bytes, from, from + length, ZEROS, 0, length) < 0;
    }

    /// Writes zeros from one position of a file up to another.
    public static void write(StoredFile file, long from, long to) throws LogException {
        for (long at = from; at < to; at += CHUNK_BYTES) {
            file.write(CHUNK.duplicate().limit((int) Math.min(CHUNK_BYTES, to - at)), at);
        }
    }
}
