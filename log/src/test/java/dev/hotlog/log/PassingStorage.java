// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// A storage that does what another does, for tests to change.
class PassingStorage implements Storage {
    private final Storage storage;

    PassingStorage(Storage storage) {
        this.storage = storage;
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
    public void moveAside(String name, String folder, String newName) throws LogException {
        storage.moveAside(name, folder, newName);
    }

    @Override
    public void keepAside(String name, String folder, String newName) throws LogException {
        storage.keepAside(name, folder, newName);
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
    public MemorySegment map(String name) throws LogException {
        return storage.map(name);
    }

    @Override
    public void read(String name, ByteBuffer into, long position) throws LogException {
        storage.read(name, into, position);
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
