// SPDX-License-Identifier: Apache-2.0
package dev.hotlog.log.segment;

import dev.hotlog.event.LogException;
import dev.hotlog.log.format.Place;
import dev.hotlog.log.format.PlaceSearch;
import dev.hotlog.log.format.SegmentHeader;
import dev.hotlog.log.index.SealedIndex;
import dev.hotlog.log.storage.ReadableStorage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/// Finds out what a segment is whose header cannot be read: its name tells the base, the other segments the log, its
/// index or its neighbours the epoch; and the checksums of its frames prove it.
final class LostHeader {
    private static final UUID UNKNOWN_LOG = new UUID(0, 0);
    /// Epochs that no file there tells, but that files which are gone may have had.
    private static final int MORE_EPOCHS = 64;
    /// Of a log with more only those are tried that are close to one that is there: a header may tell any number.
    private static final int MOST_EPOCHS = 1 << 14;

    private final ReadableStorage storage;
    private final List<SegmentFile> others;
    private final Map<Place, SegmentHeader> likely = new HashMap<>();
    private final Map<Place, SegmentHeader> possible = new HashMap<>();

    /// @param others the segments whose header can be read, in order
    LostHeader(ReadableStorage storage, List<SegmentFile> others) {
        this.storage = storage;
        this.others = others;
    }

    /// The segment, if any frame of it can be read.
    Optional<SegmentFile> find(String name, MemorySegment bytes) throws LogException {
        long base = SegmentName.base(name).orElseThrow();
        likely.clear();
        possible.clear();
        List<SegmentHeader> indexed = indexed();
        Optional<SegmentHeader> own =
                indexed.stream().filter(header -> header.base() == base).findFirst();
        own.ifPresent(header -> likely.put(header.place(), header));
        Optional<UUID> logId = Stream.of(others.stream().map(SegmentFile::header), own.stream(), indexed.stream())
                .flatMap(Function.identity())
                .findFirst()
                .map(SegmentHeader::logId);
        if (logId.isPresent()) {
            expect(logId.get(), base);
        }
        // A file that was given another's name says so itself: its offsets are not those of the name.
        Optional<Place> misnamed = ownPlace(bytes);
        return PlaceSearch.find(
                        bytes,
                        likely::containsKey,
                        place -> logId.isEmpty()
                                ? misnamed.filter(place::equals).isEmpty()
                                : possible.containsKey(place))
                .map(place -> new SegmentFile(name, header(place, base), place, bytes, SegmentHeader.COPIES));
    }

    private static Optional<Place> ownPlace(MemorySegment bytes) {
        MemorySegment head = bytes.asSlice(0, Math.min(bytes.byteSize(), SegmentHeader.FIRST_FRAME));
        return SegmentHeader.read(head) instanceof SegmentHeader.Verdict.Sound(SegmentHeader header, int _)
                ? Optional.of(header.place())
                : Optional.empty();
    }

    /// What the indexes say of their segments.
    private List<SegmentHeader> indexed() throws LogException {
        List<SegmentHeader> indexed = new ArrayList<>();
        for (String name : storage.list()) {
            if (SegmentName.isIndex(name)) {
                SealedIndex.segmentOf(storage.map(name))
                        .filter(header -> name.equals(SegmentName.index(header.base())))
                        .ifPresent(indexed::add);
            }
        }
        return indexed;
    }

    private void expect(UUID logId, long base) throws LogException {
        Published.find(storage)
                .filter(published -> published.base() == base)
                .ifPresent(published -> likely(logId, base, published.epoch()));
        others.stream()
                .filter(other -> other.base() > base)
                .findFirst()
                .ifPresent(other -> likely(logId, base, other.header().previousEpoch()));
        long highest = 0;
        for (SegmentFile other : others) {
            long epoch = other.header().epoch();
            highest = Math.max(highest, epoch);
            possible(logId, base, epoch - MORE_EPOCHS, epoch);
        }
        possible(logId, base, 1, Math.min(highest, MOST_EPOCHS));
        possible(logId, base, highest + 1, highest + MORE_EPOCHS);
    }

    private void possible(UUID logId, long base, long from, long to) {
        for (long epoch = Math.max(1, from); epoch <= to && epoch < Long.MAX_VALUE; epoch++) {
            SegmentHeader header = header(logId, base, epoch);
            possible.put(header.place(), header);
        }
    }

    private void likely(UUID logId, long base, long epoch) {
        SegmentHeader header = header(logId, base, epoch);
        likely.put(header.place(), header);
    }

    private SegmentHeader header(Place place, long base) {
        SegmentHeader known = likely.getOrDefault(place, header(UNKNOWN_LOG, base, 0));
        return possible.getOrDefault(place, known);
    }

    private static SegmentHeader header(UUID logId, long base, long epoch) {
        return new SegmentHeader(logId, base, epoch, 0, 0, 0);
    }
}
