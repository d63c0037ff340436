// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// How fast can many threads have frames synced that wait for each, in a program that does nothing else? One thread
/// takes all frames there are, writes them behind one another and syncs once, and lets go whose they were, one after
/// the other. Beside the disk, what it takes is what the system takes to let threads wait and to wake them.
///
/// The space was filled with zeros and forced before.
final class RawGroupCommit implements AutoCloseable {
    private static final int MOST_GROUP_BYTES = 1 << 20;

    private final FileChannel channel;
    private final Queue<Waiting> arrived = new ConcurrentLinkedQueue<>();
    private final Thread writer = new Thread(this::work, "raw-writer");
    private volatile boolean ended;
    private volatile @Nullable IOException failure;
    private long end;

    /// @param spaceBytes that will be written, or more
    RawGroupCommit(Path file, long spaceBytes) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        ByteBuffer zeros = ByteBuffer.allocateDirect(MOST_GROUP_BYTES);
        for (long at = 0; at < spaceBytes; at += MOST_GROUP_BYTES) {
            writeFully(zeros.clear(), at);
        }
        channel.force(true);
        writer.start();
    }

    private static final class Waiting {
        private final ByteBuffer frame;
        private final Thread thread = Thread.currentThread();
        private volatile boolean synced;

        Waiting(ByteBuffer frame) {
            this.frame = frame;
        }
    }

    /// Returns once the frame is on disk.
    void write(ByteBuffer frame) throws IOException {
        Waiting waiting = new Waiting(frame);
        arrived.add(waiting);
        LockSupport.unpark(writer);
        while (!waiting.synced) {
            IOException failed = failure;
            if (failed != null) {
                throw new IOException("the raw writer failed", failed);
            }
            LockSupport.park(this);
        }
    }

    private void work() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(MOST_GROUP_BYTES);
        List<Waiting> group = new ArrayList<>();
        while (!ended) {
            for (Waiting next = arrived.poll(); next != null; next = arrived.poll()) {
                group.add(next);
                bytes.put(next.frame);
            }
            if (group.isEmpty()) {
                LockSupport.park(this);
                continue;
            }
            boolean synced = sync(bytes.flip());
            bytes.clear();
            for (Waiting let : group) {
                let.synced = synced;
                LockSupport.unpark(let.thread);
            }
            group.clear();
        }
    }

    private boolean sync(ByteBuffer bytes) {
        try {
            int length = bytes.remaining();
            writeFully(bytes, end);
            channel.force(false);
            end += length;
        } catch (IOException e) {
            failure = e;
        }
        return failure == null;
    }

    private void writeFully(ByteBuffer bytes, long position) throws IOException {
        for (long at = position; bytes.hasRemaining(); ) {
            at += channel.write(bytes, at);
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        LockSupport.unpark(writer);
        try {
            writer.join();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
        channel.close();
    }
}
