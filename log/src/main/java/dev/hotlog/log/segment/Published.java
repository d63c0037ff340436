// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.Bytes;
import dev.hotlog.log.format.Pages;
import dev.hotlog.log.storage.ProcessStart;
import dev.hotlog.log.storage.ReadableStorage;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/// How far the log can be read, for readers in other processes: the small file `published`, written over after
/// every force, and itself forced only when a writer opens the log. It holds nothing that the segments do not;
/// without it readers look for the end themselves. (docs/format.md, Published)
///
/// @param base of the active segment
/// @param epoch of that file
/// @param position in it, up to which everything is on disk
/// @param nextOffset the offset that the next event takes
/// @param writerPid the writing process; 0 when it has closed the log
/// @param writerStart when that process began, by [ProcessStart]
public record Published(long base, long epoch, long position, long nextOffset, long writerPid, long writerStart) {
    public static final String NAME = "published";

    // Where the fields lie. (docs/format.md, Published)
    private static final int BASE = 0;
    private static final int EPOCH = 8;
    private static final int POSITION = 16;
    private static final int NEXT_OFFSET = 24;
    private static final int WRITER_PID = 32;
    private static final int WRITER_START = 40;
    private static final int CRC = 56;
    static final int BYTES = 64;

    private static final long PID = ProcessHandle.current().pid();

    private static final MemorySegment NOTHING =
            MemorySegment.ofArray(new byte[BYTES]).asReadOnly();

    // As in any record, written out as in [dev.hotlog.event.Kind]: each reader asks it.

    @Override
    public boolean equals(Object other) {
        return other instanceof Published same
                && base == same.base
                && epoch == same.epoch
                && position == same.position
                && nextOffset == same.nextOffset
                && writerPid == same.writerPid
                && writerStart == same.writerStart;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(base + position);
    }

    /// Whether the process that wrote this runs on this machine: then what lies behind `position` is not yet on disk.
    public boolean isWriterAlive() {
        if (writerPid <= 0) {
            return false; // Nobody's, which need not be asked for.
        }
        return ProcessHandle.of(writerPid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> ProcessStart.isOf(process, writerStart))
                .isPresent();
    }

    /// Whether the writer closed the log there: its closing mark was forced before this was written.
    public boolean isClosedAt(long end) {
        return writerPid == 0 && position == end;
    }

    /// Whether this speaks of that very file.
    public boolean isOf(SegmentFile segment) {
        return base == segment.base() && epoch == segment.header().epoch();
    }

    /// What the log's `published` says now; empty when there is none, or it is of no use.
    public static Optional<Published> find(ReadableStorage storage) throws LogException {
        return storage.has(NAME) ? read(storage.map(NAME)) : Optional.empty();
    }

    /// What a mapped `published` says now; empty when it is torn or of no use, which a second look may mend.
    public static Optional<Published> read(MemorySegment file) {
        if (!isThere(file)) {
            return Optional.empty();
        }
        // A copy first: the writer may be writing.
        byte[] copy = new byte[BYTES];
        MemorySegment bytes = MemorySegment.ofArray(copy);
        MemorySegment.copy(file, 0, bytes, 0, BYTES);
        if (bytes.get(Bytes.U32, CRC) != crcOf(bytes)) {
            return Optional.empty();
        }
        return Optional.of(new Published(
                bytes.get(Bytes.U64, BASE),
                bytes.get(Bytes.U64, EPOCH),
                bytes.get(Bytes.U64, POSITION),
                bytes.get(Bytes.U64, NEXT_OFFSET),
                bytes.get(Bytes.U64, WRITER_PID),
                bytes.get(Bytes.U64, WRITER_START)));
    }

    /// Whether nothing was ever written to a mapped `published`, or a power cut lost it: no second look mends that,
    /// but the writer's next word.
    static boolean isBlank(MemorySegment file) {
        return !isThere(file) || file.asSlice(0, BYTES).mismatch(NOTHING) < 0;
    }

    private static boolean isThere(MemorySegment file) {
        return file.byteSize() >= BYTES && Pages.areReadable(file, 0, BYTES);
    }

    /// Whether a mapped `published` still names that file and that position; costs three reads. Each number is read at
    /// once, so that an answer of yes needs no checksum.
    static boolean isStillAt(MemorySegment file, SegmentFile segment, long position) {
        return file.byteSize() >= BYTES
                && file.get(Bytes.U64, POSITION) == position
                && file.get(Bytes.U64, EPOCH) == segment.header().epoch()
                && file.get(Bytes.U64, BASE) == segment.base();
    }

    private static int crcOf(MemorySegment bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.asSlice(0, CRC).asByteBuffer());
        // Never 0, so that a file of zeros is of no use.
        return (int) crc.getValue() | 1;
    }

    /// The file, as the writer holds it. For one thread.
    public static final class File implements AutoCloseable {
        private final StoredFile file;
        private final MemorySegment bytes = Arena.ofAuto().allocate(BYTES, Bytes.ALIGNMENT);
        private final ByteBuffer view = bytes.asByteBuffer();
        private final CRC32C crc = new CRC32C();

        private File(StoredFile file) {
            this.file = file;
        }

        /// @throws LogException.UnsupportedFormat when a longer file has that name: it is not ours
        public static File open(Storage storage) throws LogException {
            boolean exists = storage.has(NAME);
            if (exists && storage.sizeBytes(NAME) > BYTES) {
                throw new LogException.UnsupportedFormat(
                        storage.directory().resolve(NAME) + " is not hotlog's: this folder is not a log's");
            }
            return new File(exists ? storage.open(NAME) : storage.create(NAME));
        }

        /// Tells readers. Costs one small write and no allocation.
        public void write(long base, long epoch, long position, long nextOffset) throws LogException {
            write(base, epoch, position, nextOffset, PID, ProcessStart.self());
        }

        /// Returns once what was written is on disk: nothing older comes back.
        public void force() throws LogException {
            file.force();
        }

        /// Tells readers that nobody writes any more.
        public void writeClosed(long base, long epoch, long position, long nextOffset) throws LogException {
            write(base, epoch, position, nextOffset, 0, 0);
        }

        private void write(long base, long epoch, long position, long nextOffset, long byPid, long byStart)
                throws LogException {
            bytes.set(Bytes.U64, BASE, base);
            bytes.set(Bytes.U64, EPOCH, epoch);
            bytes.set(Bytes.U64, POSITION, position);
            bytes.set(Bytes.U64, NEXT_OFFSET, nextOffset);
            bytes.set(Bytes.U64, WRITER_PID, byPid);
            bytes.set(Bytes.U64, WRITER_START, byStart);
            crc.reset();
            crc.update(view.limit(CRC).position(0));
            bytes.set(Bytes.U32, CRC, (int) crc.getValue() | 1);
            file.write(view.limit(BYTES).position(0), 0);
        }

        @Override
        public void close() throws LogException {
            file.close();
        }
    }
}
