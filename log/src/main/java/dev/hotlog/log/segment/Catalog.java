// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.storage.ReadableStorage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The segments of a log as they lie in its folder, by offset. Immutable.
///
/// @param segments of which anything can be read, in order
/// @param sealed which part of each counts, for all of them that have a file behind them, readable or not
/// @param unreadable segments that were there, but of which nothing can be read, by base
/// @param foreign files under names of segments that never were there, by name
/// @param damage headers that cannot be read, foreign files, and segments that are missing
public record Catalog(
        List<SegmentFile> segments,
        List<SegmentWalk.Stretch> sealed,
        List<Long> unreadable,
        List<String> foreign,
        List<Damage> damage) {
    /// Of files that are gone or unreadable the epochs are not known; they are not to come again.
    private static final int UNKNOWN_EPOCHS = 1 << 10;

    public Catalog {
        segments = List.copyOf(segments);
        sealed = List.copyOf(sealed);
        unreadable = List.copyOf(unreadable);
        foreign = List.copyOf(foreign);
        damage = List.copyOf(damage);
    }

    /// Maps all segments. A folder without any gives an empty catalog.
    ///
    /// @throws LogException.UnsupportedFormat when one is from a later version, or none is ours, or it cannot
    ///     be told which of two logs is meant
    public static Catalog read(ReadableStorage storage) throws LogException {
        return new Reading(storage).read();
    }

    public boolean isEmpty() {
        return segments.isEmpty() && unreadable.isEmpty();
    }

    /// Whether nothing can be read of the file with the highest base.
    public boolean isLastUnreadable() {
        return !unreadable.isEmpty()
                && (segments.isEmpty()
                        || unreadable.getLast() > segments.getLast().base());
    }

    /// What is damaged of the file with the highest base.
    ///
    /// @throws java.util.NoSuchElementException when nothing is damaged
    public Damage damageOfLast() {
        return damage.stream()
                .filter(found -> foreign.stream().noneMatch(found.file()::equals))
                .max(Comparator.comparing(Damage::file))
                .orElseThrow();
    }

    /// Which of the segments `published` speaks of, from 0; empty when that file is not there any more.
    public OptionalInt find(Published published) {
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
        private final ReadableStorage storage;
        private final List<SegmentFile> segments = new ArrayList<>();
        private final Map<String, MemorySegment> headless = new TreeMap<>();
        /// Of the headless, those that do not look like ours, and what they are instead.
        private final Map<String, String> problems = new HashMap<>();
        private final TreeSet<Long> bases = new TreeSet<>();
        private final TreeSet<Long> unreadable = new TreeSet<>();
        private final List<String> foreign = new ArrayList<>();
        private final List<Damage> damage = new ArrayList<>();

        Reading(ReadableStorage storage) {
            this.storage = storage;
        }

        Catalog read() throws LogException {
            for (String name : storage.list()) {
                OptionalLong base = SegmentName.base(name);
                if (base.isPresent()) {
                    bases.add(base.getAsLong());
                    switch (SegmentFile.judge(storage, name)) {
                        case SegmentFile.Verdict.Sound(SegmentFile segment) -> segments.add(segment);
                        case SegmentFile.Verdict.Headless(MemorySegment bytes) -> headless.put(name, bytes);
                        case SegmentFile.Verdict.Foreign(MemorySegment bytes, String problem) ->
                            refuse(name, bytes, problem);
                    }
                }
            }
            refuseOtherLogs();
            findHeadless();
            judgeUnreadable();
            List<SegmentWalk.Stretch> sealed = new ArrayList<>();
            for (int i = 0; i < segments.size() && bases.higher(segments.get(i).base()) != null; i++) {
                sealed.add(stretch(i));
            }
            return new Catalog(segments, sealed, List.copyOf(unreadable), foreign, damage);
        }

        private void refuse(String name, MemorySegment bytes, String problem) {
            headless.put(name, bytes);
            problems.put(name, problem);
        }

        /// The log is the one that most segments belong to.
        private void refuseOtherLogs() throws LogException {
            Map<UUID, List<SegmentFile>> logs = segments.stream()
                    .collect(Collectors.groupingBy(segment -> segment.header().logId()));
            if (logs.size() <= 1) {
                return;
            }
            List<List<SegmentFile>> bySize = logs.values().stream()
                    .sorted(Comparator.comparingInt((List<SegmentFile> ofOne) -> ofOne.size())
                            .reversed())
                    .toList();
            String known = bySize.get(0).getFirst().name();
            if (bySize.get(0).size() == bySize.get(1).size()) {
                throw new LogException.UnsupportedFormat(storage.directory()
                                .resolve(bySize.get(1).getFirst().name()) + " belongs to another log than " + known);
            }
            for (SegmentFile other : List.copyOf(segments)) {
                if (!other.header()
                        .logId()
                        .equals(bySize.get(0).getFirst().header().logId())) {
                    segments.remove(other);
                    refuse(other.name(), other.bytes(), "belongs to another log than " + known);
                }
            }
        }

        /// Finds those of which frames can be read.
        private void findHeadless() throws LogException {
            LostHeader search = new LostHeader(storage, List.copyOf(segments));
            for (Map.Entry<String, MemorySegment> entry : new TreeMap<>(headless).entrySet()) {
                String name = entry.getKey();
                MemorySegment bytes = entry.getValue();
                SegmentFile found = search.find(name, bytes).orElse(null);
                if (found != null) {
                    headless.remove(name);
                    segments.add(found);
                    long headBytes = Math.min(SegmentHeader.FIRST_FRAME, bytes.byteSize());
                    damage.add(SegmentFile.headerDamage(name, headBytes, 0));
                }
            }
            segments.sort(Comparator.comparingLong(SegmentFile::base));
        }

        private void judgeUnreadable() throws LogException {
            for (String name : headless.keySet()) {
                long base = SegmentName.base(name).orElseThrow();
                if (problems.containsKey(name) && segments.isEmpty()) {
                    throw new LogException.UnsupportedFormat(
                            storage.directory().resolve(name) + " " + problems.get(name));
                }
                if (problems.containsKey(name) && !wasThere(base)) {
                    bases.remove(base);
                    foreign.add(name);
                }
            }
            for (Map.Entry<String, MemorySegment> entry : headless.entrySet()) {
                String name = entry.getKey();
                long base = SegmentName.base(name).orElseThrow();
                long lengthBytes = entry.getValue().byteSize();
                if (foreign.contains(name)) {
                    damage.add(new Damage("the file " + problems.get(name), name, 0, lengthBytes, -1, 0));
                } else {
                    unreadable.add(base);
                    Long behind = bases.higher(base);
                    long lost = behind == null ? Damage.UNKNOWN : behind - base;
                    damage.add(
                            problems.containsKey(name)
                                    ? new Damage("the file " + problems.get(name), name, 0, lengthBytes, base, lost)
                                    : SegmentFile.headerDamage(name, lengthBytes, lost));
                }
            }
        }

        /// Whether anything tells that the log had a segment of that base, which is not one of [#segments].
        private boolean wasThere(long base) throws LogException {
            SegmentFile before = null;
            SegmentFile behind = null;
            for (SegmentFile segment : segments) {
                before = segment.base() < base ? segment : before;
                behind = segment.base() > base && behind == null ? segment : behind;
            }
            if (before == null) {
                return segments.getFirst().header().previousEpoch() != 0;
            }
            OptionalLong sealed = SealedEnd.markedOffset(before, SealedEnd.find(before, Long.MAX_VALUE));
            if (behind == null) {
                return (sealed.isPresent() && sealed.getAsLong() == base) || isSpokenOf(base);
            }
            boolean goesOn = sealed.isPresent()
                    ? base < sealed.getAsLong() || behind.base() == sealed.getAsLong()
                    : before.isIdentified()
                            && behind.header().previousEpoch()
                                    == before.header().epoch();
            return !goesOn;
        }

        private boolean isSpokenOf(long base) throws LogException {
            return storage.list().contains(SegmentName.index(base))
                    || Published.find(storage)
                            .filter(published -> published.base() == base)
                            .isPresent();
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
