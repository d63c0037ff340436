// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import dev.hotlog.event.LogException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// The files of an image for reading, with no copy made: what a test changes in them is seen at once. Whoever would
/// write is told that it cannot.
public final class ImageStorage implements Storage {
    private final DiskImage image;
    private final List<String> names;

    public ImageStorage(DiskImage image) {
        this.image = image;
        this.names = List.copyOf(image.files().keySet());
    }

    @Override
    public Path directory() {
        return Path.of("image");
    }

    @Override
    public List<String> list() {
        return names;
    }

    @Override
    public MemorySegment map(String name) throws LogException {
        // Not read-only, as a real map is: a checksum over a read-only buffer on the heap would copy it first.
        return MemorySegment.ofArray(existing(name));
    }

    @Override
    public long sizeBytes(String name) throws LogException {
        return existing(name).length;
    }

    private byte[] existing(String name) throws LogException {
        byte[] bytes = image.files().get(name);
        if (bytes == null) {
            throw new LogException.Storage("cannot read " + name, new NoSuchFileException(name));
        }
        return bytes;
    }

    private static LogException.Storage readOnly() {
        return new LogException.Storage("cannot write", new IOException("a reader must not"));
    }

    @Override
    public void createDirectory() throws LogException {
        throw readOnly();
    }

    @Override
    public StoredFile create(String name) throws LogException {
        throw readOnly();
    }

    @Override
    public StoredFile open(String name) throws LogException {
        throw readOnly();
    }

    @Override
    public void rename(String from, String to) throws LogException {
        throw readOnly();
    }

    @Override
    public String moveAside(String name, String folder, String newName) throws LogException {
        throw readOnly();
    }

    @Override
    public String keepAside(String name, String folder, String newName) throws LogException {
        throw readOnly();
    }

    @Override
    public void delete(String name) throws LogException {
        throw readOnly();
    }

    @Override
    public void forceDirectory() throws LogException {
        throw readOnly();
    }

    @Override
    public WriterLock lock() throws LogException {
        throw readOnly();
    }
}
