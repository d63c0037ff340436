// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameType;
import dev.hotlog.log.format.FrameWriter;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.nio.ByteBuffer;

/// The segment that grows: writes go one behind the other into space that was filled with zeros beforehand, and each is
/// forced before the next begins. Owned by one thread.
///
/// Zeros are written ahead because a force then has no block to allocate and no length to change: half the cost.
public final class ActiveSegment implements AutoCloseable {
    /// The first space, so that a log of ten events stays small.
    public static final int FIRST_BYTES = 64 << 10;
    /// Space is doubled up to steps of this, about a second's worth of writing at full speed.
    private static final int MOST_STEP_BYTES = 8 << 20;

    private static final int ZEROS_BYTES = 256 << 10;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(ZEROS_BYTES);

    private final SegmentHeader header;
    private final StoredFile file;
    private final long mostBytes;
    private long allocated;

    private ActiveSegment(SegmentHeader header, StoredFile file, long mostBytes, long allocated) {
        this.header = header;
        this.file = file;
        this.mostBytes = mostBytes;
        this.allocated = allocated;
    }

    /// Makes a new segment file, durable with its name when this returns. A file of that name is replaced.
    ///
    /// @param frames to begin with; may be empty
    /// @param firstBytes how much space to begin with, if the file may grow as long
    /// @param mostBytes how long the file grows, but for a batch that is longer by itself
    public static ActiveSegment create(
            Storage storage, SegmentHeader header, FrameWriter frames, long firstBytes, long mostBytes)
            throws LogException {
        String name = SegmentName.segment(header.base());
        String making = SegmentName.inTheMaking(name);
        storage.delete(making);
        StoredFile file = storage.create(making);
        ActiveSegment segment = new ActiveSegment(header, file, mostBytes, 0);
        try {
            segment.allocate(Math.max(Math.min(firstBytes, mostBytes), frames.position()));
            file.write(header.toBytes(), 0);
            file.write(frames.written(), SegmentHeader.FIRST_FRAME);
            file.force();
            // The content is forced before the name: a segment file that exists is whole.
            storage.rename(making, name);
            storage.forceDirectory();
            return segment;
        } catch (LogException e) {
            segment.closeAfter(e);
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
    public void commit(FrameWriter frames) throws LogException {
        ByteBuffer bytes = frames.written();
        long position = frames.position() - bytes.remaining();
        if (frames.position() > allocated) {
            allocateFor(frames.position());
        }
        file.write(bytes, position);
        file.force();
    }

    private void allocateFor(long end) throws LogException {
        long step = Math.clamp(allocated, FIRST_BYTES, MOST_STEP_BYTES);
        long ahead = Math.min(allocated + step, mostBytes);
        try {
            allocate(Math.max(ahead, end));
        } catch (LogException.Storage e) {
            if (end > allocated + ZEROS_BYTES) {
                throw e;
            }
            // No room ahead, and nothing depends on these zeros. The write that comes now will tell what is wrong.
            allocated = end;
        }
    }

    private void allocate(long end) throws LogException {
        while (allocated < end) {
            int length = (int) Math.min(ZEROS_BYTES, end - allocated);
            file.write(ZEROS.duplicate().limit(length), allocated);
            allocated += length;
        }
    }

    /// Writes a mark, [FrameType#CLOSE] or [FrameType#SEAL], and returns once it is on disk.
    public void mark(FrameType type, long position, long nextOffset) throws LogException {
        FrameWriter mark = new FrameWriter();
        mark.begin(header, position);
        mark.mark(type, nextOffset);
        commit(mark);
    }

    @Override
    public void close() throws LogException {
        file.close();
    }
}
