// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import dev.hotlog.event.LogException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The operating system's lock on the file `lock`, which holds its owner's process id as text.
///
/// The lock goes when its process does, so a dead writer never blocks. The file stays: deleting it would let two
/// processes lock two files of one name.
final class DiskLock implements Storage.WriterLock {
    private static final String NAME = "lock";
    /// The locked byte lies beyond the text, so that others may read who the owner is where locks forbid reading.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int MOST_OWNER_BYTES = 64;
    private static final Pattern OWNER = Pattern.compile("[0-9]{1,18} *");
    /// So many bytes of a lock that was damaged may be anything: a word.
    private static final int MOST_DAMAGED_BYTES = 8;

    private static final int MOST_LOOKS = 200;
    private static final long LOOK_AGAIN_NANOS = 1_000_000;

    /// Before the keys of the folders that this process writes to, among the system properties: the system's lock is
    /// the process's, it does not tell two writers within one apart, and closing any channel to the file would
    /// release it for all. Two class loaders have each a class of this name, but share the properties.
    private static final String OURS = "dev.hotlog.writer.";

    private final Path folder;
    private final String key;
    private final FileChannel channel;
    private boolean released;

    private DiskLock(Path folder, String key, FileChannel channel) {
        this.folder = folder;
        this.key = key;
        this.channel = channel;
    }

    static DiskLock take(Path directory) throws LogException {
        Path folder;
        String key;
        try {
            folder = directory.toRealPath();
            key = OURS + keyOf(folder);
        } catch (IOException e) {
            throw new LogException.Storage("cannot open " + directory, e);
        }
        if (System.getProperties().putIfAbsent(key, "") != null) {
            throw new LogException.Locked(
                    directory, "this process (" + ProcessHandle.current().pid() + ")");
        }
        DiskLock taken = null;
        try {
            taken = lock(folder, key);
        } catch (LogException e) {
            throw e;
        } catch (IOException e) {
            throw new LogException.Storage("cannot lock " + folder.resolve(NAME), e);
        } finally {
            if (taken == null) {
                System.clearProperty(key);
            }
        }
        if (taken == null) {
            throw lockedBy(folder, directory);
        }
        return taken;
    }

    /// One folder has one key, under whatever path.
    private static Object keyOf(Path folder) throws IOException {
        Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        return key == null ? folder : key;
    }

    private static @Nullable DiskLock lock(Path folder, String key) throws IOException {
        Path file = folder.resolve(NAME);
        // Made ahead: whoever is refused from the lock on waits to read it.
        byte[] owner = String.format(
                        "%-" + MOST_OWNER_BYTES + "s", ProcessHandle.current().pid())
                .getBytes(StandardCharsets.US_ASCII);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                channel.close();
                return null;
            }
            if (!isOurs(channel)) {
                channel.close();
                throw new LogException.UnsupportedFormat(file + " is not hotlog's: this folder is not a log's");
            }
            channel.write(ByteBuffer.wrap(owner), 0);
            if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            return new DiskLock(folder, key, channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Whether the file is new, or holds a process id: nothing else is written over.
    private static boolean isOurs(FileChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(MOST_OWNER_BYTES + 1);
        channel.read(head, 0);
        String owner = new String(head.array(), 0, head.position(), StandardCharsets.US_ASCII);
        boolean blank = owner.chars().allMatch(letter -> letter == 0);
        return owner.length() <= MOST_OWNER_BYTES
                && (blank || OWNER.matcher(owner).matches() || isDamaged(owner));
    }

    /// Whether it is as long as what a writer leaves there, and like it but for a few bytes: who holds the lock may
    /// write that again.
    private static boolean isDamaged(String owner) {
        long strange = owner.chars()
                .filter(letter -> letter != ' ' && !Character.isDigit(letter))
                .count();
        return owner.length() == MOST_OWNER_BYTES && strange <= MOST_DAMAGED_BYTES;
    }

    /// Who has the lock. One that has just taken it has yet to write who it is, over whoever had it before.
    private static LogException.Locked lockedBy(Path folder, Path directory) {
        String pid = "";
        for (int look = 0; look < MOST_LOOKS; look++) {
            pid = pid(folder);
            if (!pid.isEmpty() && ProcessHandle.of(Long.parseLong(pid)).isPresent()) {
                break;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return pid.isEmpty()
                ? new LogException.Locked(directory, "another process")
                : new LogException.Locked(directory, Long.parseLong(pid));
    }

    private static String pid(Path folder) {
        try {
            String text = Files.readString(folder.resolve(NAME), StandardCharsets.US_ASCII);
            return OWNER.matcher(text).matches() ? text.strip() : "";
        } catch (IOException _) {
            return "";
        }
    }

    @Override
    public synchronized void close() throws LogException {
        if (released) {
            return; // The folder may be another writer's by now.
        }
        released = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw new LogException.Storage("cannot release " + folder.resolve(NAME), e);
        } finally {
            System.clearProperty(key);
        }
    }
}
