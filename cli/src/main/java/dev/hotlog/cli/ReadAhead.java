// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads a stream in a thread of its own, so that who waits for more can be called away: nothing ends a read that waits
/// for another process, and that process may be waiting for an answer that never comes.
final class ReadAhead extends InputStream {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int LOOKS_UP_EVERY_MILLIS = 100;

    private final InputStream in;
    private final Check check;
    private final BlockingQueue<Chunk> read = new ArrayBlockingQueue<>(1);
    private Chunk chunk = new Chunk(new byte[0], 0, null);
    private int taken;

    /// Throws when there is no point in waiting any longer.
    interface Check {
        void run() throws IOException;
    }

    /// @param length -1 at the end
    /// @param failure why there will be no more, if the stream does not just end
    @SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
    private record Chunk(byte[] bytes, int length, @Nullable IOException failure) {
        boolean isLast() {
            return length < 0;
        }
    }

    private ReadAhead(InputStream in, Check check) {
        this.in = in;
        this.check = check;
    }

    /// @param check run now and then while nothing comes
    static ReadAhead of(InputStream in, Check check) {
        ReadAhead started = new ReadAhead(in, check);
        Thread.ofPlatform().name("read-ahead").daemon().start(started::readAll);
        return started;
    }

    private void readAll() {
        try {
            Chunk next;
            do {
                next = readChunk();
                read.put(next);
            } while (!next.isLast());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Chunk readChunk() {
        byte[] bytes = new byte[CHUNK_BYTES];
        try {
            return new Chunk(bytes, in.read(bytes), null);
        } catch (IOException e) {
            return new Chunk(bytes, -1, e);
        } catch (RuntimeException e) {
            // Ours to mend; but the other thread must not wait for what never comes.
            return new Chunk(bytes, -1, new IOException("reading failed: " + e, e));
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int start, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (taken == chunk.length()) {
            chunk = next();
            taken = 0;
        }
        if (chunk.isLast()) {
            IOException failure = chunk.failure();
            if (failure != null) {
                throw failure;
            }
            return -1;
        }
        int count = Math.min(length, chunk.length() - taken);
        System.arraycopy(chunk.bytes(), taken, into, start, count);
        taken += count;
        return count;
    }

    private Chunk next() throws IOException {
        try {
            while (true) {
                Chunk next = read.poll(LOOKS_UP_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    return next;
                }
                check.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
