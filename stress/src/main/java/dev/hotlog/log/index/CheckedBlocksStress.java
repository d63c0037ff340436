// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.hotlog.log.format.Bytes;
import java.lang.foreign.MemorySegment;
import java.util.zip.CRC32C;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Threads that verify blocks at once, in words of bits that they share without a lock, may verify one again, but
/// never take a bad one for verified.
@JCStressTest
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "the good blocks are good, the bad one is bad")
@Outcome(expect = FORBIDDEN, desc = "a bad block was taken for a good one, or the other way round")
@State
public class CheckedBlocksStress {
    private static final int BLOCK = CheckedBlocks.BLOCK_BYTES;
    /// Two good blocks, one that is bad, one that is short.
    private static final long CHECKSUMS = 3 * BLOCK + 64;

    private static final MemorySegment FILE = file();

    private final CheckedBlocks blocks = new CheckedBlocks(FILE, CHECKSUMS, 7);

    private static MemorySegment file() {
        MemorySegment file = MemorySegment.ofArray(new byte[(int) CheckedBlocks.endOfChecksums(CHECKSUMS)]);
        for (int block = 0; block <= 3; block++) {
            CRC32C crc = new CRC32C();
            long from = block * (long) BLOCK;
            crc.update(file.asSlice(from, Math.min(BLOCK, CHECKSUMS - from)).asByteBuffer());
            file.set(
                    Bytes.U32,
                    CHECKSUMS + block * (long) Integer.BYTES,
                    CheckedBlocks.bind((int) crc.getValue(), 7, block));
        }
        file.set(Bytes.U8, 2L * BLOCK + 5, (byte) 1);
        return file.asReadOnly();
    }

    private int bad(long from, long to) {
        try {
            blocks.ensure(from, to);
            return 0;
        } catch (DamagedIndex _) {
            return 1;
        }
    }

    @Actor
    public void good(III_Result result) {
        result.r1 = bad(0, 2 * BLOCK) + bad(3 * BLOCK, CHECKSUMS);
    }

    @Actor
    public void mixed(III_Result result) {
        bad(BLOCK, 2 * BLOCK);
        result.r2 = bad(0, CHECKSUMS);
    }

    @Arbiter
    public void after(III_Result result) {
        result.r3 = bad(2 * BLOCK, 2 * BLOCK + 1) + bad(0, 2 * BLOCK) + bad(3 * BLOCK, CHECKSUMS);
    }
}
