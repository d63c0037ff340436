// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A storage whose process is killed before the n-th call that changes something.
final class CutStorage extends PassingStorage {
    private int callsLeft;

    CutStorage(Storage storage, int calls) {
        super(storage);
        this.callsLeft = calls;
    }

    private void change() throws LogException {
        if (--callsLeft <= 0) {
            throw new LogException.Storage("cut", new IOException("killed"));
        }
    }

    @Override
    public StoredFile create(String name) throws LogException {
        change();
        return new CutFile(super.create(name));
    }

    @Override
    public void rename(String from, String to) throws LogException {
        change();
        super.rename(from, to);
    }

    @Override
    public void moveAside(String name, String folder, String newName) throws LogException {
        change();
        super.moveAside(name, folder, newName);
    }

    @Override
    public void keepAside(String name, String folder, String newName) throws LogException {
        change();
        super.keepAside(name, folder, newName);
    }

    @Override
    public void delete(String name) throws LogException {
        change();
        super.delete(name);
    }

    @Override
    public void forceDirectory() throws LogException {
        change();
        super.forceDirectory();
    }

    @Override
    public StoredFile open(String name) throws LogException {
        return new CutFile(super.open(name));
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
