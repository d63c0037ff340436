// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.storage.Storage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Keeps up with a log that another may be writing, in this process or another: takes no lock, writes nothing.
/// Thread-safe.
///
/// Beside a live writer the log ends where `published` says. When the writer is gone, or there never was that file, it
/// ends where its bytes say ([UnsealedEnd]): nobody is left who could take anything back.
public final class LogFollower {
    /// The files change under the reader's eyes while a segment rolls; each look takes far less time than a roll.
    private static final int MOST_LOOKS = 1_000;
    /// How often to look again whether the writer still lives, and for files when there is none.
    private static final long LOOK_AGAIN_NANOS = 200_000_000L;

    private final Storage storage;
    private volatile @Nullable MemorySegment publishedFile;
    private LiveIndex index;
    private boolean endSurveyed;
    /// What was published when the end was surveyed; until that changes there is no more to see.
    private volatile @Nullable Published surveyedFor;
    private volatile long lastLookNanos;
    private volatile LogView view;
    /// What `published` holds when no look made sense of it, as after a power cut: no reason to look so often again.
    private @Nullable MemorySegment uselessPublished;

    private LogFollower(Storage storage) throws LogException {
        this.storage = storage;
        this.index = new LiveIndex(0);
        this.view = new LogView(List.of(), List.of());
        this.view = load();
    }

    /// @throws LogException.Missing when there is no log
    public static LogFollower open(Storage storage) throws LogException {
        return new LogFollower(storage);
    }

    /// What can be read now.
    public LogView view() throws LogException {
        LogView known = view;
        boolean lookAgain = System.nanoTime() - lastLookNanos >= LOOK_AGAIN_NANOS;
        if (!lookAgain && isUpToDate(known)) {
            return known;
        }
        return refresh(lookAgain);
    }

    private boolean isUpToDate(LogView known) {
        MemorySegment file = publishedFile;
        if (file == null) {
            return true;
        }
        IndexedSegment active = known.segments().getLast();
        if (Published.isStillAt(file, active.file(), active.end())) {
            return true;
        }
        Optional<Published> published = Published.read(file);
        if (published.isPresent() && published.get().equals(surveyedFor)) {
            return true;
        }
        return published.isPresent()
                && published.get().isOf(active.file())
                && published.get().position() <= active.end();
    }

    private synchronized LogView refresh(boolean lookAgain) throws LogException {
        Optional<Published> published = published();
        IndexedSegment active = view.segments().getLast();
        if (published.isEmpty()) {
            // A file that stays of no use, as a power cut may leave it, is no reason to look for the end at every call.
            view = lookAgain || !endSurveyed ? load() : view;
        } else if (!published.get().isOf(active.file())) {
            view = load();
        } else if (published.get().position() > active.end()) {
            view = extended(published.get());
        } else if (lookAgain && !endSurveyed && !published.get().isWriterAlive()) {
            view = load();
        }
        if (lookAgain) {
            lastLookNanos = System.nanoTime();
        }
        return view;
    }

    private Optional<Published> published() throws LogException {
        MemorySegment file = publishedFile;
        if (file == null || file.byteSize() < Published.BYTES) {
            if (!storage.list().contains(Published.NAME)) {
                return Optional.empty();
            }
            file = storage.map(Published.NAME);
            publishedFile = file;
        }
        MemorySegment known = uselessPublished;
        if (known != null && known.mismatch(file) < 0) {
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
        uselessPublished = copy;
        return Published.read(copy);
    }

    /// The view with what has been published of its active segment since.
    private LogView extended(Published published) throws LogException {
        IndexedSegment old = view.segments().getLast();
        SegmentFile file = old.file();
        if (published.position() > file.sizeBytes()) {
            file = SegmentFile.open(storage, file.name());
            if (!published.isOf(file)) {
                return load();
            }
        }
        List<Damage> damage = new ArrayList<>(old.damage());
        cover(
                file,
                new SegmentWalk.Stretch(old.end(), old.endOffset(), published.position(), published.nextOffset()),
                damage);
        List<IndexedSegment> segments = new ArrayList<>(view.segments());
        SegmentWalk.Stretch grown = new SegmentWalk.Stretch(
                old.stretch().from(), old.stretch().fromOffset(), published.position(), published.nextOffset());
        segments.set(segments.size() - 1, IndexedSegment.active(storage, file, grown, index, damage));
        return new LogView(segments, view.unreadable());
    }

    private void cover(SegmentFile file, SegmentWalk.Stretch stretch, List<Damage> damage) {
        EventFrame event = new EventFrame();
        SegmentWalk walk = new SegmentWalk(file, stretch, damage::add);
        LiveIndex growing = index;
        synchronized (growing) {
            while (walk.advance()) {
                if (!IndexFile.add(growing, walk.frame(), event)) {
                    damage.add(walk.contradiction());
                }
            }
        }
    }

    private synchronized LogView load() throws LogException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            Optional<Published> before = published();
            LogView loaded = load(before);
            // If the writer went on meanwhile, what was seen may be of two moments.
            if (!endSurveyed || published().equals(before)) {
                lastLookNanos = System.nanoTime();
                surveyedFor = endSurveyed ? before.orElse(null) : null;
                return loaded;
            }
            Thread.onSpinWait();
        }
        throw new LogException.Storage(
                "cannot read " + storage.directory(), new IOException("its files change all the time"));
    }

    private LogView load(Optional<Published> published) throws LogException {
        Catalog catalog = Catalog.read(storage);
        if (catalog.segments().isEmpty()) {
            if (catalog.damage().isEmpty()) {
                throw new LogException.Missing(storage.directory());
            }
            throw new LogException.Damaged(catalog.damage().getFirst());
        }
        OptionalInt live =
                published.filter(Published::isWriterAlive).map(catalog::find).orElse(OptionalInt.empty());
        // A live writer whose segment is not there was stopped by a failure, and another took over since: its new file
        // was on disk before it got its name, and nothing is appended there before that is published.
        int last = live.orElse(catalog.segments().size() - 1);
        List<IndexedSegment> segments = new ArrayList<>();
        for (int i = 0; i < last; i++) {
            segments.add(known(catalog.segments().get(i), catalog.sealed().get(i)));
        }
        SegmentFile active = catalog.segments().get(last);
        List<Damage> damage = new ArrayList<>(catalog.damage());
        if (live.isPresent()) {
            addPublished(active, published.get(), segments);
        } else {
            UnsealedEnd end = addSurveyed(active, published, segments);
            if (end.sealed() && !catalog.isLastUnreadable()) {
                damage.add(end.missing(active));
            }
        }
        return new LogView(segments, damage);
    }

    /// The sealed segment as it is known already, with the index it has, or anew.
    private IndexedSegment known(SegmentFile file, SegmentWalk.Stretch stretch) {
        for (IndexedSegment segment : view.segments()) {
            // What was active until now has its index in the heap; the sealed one has a file of it.
            if (!segment.isInHeap()
                    && segment.file().header().equals(file.header())
                    && segment.file().place().equals(file.place())
                    && segment.stretch().equals(stretch)) {
                return segment;
            }
        }
        return IndexedSegment.sealed(storage, file, stretch.to(), stretch.toOffset());
    }

    private void addPublished(SegmentFile active, Published published, List<IndexedSegment> segments) {
        endSurveyed = false;
        long end = published.position();
        OptionalLong endOffset = OptionalLong.of(published.nextOffset());
        SegmentWalk.Stretch rest = addIndexedPart(active, end, endOffset, segments);
        SegmentWalk.Stretch stretch =
                new SegmentWalk.Stretch(rest.from(), rest.fromOffset(), end, published.nextOffset());
        index = new LiveIndex(active.base());
        List<Damage> damage = new ArrayList<>();
        cover(active, stretch, damage);
        segments.add(IndexedSegment.active(storage, active, stretch, index, damage));
    }

    private UnsealedEnd addSurveyed(SegmentFile active, Optional<Published> published, List<IndexedSegment> segments) {
        endSurveyed = true;
        SegmentWalk.Stretch rest = addIndexedPart(active, active.sizeBytes(), OptionalLong.empty(), segments);
        long knownDurable = published
                .filter(known -> known.isOf(active))
                .map(Published::position)
                .orElse(0L);
        LiveIndex built = new LiveIndex(active.base());
        EventFrame event = new EventFrame();
        List<Damage> contradictions = new ArrayList<>();
        UnsealedEnd end = UnsealedEnd.survey(active, rest.from(), rest.fromOffset(), knownDurable, (frame, _) -> {
            if (!IndexFile.add(built, frame, event)) {
                contradictions.add(SegmentWalk.contradiction(active, frame));
            }
        });
        index = built;
        SegmentWalk.Stretch stretch =
                new SegmentWalk.Stretch(rest.from(), rest.fromOffset(), end.end(), end.nextOffset());
        contradictions.addAll(end.damage());
        segments.add(IndexedSegment.active(storage, active, stretch, built, contradictions));
        return end;
    }

    /// @return the stretch behind the part that is indexed already; its end is not meant
    private SegmentWalk.Stretch addIndexedPart(
            SegmentFile active, long end, OptionalLong endOffset, List<IndexedSegment> segments) {
        Optional<IndexedSegment> indexed = IndexedSegment.indexedPart(storage, active, end, endOffset);
        indexed.ifPresent(segments::add);
        return indexed.map(part -> new SegmentWalk.Stretch(part.end(), part.endOffset(), end, 0))
                .orElse(new SegmentWalk.Stretch(SegmentHeader.FIRST_FRAME, active.base(), end, 0));
    }
}
