// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.index;

import dev.hotlog.log.format.SegmentHeader;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/// Turns the index of the unsealed end into the file of a sealed one. (docs/format.md, Index)
///
/// Takes as much memory outside the heap as the file is long, in chunks of 1 MiB at most, and on the heap what the
/// largest session's seqs take.
public final class IndexEncoder {
    private final LiveIndex index;
    private final Map<IndexSection, SectionWriter> sections = new EnumMap<>(IndexSection.class);

    private IndexEncoder(LiveIndex index) {
        this.index = index;
    }

    /// The whole file, to be written in that order, each buffer from its position to its limit.
    ///
    /// @param index of the whole segment; not to be changed meanwhile
    /// @param header of the segment
    public static List<ByteBuffer> encode(LiveIndex index, SegmentHeader header) {
        if (index.base() != header.base()) {
            throw new IllegalArgumentException("an index of base " + index.base() + ", not " + header.base());
        }
        return new IndexEncoder(index).encode(header);
    }

    private List<ByteBuffer> encode(SegmentHeader header) {
        NameWriter names = new NameWriter(index);
        sessions(names);
        PackedPeriods.write(section(IndexSection.PERIODS), index.cells());
        names.writeNames(section(IndexSection.NAME_STARTS), section(IndexSection.NAMES));
        cursors();
        offsets();
        ByteBuffer head = ByteBuffer.allocate(IndexHeader.BYTES);
        List<ByteBuffer> file = new ArrayList<>();
        file.add(head);
        List<Long> starts = new ArrayList<>();
        long end = IndexHeader.BYTES;
        for (IndexSection each : IndexSection.ALL) {
            starts.add(end);
            SectionWriter writer = section(each);
            writer.align();
            end += writer.lengthBytes();
            file.addAll(writer.finish());
        }
        int crc = header(header, names.count(), starts).writeTo(MemorySegment.ofBuffer(head));
        file.addAll(checksums(file, crc));
        return file;
    }

    private SectionWriter section(IndexSection section) {
        return sections.computeIfAbsent(section, _ -> new SectionWriter());
    }

    private void sessions(NameWriter names) {
        SessionWriter writer = new SessionWriter(index, names);
        writer.write();
        sections.put(IndexSection.ROWS, writer.rows());
        sections.put(IndexSection.SEQS, writer.seqs().seqs());
        sections.put(IndexSection.POSITIONS, writer.seqs().positions());
        sections.put(IndexSection.DETAILS, writer.details());
        sections.put(IndexSection.CELLS, writer.cells());
        Utf8Table ids = index.sessionIds();
        long[] slots = HashSlots.of(ids.count());
        for (int row = 0; row < ids.count(); row++) {
            HashSlots.add(slots, ids.hash(row), row);
        }
        section(IndexSection.SESSION_SLOTS).u64s(slots);
    }

    private void cursors() {
        SectionWriter texts = section(IndexSection.CURSORS);
        long[] slots = HashSlots.of(index.cursors().size());
        index.cursors().forEach((source, state) -> {
            byte[] sourceUtf8 = source.getBytes(StandardCharsets.UTF_8);
            byte[] stateUtf8 = state.getBytes(StandardCharsets.UTF_8);
            HashSlots.add(slots, Utf8.hash(sourceUtf8), texts.lengthBytes());
            texts.u16(sourceUtf8.length);
            texts.u16(stateUtf8.length);
            texts.bytes(sourceUtf8);
            texts.bytes(stateUtf8);
        });
        section(IndexSection.CURSOR_SLOTS).u64s(slots);
    }

    private void offsets() {
        OffsetTable table = index.offsetTable();
        SectionWriter entries = section(IndexSection.OFFSETS);
        for (int i = 0; i < table.count(); i++) {
            entries.u32(table.relativeOffset(i));
            entries.u32(table.position(i));
        }
    }

    private IndexHeader header(SegmentHeader header, int names, List<Long> starts) {
        return new IndexHeader(
                header.logId(),
                header.base(),
                header.epoch(),
                index.coveredPosition(),
                index.oldestMillis(),
                index.newestMillis(),
                index.events(),
                index.sessionCount(),
                names,
                starts,
                0);
    }

    private static List<ByteBuffer> checksums(List<ByteBuffer> file, int seed) {
        SectionWriter sums = new SectionWriter();
        CRC32C crc = new CRC32C();
        int room = CheckedBlocks.BLOCK_BYTES;
        long block = 0;
        for (ByteBuffer part : file) {
            ByteBuffer left = part.duplicate();
            while (left.hasRemaining()) {
                int length = Math.min(room, left.remaining());
                crc.update(left.slice(left.position(), length));
                left.position(left.position() + length);
                room -= length;
                if (room == 0) {
                    sums.u32(CheckedBlocks.bind((int) crc.getValue(), seed, block++));
                    crc.reset();
                    room = CheckedBlocks.BLOCK_BYTES;
                }
            }
        }
        if (room < CheckedBlocks.BLOCK_BYTES) {
            sums.u32(CheckedBlocks.bind((int) crc.getValue(), seed, block));
        }
        return sums.finish();
    }
}
