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

    /// Makes all checksums of a segment right: of each copy of its header that begins as one, and of each frame from
    /// the
    /// first on, as far as one follows another. For tests of what must hold even of files that somebody forged.
    public static void makeRight(byte[] segment) {
        MemorySegment file = MemorySegment.ofArray(segment);
        for (int copy = 0; copy < SegmentHeader.FIRST_FRAME; copy += SegmentHeader.COPY_POSITION) {
            if (copy + SegmentHeader.BYTES <= segment.length && file.get(Bytes.U64, copy) == SegmentHeader.MAGIC) {
                int crcAt = SegmentHeader.BYTES - Integer.BYTES;
                file.set(Bytes.U32, copy + crcAt, crcOf(file, copy, crcAt));
            }
        }
        long head = Math.min(segment.length, SegmentHeader.FIRST_FRAME);
        if (SegmentHeader.read(file.asSlice(0, head)) instanceof SegmentHeader.Verdict.Sound(var header, int _)) {
            makeRight(file, header.place());
        }
    }

    /// Makes the checksums of all frames right that follow one another from the first on.
    public static void makeRight(MemorySegment file, Place place) {
        long at = SegmentHeader.FIRST_FRAME;
        while (at + FrameHeader.BYTES <= file.byteSize()) {
            int word = file.get(Bytes.U32, at + FrameHeader.WORD);
            long end = Bytes.aligned(at + FrameHeader.BYTES + FrameHeader.lengthBytes(word));
            if (!FrameType.isCode(FrameHeader.typeCode(word)) || end > file.byteSize()) {
                // A fault in between: frames go on at the next multiple.
                at += Bytes.ALIGNMENT;
                continue;
            }
            file.set(Bytes.U32, at, place.bind(crcOf(file, at + FrameHeader.WORD, end - at - FrameHeader.WORD), at));
            at = end;
        }
    }

    private static int crcOf(MemorySegment file, long from, long length) {
        CRC32C crc = new CRC32C();
        crc.update(file.asSlice(from, length).asByteBuffer());
        return (int) crc.getValue();
    }
}
