// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.Bytes;
import dev.hotlog.log.format.Pages;
import dev.hotlog.log.format.SegmentHeader;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/// What a sealed index says of itself, in its first [#BYTES] bytes. (docs/format.md, Index)
///
/// ```
/// place  size  field
///     0     8  magic
///     8     4  version
///    12     4  length of this header
///    16    16  id of the log
///    32     8  base of the segment
///    40     8  epoch of the segment
///    48     8  covered position
///    56     8  oldest time in ms
///    64     8  newest time in ms
///    72     8  events
///    80     4  sessions
///    84     4  names
///    88   104  where each section begins
///   192    60  zeros
///   252     4  crc32c of the bytes before
/// ```
///
/// @param coveredPosition of the segment, up to which its frames are in the index
/// @param starts by the ordinal of the [IndexSection]
/// @param crc of this header, which all blocks are bound to; 0 before it is written
record IndexHeader(
        UUID logId,
        long base,
        long epoch,
        long coveredPosition,
        long oldestMillis,
        long newestMillis,
        long events,
        int sessions,
        int names,
        List<Long> starts,
        int crc) {
    static final int BYTES = 256;

    IndexHeader {
        starts = List.copyOf(starts);
    }

    /// `\x89HOTIDX\n`.
    private static final long MAGIC = 0x0A584449544F4889L;

    private static final int VERSION = 3;
    private static final int STARTS_POSITION = 88;
    private static final int CRC_POSITION = BYTES - Integer.BYTES;

    long start(IndexSection section) {
        return starts.get(section.ordinal());
    }

    /// Where the next section begins.
    long end(IndexSection section) {
        return starts.get(section.ordinal() + 1);
    }

    /// Lays the header down and gives the checksum it ended with.
    int writeTo(MemorySegment bytes) {
        bytes.set(Bytes.U64, 0, MAGIC);
        bytes.set(Bytes.U32, 8, VERSION);
        bytes.set(Bytes.U32, 12, BYTES);
        bytes.set(Bytes.U64, 16, logId.getMostSignificantBits());
        bytes.set(Bytes.U64, 24, logId.getLeastSignificantBits());
        bytes.set(Bytes.U64, 32, base);
        bytes.set(Bytes.U64, 40, epoch);
        bytes.set(Bytes.U64, 48, coveredPosition);
        bytes.set(Bytes.U64, 56, oldestMillis);
        bytes.set(Bytes.U64, 64, newestMillis);
        bytes.set(Bytes.U64, 72, events);
        bytes.set(Bytes.U32, 80, sessions);
        bytes.set(Bytes.U32, 84, names);
        for (IndexSection section : IndexSection.ALL) {
            bytes.set(Bytes.U64, startPosition(section), start(section));
        }
        int sum = crcOf(bytes);
        bytes.set(Bytes.U32, CRC_POSITION, sum);
        return sum;
    }

    private static long startPosition(IndexSection section) {
        return STARTS_POSITION + section.ordinal() * (long) Long.BYTES;
    }

    private static IndexHeader read(MemorySegment file) {
        List<Long> starts = new ArrayList<>();
        for (IndexSection section : IndexSection.ALL) {
            starts.add(file.get(Bytes.U64, startPosition(section)));
        }
        return new IndexHeader(
                new UUID(file.get(Bytes.U64, 16), file.get(Bytes.U64, 24)),
                file.get(Bytes.U64, 32),
                file.get(Bytes.U64, 40),
                file.get(Bytes.U64, 48),
                file.get(Bytes.U64, 56),
                file.get(Bytes.U64, 64),
                file.get(Bytes.U64, 72),
                file.get(Bytes.U32, 80),
                file.get(Bytes.U32, 84),
                starts,
                file.get(Bytes.U32, CRC_POSITION));
    }

    /// As [SealedIndex#segmentOf(MemorySegment)].
    static Optional<SegmentHeader> segmentOf(MemorySegment file) {
        if (file.byteSize() < BYTES
                || !Pages.areReadable(file, 0, BYTES)
                || file.get(Bytes.U64, 0) != MAGIC
                || file.get(Bytes.U32, 8) != VERSION
                || crcOf(file) != file.get(Bytes.U32, CRC_POSITION)) {
            return Optional.empty();
        }
        IndexHeader header = read(file);
        return Optional.of(new SegmentHeader(header.logId, header.base, header.epoch, 0, 0, 0));
    }

    /// Judges a whole index file by its header and length.
    static Verdict judge(MemorySegment file, SegmentHeader expected) {
        if (file.byteSize() < BYTES) {
            return new Verdict.Unfit("an index of " + file.byteSize() + " bytes");
        }
        if (!Pages.areReadable(file, 0, BYTES)) {
            return new Verdict.Unfit("an index whose header the disk refuses");
        }
        if (file.get(Bytes.U64, 0) != MAGIC) {
            return new Verdict.Unfit("not an index");
        }
        if (crcOf(file) != file.get(Bytes.U32, CRC_POSITION)) {
            return new Verdict.Unfit("a damaged index header");
        }
        int version = file.get(Bytes.U32, 8);
        if (version != VERSION) {
            return new Verdict.OfAnother("an index of version " + version + ", not " + VERSION);
        }
        IndexHeader header = read(file);
        if (!header.logId.equals(expected.logId())
                || header.base != expected.base()
                || header.epoch != expected.epoch()) {
            return new Verdict.OfAnother("an index of another segment: base " + header.base + " and epoch "
                    + header.epoch + ", not base " + expected.base() + " and epoch " + expected.epoch());
        }
        long bytes = CheckedBlocks.endOfChecksums(header.start(IndexSection.CHECKSUMS));
        if (bytes != file.byteSize()) {
            return new Verdict.Unfit("an index of " + file.byteSize() + " bytes, not " + bytes);
        }
        return header.isLaidOut()
                ? new Verdict.Fit(header)
                : new Verdict.Unfit("an index whose sections cannot lie so: " + header.starts);
    }

    /// Whether the sections lie one behind the other, and are as long as what they are said to hold.
    private boolean isLaidOut() {
        long at = BYTES;
        for (long start : starts) {
            if (start < at || start % Bytes.ALIGNMENT != 0) {
                return false;
            }
            at = start;
        }
        return coveredPosition >= SegmentHeader.FIRST_FRAME
                && isTable(IndexSection.SESSION_SLOTS)
                && isTable(IndexSection.CURSOR_SLOTS)
                && events >= 0
                && sessions >= 0
                && (sessions + 1L) * RowLayout.BYTES <= lengthBytes(IndexSection.ROWS)
                && names >= 0
                && (names + 1L) * Integer.BYTES <= lengthBytes(IndexSection.NAME_STARTS);
    }

    private long lengthBytes(IndexSection section) {
        return end(section) - start(section);
    }

    private boolean isTable(IndexSection section) {
        long slots = lengthBytes(section) / Long.BYTES;
        return Long.bitCount(slots) == 1;
    }

    sealed interface Verdict {
        record Fit(IndexHeader header) implements Verdict {}

        record Unfit(String problem) implements Verdict {}

        record OfAnother(String problem) implements Verdict {}
    }

    private static int crcOf(MemorySegment bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes.asSlice(0, CRC_POSITION).asByteBuffer());
        return (int) sum.getValue();
    }
}
