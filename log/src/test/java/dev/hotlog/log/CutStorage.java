// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// A storage whose process is killed before the n-th call that changes something.
final class CutStorage implements Storage {
    private final Storage storage;
    private int callsLeft;

    CutStorage(Storage storage, int calls) {
        this.storage = storage;
        this.callsLeft = calls;
    }

    private void change() throws LogException {
        if (--callsLeft <= 0) {
            throw new LogException.Storage("cut", new IOException("killed"));
        }
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
        change();
        return new CutFile(storage.create(name));
    }

    @Override
    public StoredFile open(String name) throws LogException {
        return new CutFile(storage.open(name));
    }

    @Override
    public void rename(String from, String to) throws LogException {
        change();
        storage.rename(from, to);
    }

    @Override
    public void moveAside(String name, String folder, String newName) throws LogException {
        change();
        storage.moveAside(name, folder, newName);
    }

    @Override
    public void keepAside(String name, String folder, String newName) throws LogException {
        change();
        storage.keepAside(name, folder, newName);
    }

    @Override
    public void delete(String name) throws LogException {
        change();
        storage.delete(name);
    }

    @Override
    public void forceDirectory() throws LogException {
        change();
        storage.forceDirectory();
    }

    @Override
    public MemorySegment map(String name) throws LogException {
        return storage.map(name);
    }

    @Override
    public long sizeBytes(String name) throws LogException {
        return storage.sizeBytes(name);
    }

    @Override
    public WriterLock lock() throws LogException {
        return storage.lock();
    }

    private final class CutFile implements StoredFile {
        private final StoredFile file;

        CutFile(StoredFile file) {
            this.file = file;
        }

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public long sizeBytes() throws LogException {
            return file.sizeBytes();
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws LogException {
            change();
            file.write(bytes, position);
        }

        @Override
        public void force() throws LogException {
            change();
            file.force();
        }

        @Override
        public void close() throws LogException {
            file.close();
        }
    }
}
