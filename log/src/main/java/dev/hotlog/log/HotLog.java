// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log;

import dev.hotlog.event.Batch;
import dev.hotlog.event.Durability;
import dev.hotlog.event.Event;
import dev.hotlog.event.LogException;
import dev.hotlog.event.RecoveryReport;
import dev.hotlog.event.RepairReport;
import dev.hotlog.event.SessionFacts;
import dev.hotlog.log.commit.Appender;
import dev.hotlog.log.commit.CommitQueue;
import dev.hotlog.log.commit.GroupRule;
import dev.hotlog.log.commit.LostIndexes;
import dev.hotlog.log.commit.OnDisk;
import dev.hotlog.log.recovery.RecoveredLog;
import dev.hotlog.log.recovery.Recovery;
import dev.hotlog.log.recovery.Repair;
import dev.hotlog.log.storage.DiskStorage;
import dev.hotlog.log.storage.Storage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;

/// The one writer of a log. Thread-safe: many threads append, virtual ones as well, one of the log's own commits.
///
/// Events come back in the order of their offsets. What an append promises is said by its [Durability]; an append that
/// returned normally is in the log at that level. After [LogException.Stopped] the log must be opened again to
/// know what became of the appends that were under way: trying the same events again is then safe, since those
/// that are there are no-ops. Anything else that an append throws, [LogException.KeyTaken] and
/// [IllegalArgumentException] among it, left nothing behind, and the log goes on; of an [OutOfMemoryError] alone
/// that is not known.
public final class HotLog implements AutoCloseable {
    private final Storage.WriterLock lock;
    private final RecoveryReport recovery;
    private final Appender appender;
    private final LostIndexes lostIndexes;
    private final Durability durability;

    private HotLog(
            Storage.WriterLock lock,
            RecoveryReport recovery,
            Appender appender,
            LostIndexes lostIndexes,
            Durability durability) {
        this.lock = lock;
        this.recovery = recovery;
        this.appender = appender;
        this.lostIndexes = lostIndexes;
        this.durability = durability;
    }

    /// Opens the log with the default options, and creates it when there is none.
    ///
    /// @param directory of the log alone; made, open to its owner only, when missing
    /// @throws LogException.Locked when another writer has it
    /// @throws LogException.UnsupportedFormat when files there are not ours, or from a later version
    public static HotLog open(Path directory) throws LogException {
        return open(directory, HotLogOptions.DEFAULTS);
    }

    public static HotLog open(Path directory, HotLogOptions options) throws LogException {
        return open(new DiskStorage(directory), options, InstantSource.system());
    }

    static HotLog open(Storage storage, HotLogOptions options, InstantSource clock) throws LogException {
        GroupRule rule = new GroupRule(
                options.groupBytes(), options.groupEvents(), options.groupWait().toNanos());
        storage.createDirectory();
        Storage.WriterLock lock = storage.lock();
        boolean open = false;
        try {
            Recovery recovery = new Recovery(storage, options.segmentBytes(), clock);
            RecoveredLog log = recovery.run();
            LostIndexes indexes = new LostIndexes(recovery.unindexed(log));
            Appender appender = Appender.start(storage, log, rule, options.segmentBytes(), clock);
            HotLog opened = new HotLog(lock, log.report(), appender, indexes, options.durability());
            indexes.write();
            open = true;
            return opened;
        } finally {
            if (!open) {
                lock.close();
            }
        }
    }

    /// Makes a damaged log sound again: all that can be read stays under its offset, what cannot is put down as
    /// lost, indexes are built anew, and damaged files are kept in the folder `damaged`. A log that is sound is not
    /// changed. Readers that are at work go on with the files as they were.
    ///
    /// @throws LogException.Missing when there is no log in that folder
    /// @throws LogException.Locked when a writer has it
    /// @throws LogException.UnsupportedFormat when files there are not ours, or from a later version
    public static RepairReport repair(Path directory) throws LogException {
        return repair(new DiskStorage(directory), HotLogOptions.DEFAULTS, InstantSource.system());
    }

    static RepairReport repair(Storage storage, HotLogOptions options, InstantSource clock) throws LogException {
        if (storage.list().isEmpty()) {
            throw new LogException.Missing(storage.directory());
        }
        try (Storage.WriterLock _ = storage.lock()) {
            return new Repair(storage, options.segmentBytes(), clock).run();
        }
    }

    /// What opening found.
    public RecoveryReport recovery() {
        return recovery;
    }

    /// Appends an event as durably as the options say.
    ///
    /// @return its offset; when the same event was there already, that of the earlier one, and nothing was appended
    /// @throws LogException.KeyTaken when another event has its (session, seq)
    /// @throws LogException.Stopped when the log takes no more
    /// @throws IllegalArgumentException when the event is over a limit
    public long append(Event event) throws LogException {
        return append(event, durability);
    }

    public long append(Event event, Durability word) throws LogException {
        return appender.append(event, word);
    }

    /// Appends a batch as durably as the options say: all of it, or nothing. Events that are there already are left
    /// out.
    ///
    /// @throws LogException.KeyTaken when another event has the key of one of them
    public Receipt append(Batch batch) throws LogException {
        return append(batch, durability);
    }

    public Receipt append(Batch batch, Durability word) throws LogException {
        long[] offsets = new long[batch.events().size()];
        BitSet duplicates = new BitSet();
        appender.append(batch, word, offsets, duplicates);
        return new Receipt(offsets, duplicates);
    }

    /// Returns once everything appended before is on disk.
    public void flush() throws LogException {
        appender.flush();
    }

    /// Returns once the event of that offset is on disk, which the group rule sees to: nothing is forced for it alone.
    ///
    /// @throws IllegalArgumentException when no event has that offset yet
    public void awaitDurable(long offset) throws LogException {
        appender.awaitDurable(offset);
    }

    /// All events below this offset are on disk.
    public long durableOffset() {
        return appender.ask(queue -> queue.onDisk().nextOffset());
    }

    /// The offset that the next event takes.
    public long nextOffset() {
        return appender.ask(CommitQueue::nextOffset);
    }

    /// Where the event of that key is, on disk or not yet.
    public OptionalLong offsetOf(String sessionId, long seq) throws LogException {
        return appender.offsetOf(sessionId, seq);
    }

    /// How far that source was read, by the last cursor appended, on disk or not yet.
    public Optional<String> cursor(String source) {
        return appender.cursor(source);
    }

    /// What was told of the session, the last of each fact, on disk or not yet.
    public Optional<SessionFacts> facts(String sessionId) {
        return appender.facts(sessionId);
    }

    public WriterStats stats() {
        return appender.ask(queue -> stats(queue.onDisk()));
    }

    private static WriterStats stats(OnDisk onDisk) {
        return new WriterStats(onDisk.events(), onDisk.frameBytes(), onDisk.forces());
    }

    /// Puts everything on disk, marks the log as closed, and gives up the writer's lock. To close again changes
    /// nothing.
    ///
    /// @throws LogException.Stopped when a write or force failed, before or now, each time; the lock is given
    ///     up all the same
    @Override
    public void close() throws LogException {
        try {
            appender.close();
        } finally {
            lostIndexes.end();
            lock.close();
        }
    }
}
