// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.storage;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.Forgery;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Makes of the engine above it one with a known mistake: a test that does not notice is no test.
public final class BrokenStorage extends ForwardingStorage {
    /// A mistake that an engine can make.
    public enum Mistake {
        /// It never forces a file.
        NO_FORCE,
        /// It acknowledges, and lets readers know, before the force: that comes with the next operation.
        ACKNOWLEDGED_BEFORE_FORCE,
        /// It never forces the folder.
        NO_FORCE_OF_THE_FOLDER,
        /// It gives a file its name before it has forced what is in it.
        RENAMED_BEFORE_FORCE,
        /// It deletes the old file before it gives its name to the new one.
        DELETED_BEFORE_RENAME,
        /// It does not compare checksums.
        NO_CHECKSUMS,
        /// It takes part of a batch for a batch.
        BATCHES_IN_PARTS,
        /// It takes a failed write for a good one.
        WRITE_ERRORS_IGNORED,
        /// It takes a failed force for a good one.
        FORCE_ERRORS_IGNORED,
        /// It forces again when a force has failed.
        FORCED_AGAIN,
        /// It mends the old file where it should make a new one.
        MENDED_IN_PLACE,
        /// It lets a second writer in.
        NO_LOCK
    }

    private final Mistake mistake;
    private final List<StoredFile> unforced = new ArrayList<>();

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
            default -> bytes;
        };
    }

    @Override
    public WriterLock lock() throws LogException {
        try {
            return super.lock();
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
            if (mistake == Mistake.ACKNOWLEDGED_BEFORE_FORCE) {
                forceLate();
            }
            try {
                super.write(bytes, position);
            } catch (LogException.Storage e) {
                if (mistake != Mistake.WRITE_ERRORS_IGNORED) {
                    throw e;
                }
            }
        }

        @Override
        public void force() throws LogException {
            switch (mistake) {
                case NO_FORCE -> {}
                case ACKNOWLEDGED_BEFORE_FORCE -> remember();
                case RENAMED_BEFORE_FORCE -> {
                    if (name().endsWith(".new")) {
                        remember();
                    } else {
                        super.force();
                    }
                }
                case FORCE_ERRORS_IGNORED, FORCED_AGAIN -> forceSomehow();
                default -> super.force();
            }
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
