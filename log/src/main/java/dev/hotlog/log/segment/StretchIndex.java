// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.log.format.Pages;
import dev.hotlog.log.index.DamagedIndex;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.index.SealedIndex;
import dev.hotlog.log.index.SegmentIndex;
import dev.hotlog.log.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The index of a stretch of a segment, wherever it is: in its file, or in the heap. For any thread.
///
/// It is looked for at the first question, and built from the frames when it is missing or damaged. Where it was
/// missing, the file is looked for again now and then: it may be on its way, and once it is there the index in the
/// heap is let go.
public final class StretchIndex {
    /// How often questions look for a file that was not there.
    private static final long LOOK_AGAIN_NANOS = 200_000_000L;

    private final Storage storage;
    private final SegmentFile file;
    private final SegmentWalk.Stretch stretch;
    private final boolean grows;

    private volatile @Nullable SegmentIndex index;
    private volatile @Nullable List<Damage> missing;
    /// The index lies in the heap because there was no file of it. Not when there is one that turned out to
    /// be damaged: it would be taken, and dropped, again and again.
    private volatile boolean awaitsFile;
    private volatile long lastLookNanos;

    /// @param grows whether frames are still added to `index`, which cannot be found or built again then
    /// @param index null when it is to be looked for
    /// @param missing what the index lacks; null when that is not known
    StretchIndex(
            Storage storage,
            SegmentFile file,
            SegmentWalk.Stretch stretch,
            boolean grows,
            @Nullable SegmentIndex index,
            @Nullable List<Damage> missing) {
        this.storage = storage;
        this.file = file;
        this.stretch = stretch;
        this.grows = grows;
        this.index = index;
        this.missing = missing;
    }

    /// Asks the index, which is built anew when it turns out to be damaged.
    public <T> T ask(Function<SegmentIndex, T> question) {
        SegmentIndex asked = index();
        try {
            return ask(asked, question);
        } catch (DamagedIndex | InternalError _) { // Of bytes that were verified, and are refused now.
            awaitsFile = false;
            return ask(rebuild(), question);
        }
    }

    private static <T> T ask(SegmentIndex asked, Function<SegmentIndex, T> question) {
        if (asked instanceof LiveIndex live) {
            synchronized (live) {
                return question.apply(live);
            }
        }
        T answer = question.apply(asked);
        Pages.hearOfFaults();
        return answer;
    }

    private SegmentIndex index() {
        if (awaitsFile && System.nanoTime() - lastLookNanos >= LOOK_AGAIN_NANOS) {
            lookForFile();
        }
        SegmentIndex known = index;
        if (known == null) {
            known = fromFile().orElse(null);
            if (known == null) {
                LiveIndex built = rebuild();
                awaitFile();
                return built;
            }
            index = known;
        }
        return known;
    }

    private LiveIndex rebuild() {
        List<Damage> met = new ArrayList<>();
        LiveIndex built = IndexFile.build(file, stretch, met::add);
        missing = List.copyOf(met);
        index = built;
        return built;
    }

    /// What the index lacks, because it could not be read when the index was built; null when nobody has found out yet.
    @Nullable
    List<Damage> missing() {
        return missing;
    }

    /// Whether it is known to lack nothing.
    public boolean isWhole() {
        return List.of().equals(missing);
    }

    /// Somebody found out what the index lacks.
    void missing(List<Damage> found) {
        missing = found;
    }

    /// Whether there is a file with the index of all its frames, by its header.
    public boolean hasFile() {
        return fromFile().isPresent();
    }

    /// Uses the file, if the index lies in the heap for want of it and it is there now.
    void lookForFile() {
        if (awaitsFile) {
            lastLookNanos = System.nanoTime();
            fromFile().ifPresent(this::use);
        }
    }

    private Optional<SealedIndex> fromFile() {
        return IndexFile.open(storage, file).filter(usable -> usable.coveredPosition() == stretch.to());
    }

    private void use(SealedIndex usable) {
        awaitsFile = false;
        index = usable;
        List<Damage> met = missing;
        if (met != null && !met.isEmpty()) {
            missing = null; // Its writer may have known more than could be read later.
        }
    }

    /// From now on looks for the file now and then.
    void awaitFile() {
        lastLookNanos = System.nanoTime();
        awaitsFile = true;
    }

    /// How much of the heap its index takes that another question could bring back, roughly; 0 when it has
    /// none there.
    long spareHeapBytes() {
        return index instanceof LiveIndex live && stretch.isWhole() ? heapBytes(live) : 0;
    }

    private static long heapBytes(LiveIndex live) {
        synchronized (live) {
            return live.heapBytes();
        }
    }

    /// Lets an index go that lies in the heap: the next question looks for the file, or builds it again.
    void letGo() {
        if (!grows && index instanceof LiveIndex && stretch.isWhole()) {
            awaitsFile = false;
            index = null;
        }
    }

    /// Builds the index and writes it to its file, if the disk lets it. Where frames are damaged it is left
    /// to repair.
    public void writeLost() {
        List<Damage> met = new ArrayList<>();
        LiveIndex built = IndexFile.build(file, stretch, met::add);
        if (met.isEmpty() && IndexFile.writeIfPossible(storage, file, built)) {
            letGo();
        }
    }

    /// Writes the index that lies in the heap to its file, if the disk lets it, and from then on uses that. One that
    /// lacks events is not written: the disk may give them again, and an earlier file may have them.
    public void moveToFile() {
        if (index instanceof LiveIndex live && isWhole() && IndexFile.writeIfPossible(storage, file, live)) {
            index = null;
        }
    }
}
