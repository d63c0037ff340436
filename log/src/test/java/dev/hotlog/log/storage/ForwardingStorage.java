// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import dev.hotlog.event.LogException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// Hands everything on to another storage; for tests that come between a log and its disk.
public class ForwardingStorage implements Storage {
    private final Storage to;

    public ForwardingStorage(Storage to) {
        this.to = to;
    }

    @Override
    public Path directory() {
        return to.directory();
    }

    @Override
    public void createDirectory() throws LogException {
        to.createDirectory();
    }

    @Override
    public List<String> list() throws LogException {
        return to.list();
    }

    @Override
    public StoredFile create(String name) throws LogException {
        return to.create(name);
    }

    @Override
    public StoredFile open(String name) throws LogException {
        return to.open(name);
    }

    @Override
    public void rename(String from, String target) throws LogException {
        to.rename(from, target);
    }

    @Override
    public String moveAside(String name, String folder, String newName) throws LogException {
        return to.moveAside(name, folder, newName);
    }

    @Override
    public String keepAside(String name, String folder, String newName) throws LogException {
        return to.keepAside(name, folder, newName);
    }

    @Override
    public void delete(String name) throws LogException {
        to.delete(name);
    }

    @Override
    public void forceDirectory() throws LogException {
        to.forceDirectory();
    }

    @Override
    public MemorySegment map(String name) throws LogException {
        return to.map(name);
    }

    @Override
    public void read(String name, ByteBuffer into, long position) throws LogException, RefusedRead {
        to.read(name, into, position);
    }

    @Override
    public long sizeBytes(String name) throws LogException {
        return to.sizeBytes(name);
    }

    @Override
    public WriterLock lock() throws LogException {
        return to.lock();
    }

    /// As [ForwardingStorage], for a file.
    public static class ForwardingFile implements StoredFile {
        private final StoredFile to;

        public ForwardingFile(StoredFile to) {
            this.to = to;
        }

        @Override
        public String name() {
            return to.name();
        }

        @Override
        public void renamed(String name) {
            to.renamed(name);
        }

        @Override
        public long sizeBytes() throws LogException {
            return to.sizeBytes();
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws LogException {
            to.write(bytes, position);
        }

        @Override
        public void force() throws LogException {
            to.force();
        }

        @Override
        public void close() throws LogException {
            to.close();
        }
    }
}
