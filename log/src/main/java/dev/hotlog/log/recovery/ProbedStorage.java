// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/// A storage whose maps are safe to read on a disk that refuses sectors: every file is read by calls first, which also
/// brings it into memory. What the disk refuses reads as zeros, which are damage like any other.
final class ProbedStorage implements Storage {
    private static final int READ_BYTES = 1 << 20;
    /// What is given up at once: no disk refuses less.
    private static final int BLOCK_BYTES = 1 << 12;

    private final Storage storage;
    private final LongConsumer bytesRead;
    /// As long as the longest file so far, up to [#READ_BYTES].
    private ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK_BYTES);

    /// @param bytesRead is told of so many bytes more
    ProbedStorage(Storage storage, LongConsumer bytesRead) {
        this.storage = storage;
        this.bytesRead = bytesRead;
    }

    @Override
    public MemorySegment map(String name) throws LogException {
        MemorySegment mapped = storage.map(name);
        long size = mapped.byteSize();
        if (size > buffer.capacity() && buffer.capacity() < READ_BYTES) {
            buffer = ByteBuffer.allocateDirect((int) Math.min(READ_BYTES, size));
        }
        for (long at = 0; at < size; at += READ_BYTES) {
            int length = (int) Math.min(READ_BYTES, size - at);
            if (!canRead(name, at, length)) {
                return readable(name, size);
            }
            bytesRead.accept(length);
        }
        return mapped;
    }

    private boolean canRead(String name, long position, int lengthBytes) {
        try {
            storage.read(name, buffer.clear().limit(lengthBytes), position);
            return true;
        } catch (LogException _) {
            return false; // Told as damage of the bytes that are not there.
        }
    }

    private MemorySegment readable(String name, long size) {
        MemorySegment copy = Arena.ofAuto().allocate(size, Long.BYTES);
        for (long at = 0; at < size; at += BLOCK_BYTES) {
            int length = (int) Math.min(BLOCK_BYTES, size - at);
            if (canRead(name, at, length)) {
                MemorySegment.copy(MemorySegment.ofBuffer(buffer.flip()), 0, copy, at, length);
            }
        }
        return copy;
    }

    @Override
    public Path directory() {
        return storage.directory();
    }

    @Override
    public void createDirectory() throws LogException {
        storage.createDirectory();
    }

    @Override
    public List<String> list() throws LogException {
        return storage.list();
    }

    @Override
    public StoredFile create(String name) throws LogException {
        return storage.create(name);
    }

    @Override
    public StoredFile open(String name) throws LogException {
        return storage.open(name);
    }

    @Override
    public void rename(String from, String to) throws LogException {
        storage.rename(from, to);
    }

    @Override
    public String moveAside(String name, String folder, String newName) throws LogException {
        return storage.moveAside(name, folder, newName);
    }

    @Override
    public String keepAside(String name, String folder, String newName) throws LogException {
        return storage.keepAside(name, folder, newName);
    }

    @Override
    public void delete(String name) throws LogException {
        storage.delete(name);
    }

    @Override
    public void forceDirectory() throws LogException {
        storage.forceDirectory();
    }

    @Override
    public long sizeBytes(String name) throws LogException {
        return storage.sizeBytes(name);
    }

    @Override
    public WriterLock lock() throws LogException {
        return storage.lock();
    }
}
