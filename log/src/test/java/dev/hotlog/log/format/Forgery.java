// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.zip.CRC32C;

/// Makes a segment look as an engine would see it that left out a check: for tests that ask whether anybody would
/// notice.
public final class Forgery {
    private Forgery() {}

    /// Every frame gets the checksum that suits its bytes, as if nobody compared it.
    public static MemorySegment withoutChecksums(MemorySegment segment) {
        return forge(segment, true);
    }

    /// Every frame says that its batch ends with it, as if nobody asked for whole batches.
    public static MemorySegment withoutBatches(MemorySegment segment) {
        return forge(segment, false);
    }

    private static MemorySegment forge(MemorySegment segment, boolean batches) {
        long head = Math.min(segment.byteSize(), SegmentHeader.FIRST_FRAME);
        if (!(SegmentHeader.read(segment.asSlice(0, head)) instanceof SegmentHeader.Verdict.Sound sound)) {
            return segment;
        }
        MemorySegment forged = MemorySegment.ofArray(segment.toArray(ValueLayout.JAVA_BYTE));
        FrameCursor frame = new FrameCursor(segment, sound.header().place());
        boolean changed = false;
        long at = SegmentHeader.FIRST_FRAME;
        while (at + FrameHeader.BYTES <= forged.byteSize()) {
            int word = forged.get(Bytes.U32, at + FrameHeader.WORD);
            long end = Bytes.aligned(at + FrameHeader.BYTES + FrameHeader.lengthBytes(word));
            boolean valid = frame.moveTo(at, segment.byteSize());
            if (!FrameType.isCode(FrameHeader.typeCode(word)) || end > forged.byteSize() || (!batches && !valid)) {
                break;
            }
            if (!batches && FrameHeader.more(word)) {
                forged.set(Bytes.U32, at + FrameHeader.WORD, FrameHeader.withoutMore(word));
                changed = true;
            }
            changed |= !valid;
            CRC32C crc = new CRC32C();
            crc.update(forged.asSlice(at + FrameHeader.WORD, end - at - FrameHeader.WORD)
                    .asByteBuffer());
            forged.set(Bytes.U32, at, sound.header().place().bind((int) crc.getValue(), at));
            at = end;
        }
        return changed ? forged.asReadOnly() : segment;
    }
}
