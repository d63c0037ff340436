// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A folder of arrays that several threads read and write with nothing between them, as processes do with the page
/// cache: a write becomes visible in any order and any pieces. Files do not grow.
final class HeapStorage implements Storage {
    private final Map<String, byte[]> files;

    HeapStorage(Map<String, byte[]> files) {
        this.files = new TreeMap<>(files);
    }

    @Override
    public Path directory() {
        return Path.of("heap");
    }

    @Override
    public List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public MemorySegment map(String name) throws LogException {
        return MemorySegment.ofArray(bytes(name)).asReadOnly();
    }

    private byte[] bytes(String name) throws LogException {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new LogException.Storage("cannot read " + name, new NoSuchFileException(name));
        }
        return bytes;
    }

    @Override
    public long sizeBytes(String name) throws LogException {
        return bytes(name).length;
    }

    @Override
    public StoredFile open(String name) throws LogException {
        byte[] bytes = bytes(name);
        return new StoredFile() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void renamed(String to) {}

            @Override
            public long sizeBytes() {
                return bytes.length;
            }

            @Override
            public void write(ByteBuffer from, long position) {
                MemorySegment.copy(
                        MemorySegment.ofBuffer(from),
                        ValueLayout.JAVA_BYTE,
                        0,
                        MemorySegment.ofArray(bytes),
                        ValueLayout.JAVA_BYTE,
                        position,
                        from.remaining());
            }

            @Override
            public void force() {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void createDirectory() {}

    @Override
    public StoredFile create(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rename(String from, String to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String moveAside(String name, String folder, String newName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String keepAside(String name, String folder, String newName) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void forceDirectory() {}

    @Override
    public WriterLock lock() throws LogException {
        throw new LogException.Locked(directory(), "nobody");
    }
}
