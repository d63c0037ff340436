// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import dev.hotlog.event.LogException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// A file on a real disk, written through its channel: an error is an exception, never a signal.
final class DiskFile implements StoredFile {
    private Path file;
    private final FileChannel channel;

    DiskFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    @Override
    public String name() {
        return file.getFileName().toString();
    }

    @Override
    public void renamed(String name) {
        file = file.resolveSibling(name);
    }

    @Override
    public long sizeBytes() throws LogException {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new LogException.Storage("cannot tell the length of " + file, e);
        }
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws LogException {
        try {
            for (long at = position; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            throw new LogException.Storage("cannot write to " + file, e);
        }
    }

    @Override
    public void force() throws LogException {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw new LogException.Storage("cannot sync " + file, e);
        }
    }

    @Override
    public void close() throws LogException {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LogException.Storage("cannot close " + file, e);
        }
    }
}
