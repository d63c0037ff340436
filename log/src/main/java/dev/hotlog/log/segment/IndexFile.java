// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.FactsFrame;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.index.IndexEncoder;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.index.SealedIndex;
import dev.hotlog.log.storage.Storage;
import dev.hotlog.log.storage.StoredFile;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/// The index of a segment as a file beside it, or built from its frames.
public final class IndexFile {
    private IndexFile() {}

    /// The index file of that segment; empty when there is none that is of use. How much of the segment it covers
    /// is for the caller to look at.
    static Optional<SealedIndex> open(Storage storage, SegmentFile segment) {
        String name = SegmentName.index(segment.base());
        try {
            if (!storage.has(name)) {
                return Optional.empty();
            }
            SealedIndex.Verdict verdict = SealedIndex.open(storage.map(name), segment.header());
            return verdict instanceof SealedIndex.Verdict.Usable(SealedIndex index)
                    ? Optional.of(index)
                    : Optional.empty();
        } catch (LogException _) {
            return Optional.empty(); // It can be built anew, and is.
        }
    }

    /// Goes through the frames of a segment. What is damaged is told and left out.
    public static LiveIndex build(SegmentFile segment, SegmentWalk.Stretch stretch, Consumer<Damage> damage) {
        LiveIndex index = new LiveIndex(segment.base());
        EventFrame event = new EventFrame();
        SegmentWalk walk = new SegmentWalk(segment, stretch, damage);
        while (walk.advance()) {
            if (!add(index, walk.frame(), event)) {
                damage.accept(walk.contradiction());
            }
        }
        index.skipTo(stretch.to());
        return index;
    }

    /// Adds a frame to an index.
    ///
    /// @param event to read it with
    /// @return false when it is an event that contradicts itself, and so is left out
    public static boolean add(LiveIndex index, FrameCursor frame, EventFrame event) {
        switch (frame.type()) {
            case EVENT -> {
                if (!frame.readEvent(event, index.base())) {
                    return false;
                }
                index.addEvent(event, frame.position(), frame.next());
            }
            case FACTS -> FactsFrame.readFacts(frame.body()).ifPresent(facts -> index.addFacts(facts, frame.next()));
            case CURSOR -> FactsFrame.readCursor(frame.body()).ifPresent(c -> index.addCursor(c, frame.next()));
            case SEAL, LOST, CLOSE -> index.skipTo(frame.next());
        }
        return true;
    }

    /// Writes an index beside its segment, if the disk lets it: no reason to stop, since the frames are on disk.
    ///
    /// @return whether it did
    public static boolean writeIfPossible(Storage storage, SegmentFile segment, LiveIndex index) {
        try {
            write(storage, segment, index);
            return true;
        } catch (LogException _) {
            return false; // An index that is missing is built from the frames.
        }
    }

    /// Writes an index beside its segment. It is derived: whoever finds it missing builds it anew. Forced before it has
    /// its name all the same, so that one that is torn was damaged, and not just cut short with the power.
    public static void write(Storage storage, SegmentFile segment, LiveIndex index) throws LogException {
        String name = SegmentName.index(segment.base());
        String making = SegmentName.inTheMaking(name);
        storage.delete(making);
        try (StoredFile file = storage.create(making)) {
            long position = 0;
            for (ByteBuffer part : IndexEncoder.encode(index, segment.header())) {
                int length = part.remaining();
                file.write(part, position);
                position += length;
            }
            file.force();
        }
        storage.rename(making, name);
    }
}
