// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.EventFrame;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.LiveIndex;
import dev.hotlog.log.storage.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
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

    /// What indexes of sealed segments may take of the heap together, as long as files of them do not come.
    private static final long MOST_HEAP_BYTES = 64 << 20;

    private final Storage storage;
    private final PublishedMap published;
    private boolean endSurveyed;
    /// What was published when the end was surveyed; until that changes there is no more to see.
    private volatile @Nullable Published surveyedFor;
    private volatile long lastLookNanos;
    private volatile LogView view;
    /// What was active in the view and has been followed to its end, while a new view is looked for: the
    /// index grows once, however many looks that takes.
    private @Nullable IndexedSegment followed;

    private LogFollower(Storage storage) throws LogException {
        this.storage = storage;
        this.published = new PublishedMap(storage);
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
        IndexedSegment active = known.segments().getLast();
        if (published.isStillAt(active.file(), active.end())) {
            return true;
        }
        return published.glance().filter(now -> now.equals(surveyedFor)).isPresent();
    }

    private synchronized LogView refresh(boolean lookAgain) throws LogException {
        Optional<Published> now = published.read();
        if (lookAgain && now.filter(Published::isWriterAlive).isEmpty()) {
            published.lookByName();
            now = published.read();
        }
        IndexedSegment active = view.segments().getLast();
        if (now.isEmpty()) {
            // A file that stays of no use, as a power cut may leave it, is no reason to look for the end at every call.
            view = lookAgain || !endSurveyed ? load() : view;
        } else if (!now.get().isOf(active.file())) {
            view = load();
        } else if (now.get().position() > active.end()) {
            view = extended(now.get());
        } else if (lookAgain && !endSurveyed && !now.get().isWriterAlive()) {
            view = load();
        }
        if (lookAgain) {
            lastLookNanos = System.nanoTime();
        }
        return view;
    }

    /// The view with what has been published of its active segment since.
    private LogView extended(Published now) throws LogException {
        IndexedSegment old = view.segments().getLast();
        SegmentFile file = old.file();
        if (old.isAhead()) {
            return load(); // A look was cut short by an error: what it has added is not to be added again.
        }
        if (now.position() > file.sizeBytes()) {
            file = SegmentFile.open(storage, file.name());
            if (!now.isOf(file)) {
                return load();
            }
        }
        List<Damage> damage = new ArrayList<>(old.damage());
        cover(
                file,
                new SegmentWalk.Stretch(old.end(), old.endOffset(), now.position(), now.nextOffset()),
                old.growing(),
                damage);
        SegmentWalk.Stretch grown = new SegmentWalk.Stretch(
                old.stretch().from(), old.stretch().fromOffset(), now.position(), now.nextOffset());
        return viewEndingWith(IndexedSegment.active(storage, file, grown, old.growing(), damage));
    }

    private LogView viewEndingWith(IndexedSegment last) {
        List<IndexedSegment> segments = new ArrayList<>(view.segments());
        segments.set(segments.size() - 1, last);
        return new LogView(segments, view.unreadable());
    }

    private static void cover(SegmentFile file, SegmentWalk.Stretch stretch, LiveIndex growing, List<Damage> damage) {
        EventFrame event = new EventFrame();
        SegmentWalk walk = new SegmentWalk(file, stretch, damage::add);
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
            Optional<Published> before = published.read();
            LogView loaded = load(before);
            // If the writer went on meanwhile, what was seen may be of two moments.
            if (!endSurveyed || published.read().equals(before)) {
                lastLookNanos = System.nanoTime();
                surveyedFor = endSurveyed ? before.orElse(null) : null;
                followed = null;
                return loaded;
            }
            Thread.onSpinWait();
        }
        throw new LogException.Storage(
                "cannot read " + storage.directory(), new IOException("its files change all the time"));
    }

    private LogView load(Optional<Published> now) throws LogException {
        Catalog catalog = Catalog.read(storage);
        if (catalog.segments().isEmpty()) {
            if (catalog.damage().isEmpty()) {
                throw new LogException.Missing(storage.directory());
            }
            throw new LogException.Damaged(catalog.damage().getFirst());
        }
        OptionalInt live =
                now.filter(Published::isWriterAlive).map(catalog::find).orElse(OptionalInt.empty());
        // A live writer whose segment is not there was stopped by a failure, and another took over since: its new file
        // was on disk before it got its name, and nothing is appended there before that is published.
        int last = live.orElse(catalog.segments().size() - 1);
        List<IndexedSegment> segments = new ArrayList<>();
        Map<Long, List<IndexedSegment>> known = view.segments().stream()
                .collect(Collectors.groupingBy(part -> part.file().base()));
        for (int i = 0; i < last; i++) {
            SegmentFile file = catalog.segments().get(i);
            segments.addAll(known(file, catalog.sealed().get(i), known.getOrDefault(file.base(), List.of())));
        }
        boundHeap(segments);
        SegmentFile active = catalog.segments().get(last);
        List<Damage> damage = catalog.damage();
        if (live.isPresent()) {
            endSurveyed = false;
            addKnown(active, now.get().position(), now.get().nextOffset(), segments);
        } else if (catalog.isLastLost()) {
            endSurveyed = true;
            SegmentWalk.Stretch stretch = catalog.sealed().getLast();
            addKnown(active, stretch.to(), stretch.toOffset(), segments);
        } else {
            damage = catalog.endingWith(addSurveyed(active, now, segments)).damage();
        }
        return new LogView(segments, damage);
    }

    /// The sealed segment as it is known already, with the index it has, or anew.
    ///
    /// @param parts of the segment of that base that the view has, in order
    private List<IndexedSegment> known(SegmentFile file, SegmentWalk.Stretch stretch, List<IndexedSegment> parts) {
        IndexedSegment anew = IndexedSegment.sealed(storage, file, stretch.to(), stretch.toOffset());
        if (!parts.stream().allMatch(part -> isOf(part, file))) {
            return List.of(anew);
        }
        List<IndexedSegment> known = followed(file, stretch, parts);
        if (!isWhole(known, stretch) || (known.size() > 1 && anew.index().hasFile())) {
            return List.of(anew);
        }
        known.forEach(part -> part.index().lookForFile());
        return known;
    }

    private static boolean isOf(IndexedSegment part, SegmentFile file) {
        return part.file().header().equals(file.header()) && part.file().place().equals(file.place());
    }

    /// Whether the parts, each of which begins where the one before ends, are all of that stretch.
    private static boolean isWhole(List<IndexedSegment> parts, SegmentWalk.Stretch stretch) {
        return !parts.isEmpty()
                && parts.getFirst().stretch().from() == stretch.from()
                && parts.getLast().end() == stretch.to()
                && parts.getLast().endOffset() == stretch.toOffset();
    }

    /// The parts, the last of which may have been the active one: then with all that came until it was
    /// sealed. Its index grows once more, and serves until the writer has put it into a file, which takes
    /// longer.
    private List<IndexedSegment> followed(SegmentFile file, SegmentWalk.Stretch sealed, List<IndexedSegment> parts) {
        IndexedSegment old = parts.isEmpty() ? null : parts.getLast();
        if (old == null || !old.grows()) {
            return parts;
        }
        SegmentWalk.Stretch whole = new SegmentWalk.Stretch(
                old.stretch().from(), old.stretch().fromOffset(), sealed.to(), sealed.toOffset());
        IndexedSegment now = followed;
        if (now == null || !isOf(now, file) || !now.stretch().equals(whole)) {
            if (old.end() > sealed.to() || old.isAhead()) {
                return List.of(); // It was taken over before its end, or a look at it was cut short.
            }
            List<Damage> damage = new ArrayList<>(old.damage());
            SegmentWalk.Stretch rest =
                    new SegmentWalk.Stretch(old.end(), old.endOffset(), sealed.to(), sealed.toOffset());
            cover(file, rest, old.growing(), damage);
            now = IndexedSegment.followed(storage, file, whole, old.growing(), damage);
            followed = now;
        }
        List<IndexedSegment> all = new ArrayList<>(parts);
        all.set(all.size() - 1, now);
        return all;
    }

    /// Lets the indexes of the oldest go where files do not come and the heap would hold too many.
    private static void boundHeap(List<IndexedSegment> sealed) {
        long bytes = 0;
        for (IndexedSegment segment : sealed.reversed()) {
            bytes += segment.index().spareHeapBytes();
            if (bytes > MOST_HEAP_BYTES) {
                segment.index().letGo();
            }
        }
    }

    /// Adds the last segment, of which it is known where it ends.
    private void addKnown(SegmentFile active, long end, long endOffset, List<IndexedSegment> segments) {
        SegmentWalk.Stretch rest = addIndexedPart(active, end, OptionalLong.of(endOffset), segments);
        SegmentWalk.Stretch stretch = new SegmentWalk.Stretch(rest.from(), rest.fromOffset(), end, endOffset);
        LiveIndex index = new LiveIndex(active.base());
        List<Damage> damage = new ArrayList<>();
        cover(active, stretch, index, damage);
        segments.add(IndexedSegment.active(storage, active, stretch, index, damage));
    }

    private UnsealedEnd addSurveyed(SegmentFile active, Optional<Published> now, List<IndexedSegment> segments) {
        endSurveyed = true;
        SegmentWalk.Stretch rest = addIndexedPart(active, active.sizeBytes(), OptionalLong.empty(), segments);
        UnsealedEnd.Known known = UnsealedEnd.Known.toRead(active, now);
        LiveIndex built = new LiveIndex(active.base());
        EventFrame event = new EventFrame();
        List<Damage> contradictions = new ArrayList<>();
        UnsealedEnd end = UnsealedEnd.survey(active, rest.from(), rest.fromOffset(), known, (frame, _) -> {
            if (!IndexFile.add(built, frame, event)) {
                contradictions.add(SegmentWalk.contradiction(active, frame));
            }
        });
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
