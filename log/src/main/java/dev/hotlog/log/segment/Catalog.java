// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.Damage;
import dev.hotlog.event.LogException;
import dev.hotlog.log.format.FrameCursor;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.storage.ReadableStorage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The segments of a log as they lie in its folder, by offset. Immutable.
///
/// @param segments of which anything can be read, in order
/// @param sealed which part of each counts, for all of them that have a file behind them, readable or not
/// @param unreadable segments that were there, but of which nothing can be read, by base
/// @param missing segments that were there and are not, by base; one may have the base of a segment before it
///     that has no events
/// @param foreign files under names of segments that never were there, by name
/// @param traces what other files tell of the segments
/// @param damage headers that cannot be read, foreign files, and segments that are missing
public record Catalog(
        List<SegmentFile> segments,
        List<SegmentWalk.Stretch> sealed,
        List<Long> unreadable,
        List<Long> missing,
        List<String> foreign,
        Traces traces,
        List<Damage> damage) {
    /// Of files that are gone or unreadable the epochs are not known; they are not to come again.
    private static final int UNKNOWN_EPOCHS = 1 << 10;

    public Catalog {
        segments = List.copyOf(segments);
        sealed = List.copyOf(sealed);
        unreadable = List.copyOf(unreadable);
        missing = List.copyOf(missing);
        foreign = List.copyOf(foreign);
        damage = List.copyOf(damage);
    }

    /// Maps all segments. A folder without any gives an empty catalog.
    ///
    /// @throws LogException.UnsupportedFormat when one is from a later version, or none is ours, or it cannot
    ///     be told which of two logs is meant
    public static Catalog read(ReadableStorage storage) throws LogException {
        while (true) {
            CatalogReading reading = new CatalogReading(storage);
            Catalog catalog = reading.read();
            // Beside a writer that rolls, what tells of a segment may be seen before its name was.
            if (!reading.isTooEarly(catalog)) {
                return catalog;
            }
        }
    }

    /// Whether there is no log.
    public boolean isEmpty() {
        return segments.isEmpty() && unreadable.isEmpty() && missing.isEmpty();
    }

    /// Whether nothing can be read of the file with the highest base.
    public boolean isLastUnreadable() {
        return !unreadable.isEmpty()
                && (segments.isEmpty()
                        || unreadable.getLast() > segments.getLast().base());
    }

    /// Whether the log went on behind all of its files.
    public boolean isLastMissing() {
        return !missing.isEmpty()
                && (segments.isEmpty()
                        || missing.getLast() >= segments.getLast().base())
                && (unreadable.isEmpty() || missing.getLast() > unreadable.getLast());
    }

    /// Whether nothing can be read of the log's last segment: all others are sealed.
    public boolean isLastLost() {
        return isLastUnreadable() || isLastMissing();
    }

    /// With which offset the log goes on behind a last segment that is lost: no event of it can have it.
    public long endOfLost() {
        return traces.endOf(isLastMissing() ? missing.getLast() : unreadable.getLast());
    }

    /// This catalog, with what is known once the last segment's end was surveyed: when that is sealed another
    /// one was there.
    public Catalog endingWith(UnsealedEnd end) {
        if (!end.sealed() || isLastLost()) {
            return this;
        }
        SegmentFile last = segments.getLast();
        SegmentWalk.Stretch stretch = new SegmentWalk.Stretch(
                SegmentHeader.FIRST_FRAME, last.base(), end.end() - FrameCursor.MARK_BYTES, end.nextOffset());
        return new Catalog(
                segments,
                and(sealed, stretch),
                unreadable,
                and(missing, end.nextOffset()),
                foreign,
                traces,
                and(damage, missingBehind(last, stretch.to(), end.nextOffset(), traces)));
    }

    private static <T> List<T> and(List<T> all, T last) {
        return Stream.concat(all.stream(), Stream.of(last)).toList();
    }

    /// The log's id, if anything tells it.
    public Optional<UUID> logId() {
        return segments.stream()
                .filter(SegmentFile::isIdentified)
                .map(segment -> segment.header().logId())
                .findFirst()
                .or(traces::logId);
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
        long highest = traces.highestEpoch();
        boolean known = unreadable.isEmpty() && missing.isEmpty();
        for (SegmentFile segment : segments) {
            SegmentHeader header = segment.header();
            highest = Math.max(highest, Math.max(header.epoch(), header.previousEpoch()));
            known &= segment.isIdentified();
        }
        return highest + 1 + (known ? 0 : UNKNOWN_EPOCHS);
    }

    /// What to tell when the segment behind a sealed one is not there, which was the last.
    static Damage missingBehind(SegmentFile sealed, long end, long base, Traces traces) {
        return missingBehind(sealed, end, base, traces.endOf(base) - base, traces.isExact(base));
    }

    static Damage missingBehind(SegmentFile sealed, long end, long base, long events, boolean exact) {
        return new Damage(
                "the segment behind this one, " + SegmentName.segment(base) + ", is missing"
                        + (exact ? "" : atMost(events)),
                sealed.name(),
                end,
                0,
                base,
                exact ? events : Damage.UNKNOWN);
    }

    static String atMost(long events) {
        return ", with at most " + events + " events";
    }
}
