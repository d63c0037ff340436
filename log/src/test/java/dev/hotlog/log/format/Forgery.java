// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
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

    /// Every frame counts that would be right at any place of any segment of the log, as if checksums were of the bytes
    /// alone.
    ///
    /// @param log all its segments
    public static MemorySegment withoutPlaces(MemorySegment segment, List<MemorySegment> log) {
        Set<Integer> known = new HashSet<>();
        for (MemorySegment file : log) {
            headerOf(file).map(SegmentHeader::place).ifPresent(place -> {
                for (long at = SegmentHeader.FIRST_FRAME; at < file.byteSize(); at += Bytes.ALIGNMENT) {
                    known.add(place.bind(0, at));
                }
            });
        }
        return accepting(segment, (bound, _) -> known.contains(bound));
    }

    /// Every frame counts that was right at its place in a file that this one replaced, as if checksums knew of no
    /// epoch.
    public static MemorySegment withoutEpochs(MemorySegment segment) {
        return headerOf(segment)
                .map(header -> accepting(
                        segment,
                        (bound, at) -> LongStream.range(0, header.epoch())
                                .mapToObj(epoch -> Place.of(header.logId(), header.base(), epoch))
                                .anyMatch(former -> former.bind(0, at) == bound)))
                .orElse(segment);
    }

    private interface Acceptance {
        /// @param bound what the frame's checksum was mixed with
        /// @param at where it lies now
        boolean accepts(int bound, long at);
    }

    /// The segment with the checksums made right of all frames that are accepted.
    private static MemorySegment accepting(MemorySegment segment, Acceptance acceptance) {
        SegmentHeader header = headerOf(segment).orElse(null);
        if (header == null) {
            return segment;
        }
        Place place = header.place();
        MemorySegment forged = MemorySegment.ofArray(segment.toArray(ValueLayout.JAVA_BYTE));
        FrameCursor frame = new FrameCursor(segment, place);
        long at = SegmentHeader.FIRST_FRAME;
        while (at + FrameHeader.BYTES <= forged.byteSize()) {
            int word = forged.get(Bytes.U32, at + FrameHeader.WORD);
            long end = Bytes.aligned(at + FrameHeader.BYTES + FrameHeader.lengthBytes(word));
            boolean valid = frame.moveTo(at, segment.byteSize());
            if (!valid && FrameType.isCode(FrameHeader.typeCode(word)) && end <= forged.byteSize()) {
                int crc = crcOf(forged, at + FrameHeader.WORD, end - at - FrameHeader.WORD);
                valid = acceptance.accepts(crc ^ forged.get(Bytes.U32, at), at);
                if (valid) {
                    forged.set(Bytes.U32, at, place.bind(crc, at));
                }
            }
            at = valid ? end : at + Bytes.ALIGNMENT;
        }
        return forged.asReadOnly();
    }

    /// The segment ends with the first bytes that are no frame, as if nobody looked behind them.
    public static MemorySegment upToTheFirstBadFrame(MemorySegment segment) {
        return headerOf(segment)
                .map(header -> {
                    long end = SegmentHeader.FIRST_FRAME;
                    FrameCursor frame = new FrameCursor(segment, header.place());
                    while (frame.moveTo(end, segment.byteSize())) {
                        end = frame.next();
                    }
                    MemorySegment forged = MemorySegment.ofArray(segment.toArray(ValueLayout.JAVA_BYTE));
                    forged.asSlice(end).fill((byte) 0);
                    return forged.asReadOnly();
                })
                .orElse(segment);
    }

    /// What is no frame between two frames becomes one that says that repair has been told of it, as if readers passed
    /// over it without a word.
    public static MemorySegment withDamageInSilence(MemorySegment segment) {
        SegmentHeader header = headerOf(segment).orElse(null);
        if (header == null) {
            return segment;
        }
        MemorySegment forged = MemorySegment.ofArray(segment.toArray(ValueLayout.JAVA_BYTE));
        FrameCursor frame = new FrameCursor(segment, header.place());
        long expected = 0;
        long at = SegmentHeader.FIRST_FRAME;
        while (at >= 0) {
            while (frame.moveTo(at, segment.byteSize())) {
                expected = frame.relativeOffset() + frame.offsets();
                at = frame.next();
            }
            long next = frame.resync(at, segment.byteSize(), expected);
            if (next - at >= FrameHeader.BYTES + Long.BYTES && frame.relativeOffset() > expected) {
                int length = (int) (next - at) - FrameHeader.BYTES;
                forged.set(Bytes.U32, at + FrameHeader.WORD, FrameHeader.word(length, FrameType.LOST, false));
                forged.set(Bytes.U32, at + FrameHeader.OFFSET, (int) expected);
                forged.set(Bytes.U32, at + FrameHeader.BEHIND, 0);
                forged.set(Bytes.U64, at + FrameHeader.BYTES, frame.relativeOffset() - expected);
                int crc = crcOf(forged, at + FrameHeader.WORD, next - at - FrameHeader.WORD);
                forged.set(Bytes.U32, at, header.place().bind(crc, at));
            }
            at = next;
        }
        return forged.asReadOnly();
    }

    private static Optional<SegmentHeader> headerOf(MemorySegment segment) {
        long head = Math.min(segment.byteSize(), SegmentHeader.FIRST_FRAME);
        return SegmentHeader.read(segment.asSlice(0, head)) instanceof SegmentHeader.Verdict.Sound(var header, int _)
                ? Optional.of(header)
                : Optional.empty();
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
