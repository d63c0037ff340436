// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.nio.ByteBuffer;

/// The segment that grows: writes go one behind the other, and each is forced before the next begins. Owned by one
/// thread.
///
/// Small writes go into space that was filled with zeros beforehand: a force then has no block to allocate and
/// no length to change, which is half of what it costs. To a large write that is little, and zeros are as many
/// bytes again: it makes the file longer by itself. (docs/decisions, 14)
public final class ActiveSegment implements AutoCloseable {
    /// The first space, so that a log of ten events stays small.
    public static final int FIRST_BYTES = 64 << 10;
    /// A write of so much needs no space made beforehand.
    public static final int LARGE_WRITE_BYTES = 256 << 10;
    /// Zeros are written for as much again as small writes have filled in a row, up to steps of this.
    private static final int MOST_STEP_BYTES = 8 << 20;
    /// What disks allocate at the least: a file that ends where a block does costs no more room.
    private static final int BLOCK_BYTES = 4 << 10;

    private final SegmentHeader header;
    private final StoredFile file;
    private final long mostBytes;
    /// Up to here a write finds the space there is to be; behind the last write it is zeros.
    private long allocated;
    /// What small writes have come to since the last large one.
    private long smallInARow;

    private ActiveSegment(SegmentHeader header, StoredFile file, long mostBytes, long allocated) {
        this.header = header;
        this.file = file;
        this.mostBytes = mostBytes;
        this.allocated = allocated;
    }

    /// A file of no name that counts, which begins with so many zeros, all of them on disk.
    public record Space(StoredFile file, long bytes) {}

    /// Gives back room on the disk that was set aside.
    public interface Reserve {
        Reserve NONE = () -> false;

        /// @return false when nothing was set aside
        boolean release();
    }

    /// Makes a new segment file, durable with its name when this returns. A file of that name is replaced.
    ///
    /// @param frames to begin with; may be empty
    /// @param firstBytes how much space to begin with, if the file may grow as long
    /// @param mostBytes how long the file grows, but for a batch that is longer by itself
    public static ActiveSegment create(
            Storage storage, SegmentHeader header, FrameWriter frames, long firstBytes, long mostBytes)
            throws LogException {
        String making = SegmentName.inTheMaking(SegmentName.segment(header.base()));
        storage.delete(making);
        ActiveSegment segment = new ActiveSegment(header, storage.create(making), mostBytes, 0);
        return segment.named(storage, making, frames, firstBytes);
    }

    /// As [#create], in a file that is there already. It is closed when that fails.
    ///
    /// @param name of the file
    public static ActiveSegment createIn(
            Space space, String name, Storage storage, SegmentHeader header, FrameWriter frames, long mostBytes)
            throws LogException {
        ActiveSegment segment = new ActiveSegment(header, space.file, mostBytes, space.bytes);
        return segment.named(storage, name, frames, FIRST_BYTES);
    }

    /// Begins the file and gives it its name.
    private ActiveSegment named(Storage storage, String making, FrameWriter frames, long firstBytes)
            throws LogException {
        try {
            allocate(Math.max(Math.min(firstBytes, mostBytes), frames.position()));
            file.write(header.toBytes(), 0);
            file.write(frames.written(), SegmentHeader.FIRST_FRAME);
            file.force();
            // The content is forced before the name: a segment file that exists is whole.
            storage.rename(making, name());
            file.renamed(name());
            storage.forceDirectory();
            return this;
        } catch (LogException | RuntimeException | Error e) {
            closeAfter(e);
            throw e;
        }
    }

    /// Closes it because of a failure, which takes in the failure to close, if there is one.
    public void closeAfter(Throwable failure) {
        try {
            file.close();
        } catch (LogException e) {
            failure.addSuppressed(e);
        }
    }

    /// Opens a segment that was closed cleanly, to go on in it.
    public static ActiveSegment open(Storage storage, SegmentFile segment, long mostBytes) throws LogException {
        StoredFile file = storage.open(segment.name());
        return new ActiveSegment(segment.header(), file, mostBytes, segment.sizeBytes());
    }

    public SegmentHeader header() {
        return header;
    }

    public String name() {
        return SegmentName.segment(header.base());
    }

    /// Writes frames and returns once they are on disk.
    ///
    /// @param reserve to fall back on when the disk has no room for more space
    public void commit(FrameWriter frames, Reserve reserve) throws LogException {
        // With room for the mark that ends the segment: a disk that is full then is no reason not to.
        write(frames, frames.position() + FrameCursor.MARK_BYTES, reserve);
    }

    private void write(FrameWriter frames, long end, Reserve reserve) throws LogException {
        ByteBuffer bytes = frames.written();
        long start = frames.position() - bytes.remaining();
        boolean large = bytes.remaining() >= LARGE_WRITE_BYTES;
        smallInARow = large ? 0 : smallInARow + bytes.remaining();
        if (large && end > allocated) {
            writeBehind(bytes, start, end, reserve);
        } else {
            allocateFor(end, reserve);
            file.write(bytes, start);
        }
        file.force();
    }

    /// Writes from `start` on, beyond the end of the file, and zeros up to `end` or the end of a block. Once more
    /// when the reserve gave room back: the same bytes at the same place, and none is forced or counts before.
    private void writeBehind(ByteBuffer bytes, long start, long end, Reserve reserve) throws LogException {
        long blockEnd = (end + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
        try {
            file.write(bytes.duplicate(), start);
            Zeros.write(file, start + bytes.remaining(), blockEnd);
            allocated = blockEnd;
        } catch (LogException.Storage e) {
            if (!reserve.release()) {
                throw e;
            }
            writeBehind(bytes, start, end, Reserve.NONE);
        }
    }

    private void allocateFor(long end, Reserve reserve) throws LogException {
        if (end <= allocated) {
            return;
        }
        long step = Math.clamp(smallInARow, FIRST_BYTES, MOST_STEP_BYTES);
        long ahead = Math.max(Math.min(allocated + step, mostBytes), end);
        try {
            allocate(ahead);
        } catch (LogException.Storage e) {
            if (reserve.release()) {
                allocateFor(end, Reserve.NONE);
            } else {
                // No room ahead, and nothing depends on these zeros. The write that comes now will tell what is wrong.
                allocated = Math.max(allocated, end);
            }
        }
    }

    private void allocate(long end) throws LogException {
        while (allocated < end) {
            long chunkEnd = Math.min(allocated + Zeros.CHUNK_BYTES, end);
            Zeros.write(file, allocated, chunkEnd);
            allocated = chunkEnd;
        }
    }

    /// Writes a mark, [FrameType#CLOSE] or [FrameType#SEAL], and returns once it is on disk.
    public void mark(FrameType type, long position, long nextOffset) throws LogException {
        FrameWriter mark = new FrameWriter();
        mark.begin(header, position);
        mark.mark(type, nextOffset);
        write(mark, mark.position(), Reserve.NONE);
    }

    @Override
    public void close() throws LogException {
        file.close();
    }
}
