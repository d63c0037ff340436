// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// How fast can the disk take the same bytes, synced at the same moments, from a program that does nothing else?
///
/// The frames that a log has just written go into a file whose space was filled with zeros and forced before;
/// each group is one [FileChannel#write(ByteBuffer, long)] and one `force(false)`, which is an `fdatasync`. They
/// begin at the same place in a block as in the log. No index, no checks, no second thread. Timed: the writes and
/// syncs, nothing else, and the making of space only where that is said.
final class RawBaseline implements AutoCloseable {
    private static final int BLOCK_BYTES = 4 << 10;
    private static final int ZEROS_BYTES = 1 << 20;
    /// So much space is made at once by one that is timed while it makes it.
    private static final int SPACE_BYTES = 8 << 20;

    private static final Step SYNC = channel -> channel.force(false);
    private static final Step NOTHING = _ -> {};

    private final FileChannel channel;
    private final Grouping grouping;
    private final Step afterGroup;
    private final Step afterRun;
    private final boolean spaceTimed;
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_BYTES);
    private final Samples groupNanos = new Samples();
    private long end;
    private long spaceEnd;
    private long nanos;

    /// @param file to be made
    RawBaseline(Path file, SyncPlan plan) throws IOException {
        this(file, by(plan), SYNC, NOTHING, false);
    }

    private RawBaseline(Path file, Grouping grouping, Step afterGroup, Step afterRun, boolean spaceTimed)
            throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.grouping = grouping;
        this.afterGroup = afterGroup;
        this.afterRun = afterRun;
        this.spaceTimed = spaceTimed;
    }

    /// One that fills its space with zeros while its clock runs, some MiB ahead.
    static RawBaseline makingSpace(Path file, SyncPlan plan) throws IOException {
        return new RawBaseline(file, by(plan), SYNC, NOTHING, true);
    }

    /// One that leaves it to the system when its bytes go to disk, as far as its clock runs. They are forced while it
    /// stands, so that they do not weigh on the log's turn.
    static RawBaseline unsynced(Path file, SyncPlan plan) throws IOException {
        return new RawBaseline(file, by(plan), NOTHING, SYNC, false);
    }

    /// One that syncs behind the same frames as the log did, whatever made the log do so.
    static RawBaseline likeLog(Path file) throws IOException {
        return new RawBaseline(file, FrameRun::writeBytes, SYNC, NOTHING, false);
    }

    private static Grouping by(SyncPlan plan) {
        return run -> plan.groupBytes(run.lengths());
    }

    /// The lengths of the groups that frames are written in.
    private interface Grouping {
        int[] groupBytes(FrameRun run);
    }

    private interface Step {
        void run(FileChannel channel) throws IOException;
    }

    /// Writes frames behind those before. The last is the last of its group.
    void write(List<FrameRun> runs) throws IOException {
        for (FrameRun run : runs) {
            write(run.bytes(), run.start(), grouping.groupBytes(run), run.lengthBytes());
        }
    }

    private void write(ByteBuffer bytes, int first, int[] groups, int lengthBytes) throws IOException {
        long origin = (end + BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES;
        int placeInBlock = first % BLOCK_BYTES;
        end = origin + placeInBlock + lengthBytes;
        if (!spaceTimed) {
            fillTo(end);
            channel.force(true);
        }
        long toFile = origin + placeInBlock - first;
        int at = first;
        long start = System.nanoTime();
        long before = start;
        for (int length : groups) {
            if (toFile + at + length > spaceEnd) {
                fillTo(toFile + at + length + SPACE_BYTES);
            }
            writeFully(bytes.limit(at + length).position(at), toFile + at);
            afterGroup.run(channel);
            at += length;
            long now = System.nanoTime();
            groupNanos.add((double) (now - before));
            before = now;
        }
        nanos += before - start;
        afterRun.run(channel);
    }

    private void fillTo(long to) throws IOException {
        for (; spaceEnd < to; spaceEnd += zeros.limit()) {
            writeFully(zeros.position(0).limit((int) Math.min(ZEROS_BYTES, to - spaceEnd)), spaceEnd);
        }
    }

    private void writeFully(ByteBuffer bytes, long position) throws IOException {
        for (long at = position; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
    }

    /// What all writes and syncs have taken.
    long nanos() {
        return nanos;
    }

    /// What each group has taken.
    Samples groupNanos() {
        return groupNanos;
    }

    int syncs() {
        return groupNanos.count();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
