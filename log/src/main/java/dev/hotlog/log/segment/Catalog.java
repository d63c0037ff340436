// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.storage.Storage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// The segments of a log as they lie in its folder, by offset. Immutable.
///
/// @param segments of which anything can be read, in order
/// @param sealed which part of each counts, for all of them that have a file behind them, readable or not
/// @param unreadable segments that are there, but of which nothing can be read, by base
/// @param damage headers that cannot be read, and segments that are missing
public record Catalog(
        List<SegmentFile> segments, List<SegmentWalk.Stretch> sealed, List<Long> unreadable, List<Damage> damage) {
    /// Of files that are gone or unreadable the epochs are not known; they are not to come again.
    private static final int UNKNOWN_EPOCHS = 1 << 10;

    public Catalog {
        segments = List.copyOf(segments);
        sealed = List.copyOf(sealed);
        unreadable = List.copyOf(unreadable);
        damage = List.copyOf(damage);
    }

    /// Maps all segments. A folder without any gives an empty catalog.
    ///
    /// @throws LogException.UnsupportedFormat when one is not ours, of another log, or from a later version
    public static Catalog read(Storage storage) throws LogException {
        return new Reading(storage).read();
    }

    public boolean isEmpty() {
        return segments.isEmpty() && unreadable.isEmpty();
    }

    /// Whether nothing can be read of the file with the highest base.
    public boolean isLastUnreadable() {
        return !unreadable.isEmpty()
                && unreadable.getLast() > segments.getLast().base();
    }

    /// Which of the segments `published` speaks of, from 0; empty when that file is not there any more.
    OptionalInt find(Published published) {
        return IntStream.range(0, segments.size())
                .filter(i -> published.isOf(segments.get(i)))
                .findFirst();
    }

    /// For the next file that is made.
    public long nextEpoch() {
        long highest = 0;
        boolean known = unreadable.isEmpty();
        for (SegmentFile segment : segments) {
            SegmentHeader header = segment.header();
            highest = Math.max(highest, Math.max(header.epoch(), header.previousEpoch()));
            known &= segment.isIdentified();
        }
        return highest + 1 + (known ? 0 : UNKNOWN_EPOCHS);
    }

    private static final class Reading {
        private final Storage storage;
        private final List<SegmentFile> segments = new ArrayList<>();
        private final Map<String, SegmentFile.Verdict.Headless> headless = new TreeMap<>();
        private final TreeSet<Long> bases = new TreeSet<>();
        private final TreeSet<Long> unreadable = new TreeSet<>();
        private final List<Damage> damage = new ArrayList<>();

        Reading(Storage storage) {
            this.storage = storage;
        }

        Catalog read() throws LogException {
            for (String name : storage.list()) {
                OptionalLong base = SegmentName.base(name);
                if (base.isPresent()) {
                    bases.add(base.getAsLong());
                    switch (SegmentFile.judge(storage, name)) {
                        case SegmentFile.Verdict.Sound(SegmentFile segment) -> segments.add(segment);
                        case SegmentFile.Verdict.Headless lost -> headless.put(name, lost);
                    }
                }
            }
            checkOneLog();
            findHeadless();
            List<SegmentWalk.Stretch> sealed = new ArrayList<>();
            for (int i = 0; i < segments.size() && bases.higher(segments.get(i).base()) != null; i++) {
                sealed.add(stretch(i));
            }
            return new Catalog(segments, sealed, List.copyOf(unreadable), damage);
        }

        private void checkOneLog() throws LogException {
            for (SegmentFile segment : segments) {
                if (!segment.header()
                        .logId()
                        .equals(segments.getFirst().header().logId())) {
                    throw new LogException.UnsupportedFormat(storage.directory().resolve(segment.name())
                            + " belongs to another log than "
                            + segments.getFirst().name());
                }
            }
        }

        private void findHeadless() throws LogException {
            LostHeader search = new LostHeader(storage, List.copyOf(segments));
            for (Map.Entry<String, SegmentFile.Verdict.Headless> entry : headless.entrySet()) {
                String name = entry.getKey();
                MemorySegment bytes = entry.getValue().bytes();
                SegmentFile found = search.find(name, bytes).orElse(null);
                if (found != null) {
                    segments.add(found);
                    long headBytes = Math.min(SegmentHeader.FIRST_FRAME, bytes.byteSize());
                    damage.add(SegmentFile.headerDamage(name, headBytes, 0));
                } else if (entry.getValue().problem() instanceof LogException.Damaged) {
                    long base = SegmentName.base(name).orElseThrow();
                    Long behind = bases.higher(base);
                    unreadable.add(base);
                    damage.add(SegmentFile.headerDamage(
                            name, bytes.byteSize(), behind == null ? Damage.UNKNOWN : behind - base));
                } else {
                    throw entry.getValue().problem();
                }
            }
            segments.sort(Comparator.comparingLong(SegmentFile::base));
        }

        private SegmentWalk.Stretch stretch(int i) {
            SegmentFile segment = segments.get(i);
            long nextBase = bases.higher(segment.base());
            boolean takesOver = i + 1 < segments.size()
                    && segments.get(i + 1).base() == nextBase
                    && segments.get(i + 1).header().previousEpoch()
                            == segment.header().epoch()
                    && segment.isIdentified();
            long end = takesOver ? segments.get(i + 1).header().previousEnd() : SealedEnd.find(segment, nextBase);
            long endOffset = SealedEnd.markedOffset(segment, end).orElse(nextBase);
            if (endOffset < nextBase) {
                // A writer that went on without the missing one left out as many offsets as it may have had.
                damage.add(missing(segment, end, endOffset, takesOver ? Damage.UNKNOWN : nextBase - endOffset));
            }
            return new SegmentWalk.Stretch(
                    SegmentHeader.FIRST_FRAME, segment.base(), end, Math.min(endOffset, nextBase));
        }
    }

    /// What to tell when the segment behind a sealed one is not there.
    static Damage missing(SegmentFile sealed, long end, long endOffset, long lostEvents) {
        return new Damage(
                "the segment behind this one, " + SegmentName.segment(endOffset) + ", is missing",
                sealed.name(),
                end,
                0,
                endOffset,
                lostEvents);
    }
}
