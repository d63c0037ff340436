// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.Pages;
import dev.hotlog.log.storage.RefusedRead;
import dev.hotlog.log.storage.Storage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The file `published`, mapped: what its writer tells is seen at once, without a call of the system. For any thread.
final class PublishedMap {
    /// A write of the file takes far less time than that many looks; one that its writer did not end is torn.
    private static final int MOST_LOOKS = 50;

    private final Storage storage;
    private volatile @Nullable MemorySegment mapped;
    /// What the file holds when no look made sense of it, as after a power cut: no reason to look so often again.
    private volatile @Nullable MemorySegment useless;

    PublishedMap(Storage storage) {
        this.storage = storage;
    }

    /// Whether it names that file and that position, or was not there at the last [#read()].
    boolean isStillAt(SegmentFile segment, long position) {
        MemorySegment file = mapped;
        try {
            boolean isStill = file == null || Published.isStillAt(file, segment, position);
            Pages.hearOfFaults();
            return isStill;
        } catch (InternalError _) {
            return false; // Refused, or cut short: that is for a closer look to tell.
        }
    }

    /// What it says to one look; empty when that met a write, and when there was no file at the last [#read()].
    Optional<Published> glance() {
        MemorySegment file = mapped;
        return file == null ? Optional.empty() : Published.read(file);
    }

    /// Maps the file of that name again if it is another by now: who deletes `published` while nobody writes does no
    /// harm, and the next writer makes a new one. Asked for when no writer is known to be at work.
    void lookByName() throws LogException {
        MemorySegment file = mapped;
        if (file == null || !storage.has(Published.NAME)) {
            return;
        }
        // By a call: each map stays until the collector finds it, and this is asked for again and again.
        ByteBuffer now = ByteBuffer.allocate(Published.BYTES);
        if (storage.sizeBytes(Published.NAME) >= Published.BYTES) {
            try {
                storage.read(Published.NAME, now, 0);
            } catch (RefusedRead _) {
                return; // It is derived: what it says no more is read from the segments.
            }
            if (!Pages.areReadable(file, 0, Math.min(file.byteSize(), Published.BYTES))
                    || MemorySegment.ofBuffer(now.flip())
                                    .mismatch(file.asSlice(0, Math.min(file.byteSize(), Published.BYTES)))
                            >= 0) {
                mapped = storage.map(Published.NAME);
            }
        }
    }

    /// What it says; empty when there is no such file, or no use in it.
    Optional<Published> read() throws LogException {
        MemorySegment file = mapped;
        if (file == null || file.byteSize() < Published.BYTES) {
            if (!storage.has(Published.NAME)) {
                return Optional.empty();
            }
            file = storage.map(Published.NAME);
            mapped = file;
        }
        MemorySegment known = useless;
        if (Published.isBlank(file) || (known != null && known.mismatch(file) < 0)) {
            return Optional.empty();
        }
        for (int look = 0; look < MOST_LOOKS; look++) {
            Optional<Published> published = Published.read(file);
            if (published.isPresent()) {
                return published;
            }
            Thread.onSpinWait();
        }
        // The copy is looked at too: the writer may have made sense of the file since the last look.
        MemorySegment copy = MemorySegment.ofArray(file.toArray(ValueLayout.JAVA_BYTE));
        useless = copy;
        return Published.read(copy);
    }
}
