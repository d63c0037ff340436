// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.Forgery;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.IndexForgery;
import dev.hotlog.log.segment.IndexName;
import dev.hotlog.log.segment.Published;
import dev.hotlog.log.segment.SegmentName;
import dev.hotlog.log.segment.TrustedEnd;
import dev.hotlog.log.storage.Faults.Fault;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Makes of the engine above it one with a known mistake: a test that does not notice is no test.
///
/// Mistakes about forces and failures are made with segments that have their name, where acknowledged events are; how
/// a file is made, they leave as it is.
public final class BrokenStorage extends ForwardingStorage {
    /// A mistake that an engine can make.
    public enum Mistake {
        /// It never forces a file.
        NO_FORCE,
        /// It acknowledges, and lets readers know, before the force: that comes with the next write to a segment.
        ACKNOWLEDGED_BEFORE_FORCE,
        /// It never forces the folder.
        NO_FORCE_OF_THE_FOLDER,
        /// It gives a file its name before it has forced what is in it.
        RENAMED_BEFORE_FORCE,
        /// It deletes the old file before it gives its name to the new one.
        DELETED_BEFORE_RENAME,
        /// It does not compare checksums.
        NO_CHECKSUMS,
        /// Its checksums do not tell in which file and where in it a frame belongs.
        CHECKSUMS_WITHOUT_PLACE,
        /// Its checksums do not tell a file from the one that it replaced.
        CHECKSUMS_WITHOUT_EPOCH,
        /// It takes the first bytes that are no frame for the end of the segment.
        STOPS_AT_THE_FIRST_BAD_FRAME,
        /// It passes over bytes that are no frame without a word.
        DAMAGE_IN_SILENCE,
        /// Its writer goes on without a word about bytes that are no frame.
        WRITES_ON_IN_SILENCE,
        /// Its writer cuts the log at the first bytes that are no frame, although frames follow that prove that they
        /// were on disk.
        TRIMS_ALTHOUGH_FRAMES_FOLLOW,
        /// It believes what an index says.
        INDEX_TRUSTED,
        /// It takes part of a batch for a batch.
        BATCHES_IN_PARTS,
        /// It takes a failed write for a good one.
        WRITE_ERRORS_IGNORED,
        /// It goes on behind a write for which there was no room.
        GOES_ON_ON_A_FULL_DISK,
        /// It takes a failed force for a good one.
        FORCE_ERRORS_IGNORED,
        /// It forces again when a force has failed.
        FORCED_AGAIN,
        /// It goes on behind what it can read, which only the page cache may hold.
        PAGE_CACHE_TRUSTED,
        /// It mends the old file where it should make a new one.
        MENDED_IN_PLACE,
        /// It lets a second writer in.
        NO_LOCK
    }

    private final Mistake mistake;
    private final List<StoredFile> unforced = new ArrayList<>();
    private volatile boolean writes;

    public BrokenStorage(Storage to, Mistake mistake) {
        super(to);
        this.mistake = mistake;
    }

    private synchronized void forceLate() throws LogException {
        for (StoredFile file : unforced) {
            file.force();
        }
        unforced.clear();
    }

    @Override
    public StoredFile create(String name) throws LogException {
        String inPlace = name.replace(".new", "");
        boolean mends = mistake == Mistake.MENDED_IN_PLACE && list().contains(inPlace);
        return new BrokenFile(mends ? super.open(inPlace) : super.create(name));
    }

    @Override
    public StoredFile open(String name) throws LogException {
        return new BrokenFile(super.open(name));
    }

    @Override
    public void rename(String from, String to) throws LogException {
        if (mistake == Mistake.MENDED_IN_PLACE && !list().contains(from)) {
            return;
        }
        if (mistake == Mistake.DELETED_BEFORE_RENAME) {
            super.delete(to);
        }
        super.rename(from, to);
    }

    @Override
    public void forceDirectory() throws LogException {
        if (mistake != Mistake.NO_FORCE_OF_THE_FOLDER) {
            super.forceDirectory();
        }
        if (mistake == Mistake.RENAMED_BEFORE_FORCE) {
            forceLate();
        }
    }

    @Override
    public MemorySegment map(String name) throws LogException {
        MemorySegment bytes = super.map(name);
        return switch (mistake) {
            case NO_CHECKSUMS -> Forgery.withoutChecksums(bytes);
            case BATCHES_IN_PARTS -> Forgery.withoutBatches(bytes);
            case CHECKSUMS_WITHOUT_PLACE -> Forgery.withoutPlaces(bytes, segments());
            case CHECKSUMS_WITHOUT_EPOCH -> Forgery.withoutEpochs(bytes);
            case STOPS_AT_THE_FIRST_BAD_FRAME -> Forgery.upToTheFirstBadFrame(bytes);
            case DAMAGE_IN_SILENCE -> Forgery.withDamageInSilence(bytes);
            case WRITES_ON_IN_SILENCE -> writes ? Forgery.withDamageInSilence(bytes) : bytes;
            case TRIMS_ALTHOUGH_FRAMES_FOLLOW -> writes ? trimmed(name, bytes) : bytes;
            case INDEX_TRUSTED -> IndexName.base(name).isPresent() ? IndexForgery.withoutChecksums(bytes) : bytes;
            default -> bytes;
        };
    }

    private List<MemorySegment> segments() throws LogException {
        List<MemorySegment> segments = new ArrayList<>();
        for (String name : list()) {
            if (SegmentName.base(name).isPresent()) {
                segments.add(super.map(name));
            }
        }
        return segments;
    }

    private static MemorySegment trimmed(String name, MemorySegment bytes) {
        return name.equals(Published.NAME)
                ? MemorySegment.ofArray(new byte[(int) bytes.byteSize()]).asReadOnly()
                : Forgery.upToTheFirstBadFrame(bytes);
    }

    @Override
    public WriterLock lock() throws LogException {
        writes = true;
        try {
            WriterLock lock = super.lock();
            if (mistake == Mistake.PAGE_CACHE_TRUSTED) {
                TrustedEnd.close(this);
            }
            return lock;
        } catch (LogException.Locked e) {
            if (mistake == Mistake.NO_LOCK) {
                return () -> {};
            }
            throw e;
        }
    }

    private final class BrokenFile extends ForwardingFile {
        BrokenFile(StoredFile to) {
            super(to);
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws LogException {
            if (mistake == Mistake.ACKNOWLEDGED_BEFORE_FORCE && isNamedSegment()) {
                forceLate(); // Publishing comes before: readers know, and appenders have returned.
            }
            if (mistake == Mistake.RENAMED_BEFORE_FORCE && isInTheMaking() && position >= SegmentHeader.FIRST_FRAME) {
                super.force(); // All but the frames: without its header the file would be told as damaged.
            }
            try {
                super.write(bytes, position);
            } catch (LogException.Storage e) {
                boolean full = e.getCause() instanceof IOException cause
                        && cause.getMessage().equals(Fault.DISK_FULL.exception().getMessage());
                boolean ignored =
                        mistake == Mistake.WRITE_ERRORS_IGNORED || (full && mistake == Mistake.GOES_ON_ON_A_FULL_DISK);
                if (!ignored || !isNamedSegment()) {
                    throw e;
                }
            }
        }

        @Override
        public void force() throws LogException {
            boolean named = isNamedSegment();
            if ((named && mistake == Mistake.ACKNOWLEDGED_BEFORE_FORCE)
                    || (isInTheMaking() && mistake == Mistake.RENAMED_BEFORE_FORCE)) {
                remember();
            } else if (named && (mistake == Mistake.FORCE_ERRORS_IGNORED || mistake == Mistake.FORCED_AGAIN)) {
                forceSomehow();
            } else if (!named || mistake != Mistake.NO_FORCE) {
                super.force();
            }
        }

        @Override
        public void close() throws LogException {
            forceLate(); // What was only put off is done before the file is closed.
            super.close();
        }

        private boolean isNamedSegment() {
            return SegmentName.base(name()).isPresent();
        }

        private boolean isInTheMaking() {
            return SegmentName.isInTheMaking(name());
        }

        private void forceSomehow() throws LogException {
            try {
                super.force();
            } catch (LogException.Storage e) {
                if (mistake == Mistake.FORCED_AGAIN) {
                    super.force();
                }
            }
        }

        private void remember() {
            synchronized (BrokenStorage.this) {
                unforced.add(new ForwardingFile(this) {
                    @Override
                    public void force() throws LogException {
                        BrokenFile.super.force();
                    }
                });
            }
        }
    }
}
