// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import dev.hotlog.event.LogException;
import dev.hotlog.log.storage.Faults.Fault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A storage in memory that fails when told to, loses power when told to, and remembers what was done to it.
///
/// It stands for the disk as one process after another sees it: [#killed] gives the next process what the last
/// one left in the page cache, [#crashed] what a power cut left. Both put an end to this one: whoever still holds
/// it gets errors, as a dead process would do nothing more. Thread-safe.
public final class FaultyStorage implements Storage {
    /// What a look is called that reads bytes by a call.
    public static final String READ = "read";

    private static final Path DIRECTORY = Path.of("simulated");

    private final SimulatedDisk disk;
    private final Faults faults = new Faults();
    private final List<Operation> trace;
    private long roomBytes = Long.MAX_VALUE;
    private boolean ended;
    private boolean locked;
    private int openFiles;

    /// An empty folder.
    public FaultyStorage() {
        this(DiskImage.EMPTY);
    }

    /// A folder with these files, all of them on disk.
    public FaultyStorage(DiskImage image) {
        this(new SimulatedDisk(image, SimulatedDisk.USUAL_SECTOR_BYTES));
    }

    public FaultyStorage(SimulatedDisk disk) {
        this(disk, new ArrayList<>());
    }

    private FaultyStorage(SimulatedDisk disk, List<Operation> trace) {
        this.disk = disk;
        this.trace = trace;
    }

    public Faults faults() {
        return faults;
    }

    /// The disk beneath, to ask it what a power cut would leave.
    public SimulatedDisk disk() {
        return disk;
    }

    /// What was done to the disk so far, in order.
    public synchronized List<Operation> trace() {
        return List.copyOf(trace);
    }

    /// Puts a word of the test into the trace.
    public synchronized void mark(Object what) {
        trace.add(new Operation.Mark(what));
    }

    /// From now on the files together may be so long; a write that wants more fails, in the middle if need
    /// be.
    public synchronized void room(long bytes) {
        roomBytes = bytes;
    }

    public synchronized long usedBytes() {
        return disk.names().values().stream().mapToLong(SimulatedFile::size).sum();
    }

    /// How many files are open for writing.
    public synchronized int openFiles() {
        return openFiles;
    }

    /// What all processes see now.
    public synchronized DiskImage image() {
        return disk.live();
    }

    /// The same disk with the page cache as it is, as the next process finds it after this one was killed.
    /// Its trace goes on from this one's.
    public synchronized FaultyStorage killed() {
        ended = true;
        return new FaultyStorage(disk, trace);
    }

    /// The disk as a power cut may leave it.
    public synchronized FaultyStorage crashed(Chooser chooser) {
        ended = true;
        return new FaultyStorage(new SimulatedDisk(disk.crashed(chooser), disk.sectorBytes()));
    }

    public FaultyStorage crashed(long seed) {
        return crashed(Chooser.random(seed));
    }

    @Override
    public Path directory() {
        return DIRECTORY;
    }

    @Override
    public void createDirectory() {}

    @Override
    public synchronized List<String> list() throws LogException {
        look("list", "");
        return disk.names().keySet().stream()
                .filter(name -> !name.contains("/"))
                .toList();
    }

    @Override
    public synchronized StoredFile create(String name) throws LogException {
        String what = "cannot make " + name;
        Operation create = new Operation.Create(disk.nextNumber(), name);
        refuseIfFaulty(what, create);
        if (disk.file(name) != null) {
            throw new LogException.Storage(what, new FileAlreadyExistsException(name));
        }
        apply(create);
        openFiles++;
        return new OpenFile(disk.nextNumber() - 1, name);
    }

    @Override
    public synchronized StoredFile open(String name) throws LogException {
        look("open", name);
        SimulatedFile file = existing("cannot open " + name, name);
        openFiles++;
        return new OpenFile(disk.numberOf(file), name);
    }

    @Override
    public synchronized void rename(String from, String to) throws LogException {
        String what = "cannot rename " + from + " to " + to;
        Operation rename = new Operation.Rename(from, to);
        refuseIfFaulty(what, rename);
        existing(what, from);
        apply(rename);
    }

    @Override
    public synchronized String moveAside(String name, String folder, String newName) throws LogException {
        String free = freeName(name, folder, newName);
        rename(name, folder + "/" + free);
        return free;
    }

    private String freeName(String name, String folder, String newName) {
        SimulatedFile file = disk.file(name);
        return FreeName.of(newName, tried -> {
            SimulatedFile there = disk.file(folder + "/" + tried);
            return there != null && file != null && !Arrays.equals(there.bytes(), file.bytes());
        });
    }

    @Override
    public synchronized String keepAside(String name, String folder, String newName) throws LogException {
        String free = freeName(name, folder, newName);
        String second = folder + "/" + free;
        String what = "cannot keep " + name + " as " + second;
        Operation link = new Operation.Link(name, second);
        refuseIfFaulty(what, link);
        existing(what, name);
        if (disk.file(second) == null) {
            apply(link);
        }
        forceDirectory();
        return free;
    }

    @Override
    public synchronized void delete(String name) throws LogException {
        Operation delete = new Operation.Delete(name);
        refuseIfFaulty("cannot delete " + name, delete);
        apply(delete);
    }

    @Override
    public synchronized void forceDirectory() throws LogException {
        Operation force = new Operation.ForceDirectory();
        Fault fault = meet(force);
        if (fault != null) {
            apply(new Operation.FailedForceDirectory(faults.met()));
            throw new LogException.Storage("cannot sync the folder", fault.exception());
        }
        apply(force);
    }

    @Override
    public synchronized MemorySegment map(String name) throws LogException {
        look("map", name);
        return existing("cannot read " + name, name).map();
    }

    @Override
    public synchronized void read(String name, ByteBuffer into, long position) throws LogException, RefusedRead {
        Fault fault = meet(new Operation.Look(READ, name));
        if (fault == Fault.IO_ERROR) {
            throw new RefusedRead(fault.exception());
        }
        String what = "cannot read " + name;
        if (fault != null) {
            throw new LogException.Storage(what, fault.exception());
        }
        into.put(existing(what, name).map().asSlice(position, into.remaining()).asByteBuffer());
    }

    @Override
    public synchronized long sizeBytes(String name) throws LogException {
        look("measure", name);
        return existing("cannot read " + name, name).size();
    }

    @Override
    public synchronized WriterLock lock() throws LogException {
        look("lock", "lock");
        if (locked) {
            throw new LogException.Locked(DIRECTORY, "another test");
        }
        locked = true;
        return this::unlock;
    }

    private synchronized void unlock() {
        locked = false;
    }

    private SimulatedFile existing(String what, String name) throws LogException {
        SimulatedFile file = disk.file(name);
        if (file == null) {
            throw new LogException.Storage(what, new NoSuchFileException(name));
        }
        return file;
    }

    private void look(String what, String name) throws LogException {
        refuseIfFaulty("cannot " + what + " " + name, new Operation.Look(what, name));
    }

    private void refuseIfFaulty(String what, Operation operation) throws LogException {
        Fault fault = meet(operation);
        if (fault != null) {
            throw new LogException.Storage(what, fault.exception());
        }
    }

    private @Nullable Fault meet(Operation operation) throws LogException {
        if (ended) {
            throw new LogException.Storage("the process has ended", new FileNotFoundException("no process"));
        }
        return faults.meet(operation);
    }

    private void apply(Operation operation) {
        disk.apply(operation);
        trace.add(operation);
    }

    private final class OpenFile implements StoredFile {
        private final int number;
        private String name;
        private boolean closed;

        OpenFile(int number, String name) {
            this.number = number;
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void renamed(String newName) {
            name = newName;
        }

        @Override
        public long sizeBytes() throws LogException {
            synchronized (FaultyStorage.this) {
                look("measure", name);
                return disk.file(number).size();
            }
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws LogException {
            synchronized (FaultyStorage.this) {
                Operation.Write write = new Operation.Write(number, name, position, copyOf(bytes));
                Fault fault = meet(write);
                checkOpen();
                int length = write.bytes().remaining();
                if (fault != null) {
                    fail(write, fault == Fault.SHORT_WRITE ? length / 2 : 0, fault);
                }
                long room = roomBytes - usedBytes() + disk.file(number).size() - position;
                if (room < length && position + length > disk.file(number).size()) {
                    fail(write, (int) Math.max(room, 0), Fault.DISK_FULL);
                }
                apply(write);
            }
        }

        private static ByteBuffer copyOf(ByteBuffer bytes) {
            ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
            return copy.put(bytes).flip();
        }

        private void fail(Operation.Write write, int written, Fault fault) throws LogException {
            if (written > 0) {
                apply(write.first(written));
            }
            throw new LogException.Storage("cannot write to " + name, fault.exception());
        }

        @Override
        public void force() throws LogException {
            synchronized (FaultyStorage.this) {
                Operation force = new Operation.Force(number, name);
                Fault fault = meet(force);
                checkOpen();
                if (fault != null) {
                    apply(new Operation.FailedForce(number, name, faults.met()));
                    throw new LogException.Storage("cannot sync " + name, fault.exception());
                }
                apply(force);
            }
        }

        private void checkOpen() throws LogException {
            if (closed) {
                throw new LogException.Storage("cannot write to " + name, new IOException("the file is closed"));
            }
        }

        @Override
        public void close() {
            synchronized (FaultyStorage.this) {
                if (!closed) {
                    closed = true;
                    openFiles--;
                }
            }
        }
    }
}
