// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.recovery;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.ReadableStorage;
import dev.hotlog.log.storage.RefusedRead;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/// A storage whose maps are safe to read on a disk that refuses sectors: every file is read by calls first, which also
/// brings it into memory. What the disk refuses reads as zeros, and is remembered. A call that fails for any other
/// reason tells nothing of the bytes, and goes to the caller.
final class ProbedStorage implements ReadableStorage {
    private static final int READ_BYTES = 1 << 20;
    /// What is given up at once: no disk refuses less.
    private static final int BLOCK_BYTES = 1 << 12;

    private final ReadableStorage storage;
    private final LongConsumer bytesRead;
    private final Map<String, List<Refusal>> refusals = new TreeMap<>();
    /// As long as the longest file so far, up to [#READ_BYTES].
    private ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK_BYTES);

    /// @param bytesRead is told of so many bytes more
    ProbedStorage(ReadableStorage storage, LongConsumer bytesRead) {
        this.storage = storage;
        this.bytesRead = bytesRead;
    }

    @Override
    public MemorySegment map(String name) throws LogException {
        refusals.remove(name);
        MemorySegment mapped = storage.map(name);
        long size = mapped.byteSize();
        if (size > buffer.capacity() && buffer.capacity() < READ_BYTES) {
            buffer = ByteBuffer.allocateDirect((int) Math.min(READ_BYTES, size));
        }
        for (long at = 0; at < size; at += READ_BYTES) {
            int length = (int) Math.min(READ_BYTES, size - at);
            try {
                read(name, at, length);
            } catch (RefusedRead _) {
                return readable(name, size); // Block by block, so that no more is given up than must be.
            }
            bytesRead.accept(length);
        }
        return mapped;
    }

    private void read(String name, long position, int lengthBytes) throws LogException, RefusedRead {
        storage.read(name, buffer.clear().limit(lengthBytes), position);
    }

    private MemorySegment readable(String name, long size) throws LogException {
        MemorySegment copy = Arena.ofAuto().allocate(size, Long.BYTES);
        for (long at = 0; at < size; at += BLOCK_BYTES) {
            int length = (int) Math.min(BLOCK_BYTES, size - at);
            try {
                read(name, at, length);
                MemorySegment.copy(MemorySegment.ofBuffer(buffer.flip()), 0, copy, at, length);
            } catch (RefusedRead e) {
                refused(new Refusal(name, at, at + length, String.valueOf(e.getMessage())));
            }
        }
        return copy;
    }

    private void refused(Refusal block) {
        List<Refusal> ofFile = refusals.computeIfAbsent(block.file(), _ -> new ArrayList<>());
        if (!ofFile.isEmpty() && ofFile.getLast().to() == block.from()) {
            block = new Refusal(block.file(), ofFile.removeLast().from(), block.to(), block.reason());
        }
        ofFile.add(block);
    }

    /// What could not be read of a file when it was mapped last, in order.
    List<Refusal> refusals(String name) {
        return List.copyOf(refusals.getOrDefault(name, List.of()));
    }

    /// What could not be read of all files.
    List<Refusal> refusals() {
        return refusals.values().stream().flatMap(Collection::stream).toList();
    }

    /// Reads again what was refused of a file: nothing that the disk can give is to be given up.
    ///
    /// @throws LogException.Storage when it gives any of it now
    void confirmRefusals(String name) throws LogException {
        for (Refusal refusal : refusals(name)) {
            for (long at = refusal.from(); at < refusal.to(); at += BLOCK_BYTES) {
                confirm(refusal, at, (int) Math.min(BLOCK_BYTES, refusal.to() - at));
            }
        }
    }

    private void confirm(Refusal refusal, long position, int lengthBytes) throws LogException {
        try {
            read(refusal.file(), position, lengthBytes);
        } catch (RefusedRead _) {
            return;
        }
        throw new LogException.Storage(
                "cannot repair " + directory().resolve(refusal.file()),
                new IOException("position " + position + " can be read now, and could not before (" + refusal.reason()
                        + "); try again"));
    }

    @Override
    public Path directory() {
        return storage.directory();
    }

    @Override
    public List<String> list() throws LogException {
        return storage.list();
    }

    @Override
    public boolean has(String name) throws LogException {
        return storage.has(name);
    }
}
