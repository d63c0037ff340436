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
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A folder on a real disk.
public final class DiskStorage implements Storage {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

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
            createDirectory(directory);
        } catch (IOException e) {
            throw new LogException.Storage("cannot make the folder " + directory, e);
        }
    }

    private static void createDirectory(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent == null) {
            return;
        }
        if (Files.isDirectory(folder)) {
            forceIfAllowed(parent);
            return;
        }
        createDirectory(parent);
        try {
            Files.createDirectory(folder, privately("rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        forceDirectory(parent);
    }

    /// A folder that is there may have been made by one who was killed before its name was forced. Others' folders,
    /// such as `/home`, may not be opened, but they are not new.
    private static void forceIfAllowed(Path folder) throws IOException {
        try {
            forceDirectory(folder);
        } catch (AccessDeniedException _) {
            return;
        }
    }

    private static FileAttribute<?>[] privately(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
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
                            privately("rw-------")));
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
        Path file = directory.resolve(name);
        Path aside = directory.resolve(folder);
        try {
            Files.createDirectories(aside, privately("rwx------"));
            String free = freeName(file, aside, newName);
            Files.move(file, aside.resolve(free), StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(file); // To move a file onto a second name of its own does nothing.
            forceDirectory(aside);
            forceDirectory(directory);
            return free;
        } catch (IOException e) {
            throw new LogException.Storage("cannot move " + file + " into " + aside, e);
        }
    }

    private static String freeName(Path file, Path aside, String name) {
        return FreeName.of(name, tried -> {
            Path there = aside.resolve(tried);
            return Files.exists(there) && !haveSameBytes(there, file);
        });
    }

    private static boolean haveSameBytes(Path one, Path other) {
        try {
            return Files.mismatch(one, other) < 0;
        } catch (IOException _) {
            return false; // What cannot be read is not known to be the same.
        }
    }

    @Override
    public String keepAside(String name, String folder, String newName) throws LogException {
        Path file = directory.resolve(name);
        Path aside = directory.resolve(folder);
        try {
            Files.createDirectories(aside, privately("rwx------"));
            String free = freeName(file, aside, newName);
            Path second = aside.resolve(free);
            if (!Files.exists(second)) {
                try {
                    Files.createLink(second, file);
                } catch (UnsupportedOperationException | FileSystemException _) {
                    copy(file, second); // A file system without second names, such as FAT.
                }
            }
            forceDirectory(aside);
            forceDirectory(directory);
            return free;
        } catch (IOException e) {
            throw new LogException.Storage("cannot keep " + file + " in " + aside, e);
        }
    }

    private static void copy(Path file, Path second) throws IOException {
        Path making = second.resolveSibling(second.getFileName() + ".new");
        Files.copy(file, making, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        try (FileChannel channel = FileChannel.open(making, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(making, second, StandardCopyOption.ATOMIC_MOVE);
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
            forceDirectory(directory);
        } catch (IOException e) {
            throw new LogException.Storage("cannot sync the folder " + directory, e);
        }
    }

    private static void forceDirectory(Path directory) throws IOException {
        if (!POSIX) {
            return; // Windows has no such call, and makes names durable with the file system's own journal.
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
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
