// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import dev.hotlog.event.LogException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A folder on a real disk.
public final class DiskStorage implements Storage {
    private final Path directory;

    public DiskStorage(Path directory) {
        this.directory = directory.toAbsolutePath().normalize();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void createDirectory() throws LogException {
        try {
            DurableFolder.create(directory);
        } catch (IOException e) {
            throw new LogException.Storage("cannot make the folder " + directory, e);
        }
    }

    @Override
    public List<String> list() throws LogException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, DiskStorage::mayBeFile)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw new LogException.Storage("cannot list " + directory, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw new LogException.Storage("cannot list " + directory, e);
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    @Override
    public boolean has(String name) {
        return mayBeFile(directory.resolve(name));
    }

    /// One that cannot be looked at counts as a file: a segment must not be taken for missing because of that, and
    /// whoever opens it is told.
    private static boolean mayBeFile(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).isRegularFile();
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Override
    public StoredFile create(String name) throws LogException {
        Path file = directory.resolve(name);
        try {
            return new DiskFile(
                    file,
                    FileChannel.open(
                            file,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            DurableFolder.privately("rw-------")));
        } catch (IOException e) {
            throw new LogException.Storage("cannot make " + file, e);
        }
    }

    @Override
    public StoredFile open(String name) throws LogException {
        Path file = directory.resolve(name);
        try {
            return new DiskFile(file, FileChannel.open(file, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new LogException.Storage("cannot open " + file + " for writing", e);
        }
    }

    @Override
    public void rename(String from, String to) throws LogException {
        try {
            Files.move(
                    directory.resolve(from),
                    directory.resolve(to),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LogException.Storage("cannot rename " + directory.resolve(from) + " to " + to, e);
        }
    }

    @Override
    public String moveAside(String name, String folder, String newName) throws LogException {
        return new AsideFolder(directory, folder).move(name, newName);
    }

    @Override
    public String keepAside(String name, String folder, String newName) throws LogException {
        return new AsideFolder(directory, folder).keep(name, newName);
    }

    @Override
    public void delete(String name) throws LogException {
        try {
            Files.deleteIfExists(directory.resolve(name));
        } catch (IOException e) {
            throw new LogException.Storage("cannot delete " + directory.resolve(name), e);
        }
    }

    @Override
    public void forceDirectory() throws LogException {
        try {
            DurableFolder.force(directory);
        } catch (IOException e) {
            throw new LogException.Storage("cannot sync the folder " + directory, e);
        }
    }

    @Override
    public MemorySegment map(String name) throws LogException {
        Path file = directory.resolve(name);
        try {
            return undisturbed(() -> map(file));
        } catch (IOException e) {
            throw new LogException.Storage("cannot read " + file, e);
        }
    }

    private static MemorySegment map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            // The collector unmaps it once nobody refers to it, so no reader can touch memory that is gone.
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        }
    }

    @Override
    public void read(String name, ByteBuffer into, long position) throws LogException, RefusedRead {
        Path file = directory.resolve(name);
        int start = into.position();
        try {
            undisturbed(() -> read(file, into.position(start), position));
        } catch (RefusedRead e) {
            throw e;
        } catch (IOException e) {
            throw new LogException.Storage("cannot read " + file, e);
        }
    }

    private static ByteBuffer read(Path file, ByteBuffer into, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = position; into.hasRemaining(); ) {
                int read = readSome(channel, into, at);
                if (read < 0) {
                    throw new EOFException("the file ends at " + at);
                }
                at += read;
            }
            return into;
        }
    }

    private static int readSome(FileChannel channel, ByteBuffer into, long position) throws IOException {
        try {
            return channel.read(into, position);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            throw new RefusedRead(e);
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    /// Appenders and readers read files in threads that anyone may interrupt, which would close the channel.
    private static <T> T undisturbed(Reading<T> reading) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return reading.read();
                } catch (ClosedByInterruptException _) {
                    // It came in between: once more, without the flag.
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public long sizeBytes(String name) throws LogException {
        try {
            return Files.size(directory.resolve(name));
        } catch (IOException e) {
            throw new LogException.Storage("cannot read " + directory.resolve(name), e);
        }
    }

    @Override
    public WriterLock lock() throws LogException {
        return DiskLock.take(directory);
    }
}
