// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.format;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.zip.CRC32C;

/// What a segment file says of itself, written twice, in sectors of their own. (docs/format.md, Segment header)
///
/// @param logId of the log, drawn once when it was created; a file with another id is another log's
/// @param base the offset that the first event of this file takes
/// @param epoch grows with every file made, so that a file that replaced another is told from it
/// @param createdMillis since 1970 UTC
/// @param previousEpoch of the file that this one goes on from; 0 when it is the log's first
/// @param previousEnd the position in that file at which it ends and this one takes over: after an unclean end there
///     may be bytes behind it that count no more. Says nothing when that file has another epoch by now
public record SegmentHeader(
        UUID logId, long base, long epoch, long createdMillis, long previousEpoch, long previousEnd) {
    /// `\x89HOTLOG\n`: the first byte is no text, and a line-end conversion would break the last.
    static final long MAGIC = 0x0A474F4C544F4889L;

    public static final int VERSION = 1;

    /// One of the [#COPIES], at position 0 and at [#COPY_POSITION].
    public static final int BYTES = 80;

    public static final int COPIES = 2;

    static final int COPY_POSITION = 512;

    /// Where the first frame lies.
    public static final int FIRST_FRAME = 1024;

    // Where the fields lie in a copy.
    private static final int VERSION_FIELD = 8;
    private static final int FIRST_FRAME_FIELD = 12;
    private static final int LOG_ID_HIGH = 16;
    private static final int LOG_ID_LOW = 24;
    private static final int BASE = 32;
    private static final int EPOCH = 40;
    private static final int CREATED = 48;
    private static final int PREVIOUS_EPOCH = 56;
    private static final int PREVIOUS_END = 64;
    private static final int CRC = 76;

    /// What the bytes at the head of a file are.
    public sealed interface Verdict {
        /// Ours. `damagedCopies` of the two are unreadable, 0 or 1.
        record Sound(SegmentHeader header, int damagedCopies) implements Verdict {}

        /// Ours, written by a later version of the program.
        record Newer(int version) implements Verdict {}

        /// Ours by one sign at least, or nothing at all (no bytes, all the same, or none that the disk gives); neither
        /// copy can be read.
        record Damaged() implements Verdict {}

        /// Not ours by what is there.
        record Foreign() implements Verdict {}
    }

    /// Both copies, and the zeros around them up to [#FIRST_FRAME].
    public ByteBuffer toBytes() {
        ByteBuffer block = ByteBuffer.allocate(FIRST_FRAME);
        MemorySegment bytes = MemorySegment.ofBuffer(block);
        writeTo(bytes);
        MemorySegment.copy(bytes, 0, bytes, COPY_POSITION, BYTES);
        return block;
    }

    private void writeTo(MemorySegment bytes) {
        bytes.set(Bytes.U64, 0, MAGIC);
        bytes.set(Bytes.U32, VERSION_FIELD, VERSION);
        bytes.set(Bytes.U32, FIRST_FRAME_FIELD, FIRST_FRAME);
        bytes.set(Bytes.U64, LOG_ID_HIGH, logId.getMostSignificantBits());
        bytes.set(Bytes.U64, LOG_ID_LOW, logId.getLeastSignificantBits());
        bytes.set(Bytes.U64, BASE, base);
        bytes.set(Bytes.U64, EPOCH, epoch);
        bytes.set(Bytes.U64, CREATED, createdMillis);
        bytes.set(Bytes.U64, PREVIOUS_EPOCH, previousEpoch);
        bytes.set(Bytes.U64, PREVIOUS_END, previousEnd);
        bytes.set(Bytes.U32, CRC, crcOf(bytes, 0));
    }

    /// Judges the first [#FIRST_FRAME] bytes of a file, or fewer when it is shorter.
    public static Verdict read(MemorySegment head) {
        if (!Pages.areReadable(head, 0, head.byteSize()) || isBlank(head)) {
            return new Verdict.Damaged();
        }
        Verdict first = readCopy(head, 0);
        Verdict second = readCopy(head, COPY_POSITION);
        if (first instanceof Verdict.Sound(SegmentHeader header, int _)) {
            return new Verdict.Sound(header, second instanceof Verdict.Sound ? 0 : 1);
        }
        if (first instanceof Verdict.Newer) {
            return first;
        }
        if (second instanceof Verdict.Sound(SegmentHeader header, int _)) {
            return new Verdict.Sound(header, 1);
        }
        return first instanceof Verdict.Foreign || second instanceof Verdict.Newer ? second : first;
    }

    /// Whether nothing is said there: what a lost sector or a cut leaves, and no foreign file begins with.
    private static boolean isBlank(MemorySegment head) {
        for (long at = 1; at < head.byteSize(); at++) {
            if (head.get(Bytes.U8, at) != head.get(Bytes.U8, 0)) {
                return false;
            }
        }
        return true;
    }

    private static Verdict readCopy(MemorySegment head, long at) {
        if (head.byteSize() < at + BYTES) {
            return at == 0 && isBeginOfMagic(head) ? new Verdict.Damaged() : new Verdict.Foreign();
        }
        boolean whole = head.get(Bytes.U32, at + CRC) == crcOf(head, at);
        if (head.get(Bytes.U64, at) != MAGIC) {
            return new Verdict.Foreign();
        }
        if (!whole) {
            return new Verdict.Damaged();
        }
        int version = head.get(Bytes.U32, at + VERSION_FIELD);
        if (version != VERSION) {
            return new Verdict.Newer(version);
        }
        if (head.get(Bytes.U64, at + BASE) < 0 || !isEpoch(head.get(Bytes.U64, at + EPOCH))) {
            return new Verdict.Damaged(); // The checksum is right, and yet no writer wrote this.
        }
        UUID logId = new UUID(head.get(Bytes.U64, at + LOG_ID_HIGH), head.get(Bytes.U64, at + LOG_ID_LOW));
        return new Verdict.Sound(
                new SegmentHeader(
                        logId,
                        head.get(Bytes.U64, at + BASE),
                        head.get(Bytes.U64, at + EPOCH),
                        head.get(Bytes.U64, at + CREATED),
                        head.get(Bytes.U64, at + PREVIOUS_EPOCH),
                        head.get(Bytes.U64, at + PREVIOUS_END)),
                0);
    }

    /// Whether a file can have that epoch, and others after it.
    public static boolean isEpoch(long epoch) {
        return epoch >= 1 && epoch <= Long.MAX_VALUE / 2;
    }

    /// Whether a file that is shorter than a header, but not blank, was ours once.
    private static boolean isBeginOfMagic(MemorySegment head) {
        int present = (int) Math.min(head.byteSize(), Long.BYTES);
        for (int i = 0; i < present; i++) {
            if (head.get(Bytes.U8, i) != (byte) (MAGIC >>> (i * Byte.SIZE))) {
                return false;
            }
        }
        return true;
    }

    private static int crcOf(MemorySegment bytes, long at) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.asSlice(at, CRC).asByteBuffer());
        return (int) crc.getValue();
    }

    /// What binds frames to this file.
    public Place place() {
        return Place.of(logId, base, epoch);
    }
}
